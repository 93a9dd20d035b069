"""Paints what the room sees, on the wall and as the small picture in the moderator's window alike."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.desktop.projector.fitting import LEAST_POINTS, WRAP, fit, height_of, scale_of
from ui.desktop.projector.slide import Band, Line, Slide
from ui.desktop.theme.tokens import Tokens

MARGIN = 30
WHERE = 18
CLOCK = 40
BAND = 34
QUESTION_SIZES = range(44, 19, -2)
LINE_SIZES = range(44, LEAST_POINTS - 1, -2)
LONG_SIZES = (*LINE_SIZES, *range(LEAST_POINTS - 2, 11, -1))
SPOTLIGHT_SIZES = (*range(88, 43, -4), *LONG_SIZES)


def paint_slide(painter: QPainter, size: QSize, slide: Slide, tokens: Tokens, font: QFont) -> int:
    """Fill ``size`` pixels with a slide; returns in how many points its first statement stands, 0 without."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if slide.blank:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor("#000000"))
        painter.restore()
        return 0
    painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(tokens.window))
    scale = scale_of(size)
    painter.scale(scale, scale)
    room = QRect(0, 0, int(size.width() / scale), int(size.height() / scale))
    plain = QFont(font)
    plain.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the type is scaled when painted
    made = _SlidePainter(painter, tokens, plain, room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
    made.paint(slide)
    painter.restore()
    return made.points


class _SlidePainter:
    """Paints from the top down and the bands from the foot up, in what room is left."""

    def __init__(self, painter: QPainter, tokens: Tokens, font: QFont, room: QRect) -> None:
        self._painter = painter
        self._tokens = tokens
        self._font = font
        self._room = room
        self.points = 0

    def paint(self, slide: Slide) -> None:
        """Paint where we are, the question, and as many lines as stand there in a size that can be read."""
        self._paint_head(slide)
        for band in slide.bands:
            self._paint_band(band)
        if slide.spotlight:
            self._paint_line(Line(slide.spotlight), SPOTLIGHT_SIZES, whole=True)
            return
        height = self._room.height() // (3 if slide.lines else 1)
        question = fit(slide.question, self._bold(1), self._room.width(), height, QUESTION_SIZES)
        self._write(slide.question, question, self._tokens.text, gap=16)
        for place, line in enumerate(slide.lines):
            first = place == 0 and not line.count
            if not self._paint_line(line, LONG_SIZES if first else (LEAST_POINTS,), first=first):
                break

    def _bold(self, size: int) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _paint_head(self, slide: Slide) -> None:
        """Paint where we are and, in the corner, the time: in words too, so that no colour is needed."""
        height = CLOCK if slide.clock else WHERE + 6
        head = QRect(self._room.left(), self._room.top(), self._room.width(), height)
        if slide.clock:
            colour = self._tokens.warn if slide.over else self._tokens.text
            head = self._write_right(head, slide.clock, self._bold(CLOCK), colour)
            head = self._write_right(head, slide.note, self._bold(WHERE + 4), colour)
        where = QFontMetrics(self._bold(WHERE)).elidedText(
            slide.where, Qt.TextElideMode.ElideRight, head.width()
        )
        self._painter.setFont(self._bold(WHERE))
        self._painter.setPen(QColor(self._tokens.muted))
        self._painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), where)
        self._room.setTop(self._room.top() + height + 8)

    def _paint_band(self, band: Band) -> None:
        """Paint a line at the foot, with what is counted at its right."""
        height = BAND + 16
        band_room = QRect(self._room.left(), self._room.bottom() - height + 1, self._room.width(), height)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._tokens.accent_soft))
        self._painter.drawRoundedRect(band_room, 8, 8)
        inner = band_room.adjusted(14, 0, -14, 0)
        colour = self._tokens.warn if band.over else self._tokens.text
        inner = self._write_right(inner, band.counted, self._bold(BAND), colour)
        font = fit(band.text, self._bold(BAND), inner.width(), height, range(BAND, 19, -2))
        words = QFontMetrics(font).elidedText(band.text, Qt.TextElideMode.ElideRight, inner.width())
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._tokens.text))
        self._painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        self._room.setBottom(band_room.top() - 12)

    def _paint_line(
        self, line: Line, sizes: "range | tuple[int, ...]", *, first: bool = True, whole: bool = False
    ) -> bool:
        """Paint one line on a ground of its own; the first is fitted, the others stand there or wait."""
        pad, bar = 13, 6
        width = self._room.width() - 2 * pad - bar
        height = self._room.height() - 2 * pad
        text = f"{line.text}{_facts(line)}"
        font = fit(text, self._font, width, height, sizes)
        needed = height_of(text, font, width)
        if needed > height and not first:
            return False
        if first:
            self.points = font.pixelSize()
        tall = height if whole else min(needed, height)
        card = QRect(self._room.left(), self._room.top(), self._room.width(), tall + 2 * pad)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._tokens.surface))
        self._painter.drawRoundedRect(card, 8, 8)
        if first:
            self._painter.setBrush(QColor(self._tokens.accent))
            self._painter.drawRoundedRect(QRect(card.left(), card.top(), bar, card.height()), 3, 3)
        words = card.adjusted(pad + bar, pad + max(0, tall - needed) // 2, -pad, -pad)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._tokens.text))
        self._painter.drawText(words, int(WRAP), text)
        self._room.setTop(card.bottom() + 12)
        return self._room.height() > LEAST_POINTS

    def _write(self, text: str, font: QFont, colour: str, gap: int) -> None:
        height = height_of(text, font, self._room.width())
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(self._room, int(WRAP), text)
        self._room.setTop(self._room.top() + height + gap)

    def _write_right(self, room: QRect, text: str, font: QFont, colour: str) -> QRect:
        """Write at the right end of a line; returns what is left of the line."""
        if not text:
            return room
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        return room.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(text) - 14, 0)


def _facts(line: Line) -> str:
    """Return what is counted of a line, as on the wall: statements in brackets, dots as dots."""
    count = f" ({line.count})" if line.count else ""
    return f"{count}  ● {line.dots}" if line.dots else count
