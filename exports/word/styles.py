"""The look of a report: its Word styles. Sizes are in points, lengths on the page in millimetres.

Times New Roman carries what people said, Arial all that orders it: every Windows machine has both, and
there are metric twins elsewhere. One dark blue, two greys.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.word.markup import twips

INK = "1B2A41"
ACCENT = "1F4E79"
GREY = "5F6B7A"
HAIRLINE = "C5CED8"
TINT = "EDF2F7"
SERIF = "Times New Roman"
SANS = "Arial"
TEXT_WIDTH = 165.0
WIDE_TEXT_WIDTH = 267.0
LANGUAGE_TAGS = {"ru": "ru-RU", "en": "en-US"}

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Letters:
    """How the characters of a style look."""

    size: float
    colour: str = INK
    family: str = SANS
    bold: bool = False
    italic: bool = False
    caps: bool = False
    spacing: float = 0

    def xml(self) -> str:
        """Return ``w:rPr``."""
        faces = "".join(f' w:{script}="{self.family}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
        half_points = round(self.size * 2)
        parts = [
            f"<w:rFonts{faces}/>",
            "<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>',
            "<w:i/><w:iCs/>" if self.italic else '<w:i w:val="0"/><w:iCs w:val="0"/>',
            "<w:caps/>" if self.caps else "",
            f'<w:color w:val="{self.colour}"/>',
            f'<w:spacing w:val="{round(self.spacing * 20)}"/>' if self.spacing else "",
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>',
        ]
        return f"<w:rPr>{''.join(parts)}</w:rPr>"


@dataclass(frozen=True)
class Layout:
    """How the paragraphs of a style stand. ``line`` is a multiple of the single line.

    Within narrow columns ``right`` keeps the words of one column visibly apart from those of the next.
    """

    before: float = 0
    after: float = 0
    line: float = 1.0
    align: str = "left"
    left: float = 0
    right: float = 0
    keep_with_next: bool = False
    outline: int | None = None
    rule: str = ""
    tab: float = 0

    def xml(self) -> str:
        """Return ``w:pPr``, its children in the schema's order."""
        tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{twips(self.tab)}"/>'
        tabs = f"<w:tabs>{tab}</w:tabs>" if self.tab else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        parts = [
            "<w:keepNext/><w:keepLines/>" if self.keep_with_next else "",
            "<w:widowControl/>",
            f"<w:pBdr>{self.rule}</w:pBdr>" if self.rule else "",
            tabs,
            f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}"'
            f' w:line="{round(self.line * 240)}" w:lineRule="auto"/>',
            f'<w:ind w:left="{twips(self.left)}" w:right="{twips(self.right)}"/>',
            f'<w:jc w:val="{self.align}"/>',
            outline,
        ]
        return f"<w:pPr>{''.join(parts)}</w:pPr>"


@dataclass(frozen=True)
class Style:
    """One paragraph style. ``name`` is Word's own for the styles it knows."""

    id: str
    name: str
    letters: Letters
    layout: Layout = Layout()
    base: str = "Normal"
    following: str = ""

    def xml(self) -> str:
        """Return ``w:style``."""
        kind = ' w:default="1"' if self.id == "Normal" else ""
        kind += "" if self.name in _KNOWN_TO_WORD else ' w:customStyle="1"'
        base = "" if self.id == "Normal" else f'<w:basedOn w:val="{self.base}"/>'
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        return (
            f'<w:style w:type="paragraph"{kind} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f"{base}{following}<w:qFormat/>{self.layout.xml()}{self.letters.xml()}</w:style>"
        )


def _rule(side: str, width: float, colour: str, space: int) -> str:
    """Return one border of a paragraph or a table, ``width`` in points."""
    return f'<w:{side} w:val="single" w:sz="{round(width * 8)}" w:space="{space}" w:color="{colour}"/>'


_HEADINGS = ("heading 1", "heading 2", "heading 3", "toc 1", "toc 2")
_KNOWN_TO_WORD = frozenset(("Normal", "Title", "Subtitle", "caption", "header", "footer", *_HEADINGS))
_BODY = Letters(11.5, family=SERIF)

