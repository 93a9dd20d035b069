"""LibreOffice turns the documents into pages, and every statement is on them."""

import re
import subprocess
from pathlib import Path

from exports.word import write_consolidated_report, write_group_report
from facilitator.texts import load_texts
from tests.exports.room import STAMP, consolidated, report_of, told_room


def printed(document: Path, folder: Path) -> str:
    """Return the text of a document's pages, every run of spaces and line ends a single space."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = (
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(document),
    )
    subprocess.run(convert, check=True, capture_output=True, timeout=100)
    pages = subprocess.run(
        ("pdftotext", str(document.with_suffix(".pdf")), "-"), check=True, capture_output=True
    )
    return re.sub(r"\s+", " ", pages.stdout.decode())


def test_libreoffice_prints_every_statement_and_counts_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "group.docx"
    snapshot = told_room()
    write_group_report(report_of(snapshot), load_texts("exports", "ru"), "ru", path)
    text = printed(path, tmp_path)
    public = [card for card in snapshot.cards.values() if not card.private]
    assert [card.text for card in public if " ".join(card.text.split()) not in text] == []
    assert not [card for card in snapshot.cards.values() if card.private and card.text in text]
    assert re.search(r"Шаг 1\. Нормы настоящего ?\.+ ?3", text)
    assert re.search(r"стр\. 2 из \d", text)
    assert STAMP.package_id in text


def test_libreoffice_prints_the_consolidated_report(tmp_path: Path) -> None:
    path = tmp_path / "centre.docx"
    snapshot = told_room()
    report = consolidated(snapshot, told_room(1, "family"))
    write_consolidated_report(report, load_texts("exports", "ru"), "ru", path)
    text = printed(path, tmp_path)
    public = [card for card in snapshot.cards.values() if not card.private]
    assert [card.text for card in public if " ".join(card.text.split()) not in text] == []
