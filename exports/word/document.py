"""A Word document in the making: headings, tables and sections in order, contents from the headings."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exports.word.markup import (
    FIELD_END,
    bookmarked,
    field,
    field_begin,
    only_in_word,
    paragraph,
    row,
    run,
    table,
    text_paragraph,
    twips,
)

_DEEPEST_IN_CONTENTS = 2
_PAGE_BREAK = "<w:pageBreakBefore/>"
_RELATED = (
    '<w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
)
_COVER = (
    '<w:headerReference w:type="first" r:id="cover-header"/>'
    '<w:footerReference w:type="first" r:id="cover-footer"/>'
)


class _Heading(NamedTuple):
    level: int
    text: str
    bookmark: str


class Document:
    """Blocks of a document in order. ``caption_word`` stands before the number of a table: «Таблица»."""

    def __init__(self, contents_title: str, caption_word: str) -> None:
        self._contents_title = contents_title
        self._caption_word = caption_word
        self._blocks: list[str] = []
        self._headings: list[_Heading] = []
        self._contents_at = 0
        self._tables = 0
        self._sections = 0
        self._landscape = False

    def add(self, *blocks: str) -> None:
        """Add paragraphs or tables made by hand."""
        self._blocks.extend(blocks)

    def text(self, style: str, text: str) -> None:
        """Add a paragraph of plain text."""
        self._blocks.append(text_paragraph(style, text))

    def heading(self, level: int, text: str, *, new_page: bool = False) -> None:
        """Add a heading of level 1–3; the first two levels stand in the contents."""
        number = len(self._headings) + 1
        heading = _Heading(level, " ".join(text.split("\n")), f"_Toc{number:08}")
        self._headings.append(heading)
        content = bookmarked(number, heading.bookmark, run(heading.text))
        self._blocks.append(paragraph(f"Heading{level}", content, properties=_PAGE_BREAK if new_page else ""))

    def contents(self) -> None:
        """Put the contents here, on a page of their own."""
        self._contents_at = len(self._blocks)

    def caption(self, text: str) -> None:
        """Add the numbered caption of the table that follows."""
        self._tables += 1
        number = field("SEQ Table \\* ARABIC", str(self._tables))
        self._blocks.append(paragraph("Caption", run(f"{self._caption_word} "), number, run(f". {text}")))

    def table(
        self,
        widths: Sequence[float],
        head: Iterable[str],
        rows: Iterable[str],
        *,
        style: str = "ReportTable",
    ) -> None:
        """Add a table; ``head`` holds the cells of its first row, which every page repeats."""
        self._blocks.append(table(style, widths, (row(head, head=True), *rows)))

    def turn(self, *, landscape: bool) -> None:
        """Turn the pages: what follows stands on pages of this orientation."""
        if landscape != self._landscape:
            self._blocks.append(paragraph("SectionEnd", properties=self._section()))
            self._landscape = landscape

    def body(self) -> str:
        """Return the content of ``w:body``."""
        before, after = self._blocks[: self._contents_at], self._blocks[self._contents_at :]
        return "".join((*before, self._contents(), *after, self._section()))

    def _section(self) -> str:
        self._sections += 1
        return section(landscape=self._landscape, cover=self._sections == 1)

    def _contents(self) -> str:
        entries = [heading for heading in self._headings if heading.level <= _DEEPEST_IN_CONTENTS]
        title = paragraph("ContentsHeading", run(self._contents_title), properties=_PAGE_BREAK)
        begin = only_in_word(field_begin(f'TOC \\o "1-{_DEEPEST_IN_CONTENTS}" \\h \\z \\u'))
        lines = [
            paragraph(f"TOC{entry.level}", begin if number == 0 else "", _entry(entry))
            for number, entry in enumerate(entries)
        ]
        return f"{title}{''.join(lines)}{paragraph('SectionEnd', only_in_word(FIELD_END))}"


def _entry(heading: _Heading) -> str:
    """Return a line of the contents; whatever lays the pages out counts them."""
    number = field(f"PAGEREF {heading.bookmark} \\h", "")
    return (
        f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">'
        f"{run(heading.text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>"
    )


def section(*, landscape: bool = False, cover: bool = False) -> str:
    """Return ``w:sectPr``: A4, upright or landscape, starting on a new page."""
    size = (297, 210) if landscape else (210, 297)
    width, height = map(twips, size)
    top, right, bottom, left = map(twips, (18, 15, 16, 15) if landscape else (24, 20, 20, 25))
    orient = ' w:orient="landscape"' if landscape else ""
    first, title_page = (_COVER, "<w:titlePg/>") if cover else ("", "")
    return (
        f'<w:sectPr>{_RELATED}{first}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(11)}" w:footer="{twips(9)}" w:gutter="0"/>{title_page}</w:sectPr>'
    )
