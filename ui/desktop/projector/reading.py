"""One text for the room to hear and to see: nothing but the words, as large as they fit, page by page."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from facilitator.script.sentences import split_line
from ui.desktop.projector.fitting import LEAST_POINTS, WRAP, height_of, scale_of
from ui.desktop.theme.tokens import Tokens

MARGIN = 36
FOOT = 24
"""The height of the line that numbers the pages, in points."""
MOST_POINTS = 72


class ReadingPage(NamedTuple):
    """What stands on one page, in type of ``points``, and which page of how many it is, from 1."""

    text: str
    points: int
    number: int
    of: int


def reading_pages(text: str, size: QSize, font: QFont) -> tuple[ReadingPage, ...]:
    """Return the pages of a text for a picture of ``size`` pixels: as few as there can be at 32 points, and
    then as large as the type may be on as many. Sentences stay whole as far as a page can hold them.
    """
    room = _room(size)
    texts, points = _broken(text, room, font, LEAST_POINTS), LEAST_POINTS
    for larger in range(LEAST_POINTS + 2, MOST_POINTS + 1, 2):
        wider = _broken(text, room, font, larger)
        if len(wider) > len(texts) or not _words_fit(text, _sized(font, larger), room.width()):
            break
        texts, points = wider, larger
    return tuple(ReadingPage(page, points, place, len(texts)) for place, page in enumerate(texts, 1))


def paint_reading(painter: QPainter, size: QSize, page: ReadingPage, tokens: Tokens, font: QFont) -> None:
    """Fill ``size`` pixels with a page, its text in the middle of the height."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(tokens.window))
    scale = scale_of(size)
    painter.scale(scale, scale)
    room, type_ = _room(size), _sized(font, page.points)
    height = height_of(page.text, type_, room.width())
    painter.setFont(type_)
    painter.setPen(QColor(tokens.text))
    top = room.top() + max(0, (room.height() - height) // 2)
    painter.drawText(QRect(room.left(), top, room.width(), height), int(WRAP), page.text)
    if page.of > 1:
        painter.setFont(_sized(font, FOOT - 6))
        painter.setPen(QColor(tokens.muted))
        foot = QRect(room.left(), room.bottom() + 1, room.width(), FOOT)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), f"{page.number} / {page.of}")
    painter.restore()


def _room(size: QSize) -> QRect:
    """Return the place of the text, in points."""
    scale = scale_of(size)
    whole = QRect(0, 0, int(size.width() / scale), int(size.height() / scale))
    return whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN - FOOT)


def _sized(font: QFont, points: int) -> QFont:
    sized = QFont(font)
    sized.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the type is scaled when painted
    sized.setPixelSize(points)
    return sized


def _words_fit(text: str, font: QFont, width: int) -> bool:
    metrics = QFontMetrics(font)
    return all(metrics.horizontalAdvance(word) <= width for word in text.split())


def _broken(text: str, room: QRect, font: QFont, points: int) -> list[str]:
    """Return the texts of the pages in type of ``points``."""
    sized = _sized(font, points)
    pages = [""]
    for gap, piece in _pieces(text, room, sized):
        longer = f"{pages[-1]}{gap}{piece}" if pages[-1] else piece
        if not pages[-1] or height_of(longer, sized, room.width()) <= room.height():
            pages[-1] = longer
        else:
            pages.append(piece)
    return pages


def _pieces(text: str, room: QRect, font: QFont) -> Iterator[tuple[str, str]]:
    """Yield what stays together, with what stands before it: sentences, or the words of one that is too long.

    A new line of the text begins a new paragraph.
    """
    for line in text.splitlines():
        for place, sentence in enumerate(split_line(line)):
            gap = " " if place else "\n"
            if height_of(sentence, font, room.width()) <= room.height():
                yield gap, sentence
            else:
                for number, word in enumerate(sentence.split()):
                    yield " " if number else gap, word