PARAGRAPH_STYLES = (
    Style("Normal", "Normal", _BODY, Layout(after=6, line=1.15)),
    Style("Project", "Project", Letters(10, GREY, caps=True, spacing=1), Layout(after=4, line=1.2)),
    Style("EventName", "Event Name", Letters(12, INK), Layout(before=4, after=0, line=1.2)),
    Style("Title", "Title", Letters(30, ACCENT, bold=True), Layout(before=130, after=10, line=1.05)),
    Style(
        "Subtitle",
        "Subtitle",
        Letters(17, INK, SERIF),
        Layout(after=30, line=1.15, rule=_rule("bottom", 2.25, ACCENT, 14)),
    ),
    Style("ContentsHeading", "Contents Heading", Letters(17, ACCENT, bold=True), Layout(after=10)),
    Style("TOC1", "toc 1", Letters(11), Layout(before=4, after=2, line=1.1, tab=TEXT_WIDTH)),
    Style("TOC2", "toc 2", Letters(10, GREY), Layout(after=1, line=1.1, left=6, tab=TEXT_WIDTH)),
    Style(
        "Heading1",
        "heading 1",
        Letters(17, ACCENT, bold=True),
        Layout(before=26, after=8, keep_with_next=True, outline=0, rule=_rule("bottom", 0.75, HAIRLINE, 4)),
        following="Normal",
    ),
    Style(
        "Heading2",
        "heading 2",
        Letters(13, ACCENT, bold=True),
        Layout(before=18, after=6, keep_with_next=True, outline=1),
        following="Normal",
    ),
    Style(
        "Heading3",
        "heading 3",
        Letters(11, INK, bold=True),
        Layout(before=14, after=4, keep_with_next=True, outline=2),
        following="Normal",
    ),
    Style(
        "Question",
        "Step Question",
        Letters(11.5, GREY, SERIF, italic=True),
        Layout(after=6, line=1.2, keep_with_next=True),
    ),
    Style("Caption", "caption", Letters(9, GREY, bold=True), Layout(before=12, after=4, keep_with_next=True)),
    Style("AgreedLabel", "Agreed Text Label", Letters(8.5, GREY), Layout(before=6, keep_with_next=True)),
    Style(
        "AgreedText",
        "Agreed Text",
        Letters(12.5, INK, SERIF),
        Layout(before=4, after=4, line=1.2, left=5, rule=_rule("left", 2.25, ACCENT, 10)),
    ),
    Style("Details", "Details", Letters(8.5, GREY), Layout(before=1, after=1, line=1.05)),
    Style("Statement", "Statement", _BODY, Layout(line=1.08)),
    Style("TableHead", "Table Head", Letters(8.5, ACCENT, bold=True)),
    Style("TableHeadRight", "Table Head Right", Letters(8.5, ACCENT, bold=True), Layout(align="right")),
    Style("TableText", "Table Text", Letters(10), Layout(line=1.05)),
    Style("CellStatement", "Cell Statement", Letters(11, family=SERIF), Layout(line=1.05, right=1.2)),
    Style("TableNumber", "Table Number", Letters(10), Layout(align="right", line=1.05)),
    Style("TableIndex", "Table Index", Letters(8.5, GREY), Layout(before=2)),
    Style("TableTotal", "Table Total", Letters(10, bold=True)),
    Style("TableTotalNumber", "Table Total Number", Letters(10, bold=True), Layout(align="right")),
    Style(
        "BandHead", "Band Head", Letters(9, ACCENT, bold=True), Layout(before=2, after=2, keep_with_next=True)
    ),
    Style("SmallHead", "Small Table Head", Letters(7, ACCENT, bold=True)),
    Style("SmallText", "Small Table Text", Letters(7.5), Layout(line=1.02)),
    Style("SmallStatement", "Small Statement", Letters(8.5, family=SERIF), Layout(line=1.02, right=1.2)),
    Style("SmallDetails", "Small Details", Letters(7, GREY), Layout(before=1, line=1.0)),
    Style("FactName", "Fact Name", Letters(9.5, GREY), Layout(before=1.5, keep_with_next=True)),
    Style("FactValue", "Fact Value", Letters(11, INK), Layout(line=1.1)),
    Style("FactCode", "Fact Code", Letters(8.5, INK, "Courier New"), Layout(before=2.5, line=1.1)),
    Style("SmallCode", "Small Code", Letters(7, INK, "Courier New"), Layout(line=1.1)),
    Style("SectionEnd", "Section End", Letters(1), Layout()),
    Style("Header", "header", Letters(8.5, GREY), Layout(rule=_rule("bottom", 0.5, HAIRLINE, 4))),
    Style("CoverEdge", "Cover Edge", Letters(10, GREY), Layout(align="center")),
    Style("Footer", "footer", Letters(8.5, GREY), Layout(align="right")),
)

_CHARACTER_STYLES = (
    ("Dots", "Dots", Letters(10, ACCENT, bold=True)),
    ("Facts", "Facts", Letters(9, GREY)),
    ("Remark", "Remark", Letters(9, ACCENT)),
)


_GRID = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = ("bottom", "insideH")


def _table_style(style_id: str, name: str, sides: Sequence[str], padding: float, *, head: bool = True) -> str:
    borders = "".join(_rule(side, 0.5, HAIRLINE, 0) for side in sides)
    margins = "".join(
        f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>'
        for side, width in (("top", 0.9), ("left", padding), ("bottom", 0.9), ("right", padding))
    )
    first_row = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders>{_rule('bottom', 1, ACCENT, 0)}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/>'
        "</w:tcPr></w:tblStylePr>"
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{first_row if head else ''}</w:style>"
    )


_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def styles_xml(language: str) -> str:
    """Return the part ``word/styles.xml`` for a document in ``language``."""
    tag = LANGUAGE_TAGS[language]
    characters = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"{letters.xml()}</w:style>"
        for key, name, letters in _CHARACTER_STYLES
    )
    return (
        f'<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{''.join(style.xml() for style in PARAGRAPH_STYLES)}{characters}{_TABLE_NORMAL}"
        f"{_table_style('ReportTable', 'Report Table', _LINES, padding=1.5)}"
        f"{_table_style('GridTable', 'Report Grid', _GRID, padding=2.0)}"
        f"{_table_style('PlanTable', 'Report Plan', _GRID, padding=1.2)}"
        f"{_table_style('FactTable', 'Report Facts', (), padding=0, head=False)}</w:styles>"
    )
