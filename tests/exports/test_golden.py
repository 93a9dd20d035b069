"""Reports of a small group, letter by letter. ``GOLDEN=write`` in the environment writes them anew."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.excel import write_consolidated_workbook
from exports.word import write_consolidated_report, write_group_report
from facilitator.texts import load_texts
from tests.exports.reader import docx_lines, workbook_lines
from tests.exports.room import consolidated, report_of, told_room

GOLDEN = Path(__file__).parent / "golden"


def group(path: Path, language: str) -> str:
    write_group_report(report_of(told_room()), load_texts("exports", language), language, path)
    return docx_lines(path)


def centre(path: Path, language: str) -> str:
    report = consolidated(told_room(), told_room(1, "family"))
    write_consolidated_report(report, load_texts("exports", language), language, path)
    return docx_lines(path)


def book(path: Path, language: str) -> str:
    report = consolidated(told_room(), told_room(1, "family"))
    write_consolidated_workbook(report, load_texts("exports", language), language, path)
    return workbook_lines(path)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("name", "write"), [("group.docx", group), ("centre.docx", centre), ("centre.xlsx", book)]
)
def test_a_report_reads_as_it_did(
    name: str, write: Callable[[Path, str], str], language: str, tmp_path: Path
) -> None:
    text = write(tmp_path / name, language)
    golden = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
