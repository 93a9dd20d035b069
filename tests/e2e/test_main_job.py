"""The main job on statements as people write them: recorded, signed, merged, found again in the report."""

import json
import re
from pathlib import Path

import openpyxl
from docx import Document

from tests.helpers.proposals import facilitator, run_main_job

PROPOSALS = Path(__file__).with_name("proposals.jsonl")
TEXTS = [json.loads(line)["text"] for line in PROPOSALS.read_text("utf-8").splitlines()]


def test_every_proposal_is_found_in_the_consolidated_word_and_excel_reports(tmp_path: Path) -> None:
    job = run_main_job(PROPOSALS, tmp_path / "job")

    assert [verdict["outcome"] for verdict in job["verdicts"]] == ["accepted"] * 3
    assert job["merged"]["groups"] == 3
    assert job["merged"]["cards"] == len(TEXTS)
    word, excel = (_text_of(Path(path)) for path in job["reports"])
    for text in TEXTS:
        assert _flat(text) in word
        assert _flat(text) in excel


def test_a_changed_byte_is_refused_and_the_rest_is_taken_in_any_order(tmp_path: Path) -> None:
    job = tmp_path / "job"
    run_main_job(PROPOSALS, job)
    sound = [job / f"g{number}.fpkg" for number in (1, 2, 3)]
    broken = tmp_path / "broken.fpkg"
    data = bytearray(sound[0].read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    roster = job / "allowed_signers"

    first = facilitator(job, "merge", tmp_path / "a.fcentre", sound[1], broken, sound[2], "--roster", roster)
    second = facilitator(
        job, "merge", tmp_path / "b.fcentre", sound[2], sound[1], sound[2], "--roster", roster
    )

    assert [each["outcome"] for each in first["packages"]] == ["accepted", "refused", "accepted"]
    assert [each["outcome"] for each in second["packages"]] == ["accepted", "accepted", "duplicate"]
    assert first["state"] == second["state"]
    assert first["groups"] == 2


def _text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        return _flat("\n".join(str(value) for value in cells if value is not None))
    document = Document(str(path))
    return _flat(
        "\n".join("".join(node.itertext()) for node in document.element.body.iter() if _is_paragraph(node))
    )


def _is_paragraph(node: object) -> bool:
    return str(getattr(node, "tag", "")).endswith("}p")


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
