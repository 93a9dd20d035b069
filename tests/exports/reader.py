"""Reads documents back through other people's code: python-docx, openpyxl and a plain XML parser."""

import io
import zipfile
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from openpyxl.workbook import Workbook

_INDENTS = {"Heading 1": "# ", "Heading 2": "## ", "Heading 3": "### "}


def docx_lines(path: Path) -> str:
    """Return what a person reads in a Word document, headings marked, cells between bars."""
    document = Document(str(path))
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block._tbl.tr_lst:
                lines.append("| " + " | ".join("⏎".join(_texts(cell)) for cell in row.tc_lst) + " |")
        else:
            lines.append(
                _INDENTS.get(block.style.name, "") + "⏎".join(_texts(block._p.getparent(), block._p))
            )
    return "\n".join(lines) + "\n"


def _texts(parent: etree._Element, only: etree._Element | None = None) -> list[str]:
    paragraphs = [only] if only is not None else parent.findall(qn("w:p"))
    return [
        "".join(map(_character, paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))))
        for paragraph in paragraphs
    ]


def _character(element: etree._Element) -> str:
    return element.text or "" if element.tag == qn("w:t") else "⏎" if element.tag == qn("w:br") else " … "


def docx_text(path: Path) -> str:
    """Return every text of the document's body, its cells one after another."""
    return docx_lines(path).replace("⏎", "\n")


def parts(path: Path) -> dict[str, etree._Element]:
    """Return the parsed XML parts of an office document by name."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def workbook(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def workbook_lines(path: Path) -> str:
    """Return every sheet of a workbook, cells between bars."""
    lines = []
    for sheet in workbook(path):
        lines.append(f"# {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            lines.append("| " + " | ".join("" if value is None else repr(value) for value in row) + " |")
    return "\n".join(lines) + "\n"
