"""How a topic looks: Qt reads Markdown plainly, and here it gets the window's type, colours and distances."""

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from ui.desktop.theme.tokens import BODY, HEADING, LARGE, XL, L, M, S, Tokens, tokens_of

_SIZES = {1: HEADING, 2: LARGE}
_LINE = 130
"""Per cent of a line's height."""


def dress(document: QTextDocument, palette: QPalette) -> None:
    """Give a document that was read from Markdown the look of the window."""
    tokens = tokens_of(palette)
    document.setDocumentMargin(L)
    for table in _tables(document):
        _dress_table(table, tokens)
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        cursor.mergeBlockFormat(_block_format(level, in_table=cursor.currentTable() is not None))
        for span in _spans(block):
            look = (
                _heading_format(span.charFormat(), level)
                if level
                else _span_format(span.charFormat(), tokens)
            )
            if look is not None:
                cursor.setPosition(span.position())
                cursor.setPosition(span.position() + span.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(look)
        block = block.next()


def _spans(block: QTextBlock) -> list[QTextFragment]:
    """Return the stretches of one look that a block is made of."""
    spans = []
    place = block.begin()
    while not place.atEnd():
        spans.append(place.fragment())
        place += 1
    return spans


def _block_format(level: int, *, in_table: bool) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setTopMargin(XL if level > 1 else 0)
    made.setBottomMargin(0 if in_table else S if level else M)
    return made


def _heading_format(format_: QTextCharFormat, level: int) -> QTextCharFormat:
    format_.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)  # which would win over the size
    format_.setProperty(QTextCharFormat.Property.FontPixelSize, _SIZES.get(level, BODY))
    format_.setFontWeight(QFont.Weight.DemiBold)
    return format_


def _span_format(format_: QTextCharFormat, tokens: Tokens) -> QTextCharFormat | None:
    """Return the look of a key, which Markdown writes as code, or of a link; ``None`` leaves a span alone."""
    if format_.isAnchor():
        format_.setForeground(QColor(tokens.accent))
        return format_
    if format_.fontFixedPitch():
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setBackground(QColor(tokens.raised))
        return made
    return None


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _dress_table(table: QTextTable, tokens: Tokens) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(QColor(tokens.border)))
    look.setCellPadding(S)
    look.setCellSpacing(0)
    look.setTopMargin(S)
    look.setBottomMargin(L)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    first = QTextLength(QTextLength.Type.PercentageLength, 32)
    rest = QTextLength(QTextLength.Type.PercentageLength, 68 / max(1, table.columns() - 1))
    look.setColumnWidthConstraints([first, *[rest] * (table.columns() - 1)])
    table.setFormat(look)
