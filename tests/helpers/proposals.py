"""Turn real proposals into groups and take them through the main job: record, export, verify, merge, report.

``python -m tests.helpers.proposals PROPOSALS.jsonl OUT`` does it for a file of one JSON object a line with
``theme`` (its Russian title) and ``text``; one group for each theme. It prints what each command answered.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from facilitator.domain.ids import new_id
from facilitator.script.catalogues import load_catalogues

KINDS = ("present-norm", "future-norm", "barrier", "rule")


def run_main_job(proposals: Path, out: Path) -> dict[str, Any]:
    """Do the whole job through the console script and return what each command answered."""
    out.mkdir(parents=True)
    lines = [json.loads(line) for line in proposals.read_text("utf-8").splitlines()]
    texts: dict[str, list[str]] = {}
    for line in lines:
        texts.setdefault(line["theme"], []).append(line["text"])
    event = {**_EVENT, "id": new_id()}
    packages = []
    for number, (theme, statements) in enumerate(texts.items(), 1):
        source = out / f"g{number}.jsonl"
        records = _records(event, number, theme, statements)
        source.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records), "utf-8")
        packages.append(_hand_over(out, number, source))
    roster = out / "allowed_signers"
    verdicts = [facilitator(out, "verify", path, "--roster", roster) for path in packages]
    centre = out / "centre.fcentre"
    merged = facilitator(out, "merge", centre, *packages, "--roster", roster)
    reports = [out / "consolidated.docx", out / "consolidated.xlsx"]
    for report in reports:
        facilitator(
            out, "report", centre, "--kind", "consolidated", "--format", report.suffix[1:], "--out", report
        )
    return {"verdicts": verdicts, "merged": merged, "reports": [str(report) for report in reports]}


def facilitator(home: Path, *arguments: object) -> dict[str, Any]:
    """Run one command of the program with its own interpreter and return its JSON answer."""
    command = [sys.executable, "-m", "ui.cli.main", "--home", home / "home", "--json", *arguments]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{arguments[0]}: {done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _hand_over(out: Path, number: int, source: Path) -> Path:
    """Record one group, sign its package with a key made by ssh-keygen, and enrol the key."""
    group, package, key = (out / f"g{number}{suffix}" for suffix in (".fgroup", ".fpkg", ".key"))
    facilitator(out, "record", group, source)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    made = facilitator(out, "export", group, package, "--key", key)
    public = key.with_name(f"{key.name}.pub").read_text("ascii").strip()
    with (out / "allowed_signers").open("a", encoding="ascii") as roster:
        roster.write(f'{made["principal"]} namespaces="fpkg@facilitator" {public}\n')
    return package


_EVENT = {
    "type": "event",
    "code": "cfo-2018",
    "script": "obraz-budushchego-2025",
    "district": "cfo",
    "city": "Москва",
    "starts": "2018-03-01",
    "ends": "2018-03-02",
}


def _records(
    event: dict[str, str], number: int, theme: str, statements: Iterable[str]
) -> Iterator[dict[str, Any]]:
    group = new_id()
    yield event
    yield {
        "type": "group",
        "id": group,
        "event": event["id"],
        "number": number,
        "theme": _theme_id(theme),
        "moderator": "Ведущая",
    }
    for place, text in enumerate(statements):
        kind = KINDS[place % len(KINDS)]
        yield {"type": "card", "id": new_id(), "group": group, "kind": kind, "text": text, "position": place}


def _theme_id(title: str) -> str:
    themes = load_catalogues().themes
    return next(key for key, theme in themes.items() if theme.title.ru == title)


if __name__ == "__main__":
    print(json.dumps(run_main_job(Path(sys.argv[1]), Path(sys.argv[2])), ensure_ascii=False, indent=1))
