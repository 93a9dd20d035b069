"""``facilitator demo``: anyone can check its packages without this program; every statement is printed."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import bagit
import pytest

from facilitator.services.groups import open_group
from tests.helpers.proposals import facilitator

GROUPS = 8


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("demo")
    return folder / "out", facilitator(folder, "demo", folder / "out", "--groups", GROUPS, "--no-window")


def test_the_demonstration_says_what_lies_where(demo: tuple[Path, dict[str, Any]]) -> None:
    out, answer = demo
    assert answer["groups"] == GROUPS
    assert len(list((out / "packages").glob("*.fpkg"))) == GROUPS
    assert len(answer["reports"]) == GROUPS + 2
    assert all(Path(path).stat().st_size > 10_000 for path in answer["reports"])


def test_packages_pass_ssh_keygen_sha256sum_and_a_bagit_validator(
    demo: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    out, answer = demo
    for package in answer["packages"]:
        subprocess.run(["unzip", "-q", package["path"], "-d", tmp_path], check=True)
        bag = tmp_path / f"{package['principal']}.r1"
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            subprocess.run(["sha256sum", "-c", "--quiet", "--strict", manifest], cwd=bag, check=True)
        signed = bag / "tagmanifest-sha256.txt"
        verify = ["ssh-keygen", "-Y", "verify", "-f", out / "allowed_signers", "-I", package["principal"]]
        verify += ["-n", "fpkg@facilitator", "-s", f"{signed}.sig"]
        subprocess.run(verify, input=signed.read_bytes(), check=True, capture_output=True)
        # The validator knows no signatures, so the signature is the one file no manifest lists.
        bagit.Bag(str(bag)).validate()


def test_every_statement_that_may_leave_is_printed(demo: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    out, _ = demo
    documents = sorted((out / "reports").glob("*.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *documents]
    subprocess.run(convert, check=True, capture_output=True)
    printed = {path.stem: _printed(path) for path in tmp_path.glob("*.pdf")}
    assert len(printed) == GROUPS + 1
    for file in sorted((out / "groups").glob("*.fgroup")):
        with open_group(file) as service:
            for card in service.snapshot.cards.values():
                for document in (file.stem, "consolidated"):
                    assert (_flat(card.text) in printed[document]) is not card.private, (document, card.text)


def _printed(pdf: Path) -> str:
    """Return the words of all pages without the running heads, which may interrupt a statement."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = [page.splitlines() for page in text.split("\f")]
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in page})
    return _flat("".join(line for page in pages for line in page if seen[_shape(line)] * 2 < len(pages)))


def _shape(line: str) -> str:
    """Return a line with its numbers left out, so that page numbers look alike."""
    return re.sub(r"\d+", "", line)


def _flat(text: str) -> str:
    """Leave out what a printer changes: where lines break."""
    return re.sub(r"\s+", "", text)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(RuntimeError, match="folder-not-empty"):
        facilitator(tmp_path, "demo", tmp_path, "--no-window")
    assert json.dumps([path.name for path in tmp_path.iterdir()]) == '["mine.txt"]'
