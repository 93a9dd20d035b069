"""WordprocessingML as text: runs, paragraphs, fields and tables (ECMA-376, part 1, clause 17).

Written by hand, because a report of 2,000 statements takes a tenth of a second this way and many through cell
objects. Lengths are in millimetres unless a name says otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

_TWIPS_IN_A_MILLIMETRE = 56.6929
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Return a text with U+FFFD in place of what XML 1.0 cannot hold (clause 2.2)."""
    return _UNPRINTABLE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Return a text escaped for XML content and attributes."""
    return escape(printable(text), quote=True)


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * _TWIPS_IN_A_MILLIMETRE)


def run(text: str, style: str = "") -> str:
    """Return a run of text, its line breaks and tabs kept, in a character style if one is named."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    opening, closing = '<w:t xml:space="preserve">', "</w:t>"
    body = (
        xml_text(text)
        .replace("\n", f"{closing}<w:br/>{opening}")
        .replace("\t", f"{closing}<w:tab/>{opening}")
    )
    return f"<w:r>{properties}{opening}{body}{closing}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Return a paragraph in a style. ``properties`` are further children of ``w:pPr`` in their order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def text_paragraph(style: str, text: str) -> str:
    """Return a paragraph of one run."""
    return paragraph(style, run(text))


def field(instruction: str, shown: str) -> str:
    """Return a complex field that shows ``shown`` until it is updated."""
    return f"{field_begin(instruction)}{run(shown)}{FIELD_END}"


def field_begin(instruction: str) -> str:
    """Return the runs before a field's result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def only_in_word(runs: str) -> str:
    """Return runs that Word 2013 and newer read and LibreOffice passes over (ECMA-376, part 3, clause 10).

    LibreOffice shows page numbers within a field of contents as they were written; outside of it, it counts.
    """
    return f'<mc:AlternateContent><mc:Choice Requires="w15">{runs}</mc:Choice></mc:AlternateContent>'


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmarked(number: int, name: str, content: str) -> str:
    """Return runs within a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def cell(width: float, content: str, properties: str = "") -> str:
    """Return a table cell of paragraphs. ``properties`` are children of ``w:tcPr`` after the width."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def cells(widths: Sequence[float], contents: Iterable[str]) -> list[str]:
    """Return the cells of a row."""
    return [cell(width, content) for width, content in zip(widths, contents, strict=True)]


def text_cells(widths: Sequence[float], style: str, texts: Iterable[str]) -> list[str]:
    """Return the cells of a row, each a paragraph in one style."""
    return cells(widths, (text_paragraph(style, text) for text in texts))


def spanning(columns: int) -> str:
    """Return the property of a cell that stands over several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


MERGE_START = '<w:vMerge w:val="restart"/>'
MERGE_ON = "<w:vMerge/>"


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """Return a table row that stays on one page; a ``head`` is repeated on every page."""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths: Sequence[float], rows: Iterable[str]) -> str:
    """Return a table of fixed column widths; its style knows whether the first row is a head."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
