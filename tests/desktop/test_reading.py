"""The text to be read aloud: nothing but the words, at 32 points at least, as few pages as can be."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.desktop.projector.fitting import LEAST_POINTS
from ui.desktop.projector.reading import MOST_POINTS, paint_reading, reading_pages
from ui.desktop.theme.tokens import LIGHT

HALL = QSize(1920, 1080)
OLD = QSize(800, 600)
SENTENCE = "Через два дня к ней приходит специалист, который уже знает всё, на что она дала согласие. "


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return QFont(qapp.font())


def test_a_short_text_stands_on_one_page_as_large_as_can_be(font: QFont) -> None:
    (page,) = reading_pages("Помощь приходит раньше беды.", HALL, font)
    assert (page.text, page.number, page.of) == ("Помощь приходит раньше беды.", 1, 1)
    assert page.points == MOST_POINTS


@pytest.mark.parametrize("size", [HALL, OLD])
def test_a_long_text_is_broken_between_sentences_and_nothing_is_lost(font: QFont, size: QSize) -> None:
    pages = reading_pages(SENTENCE * 20, size, font)
    assert len(pages) > 1
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(page.points >= LEAST_POINTS and page.of == len(pages) for page in pages)
    assert all(page.text.endswith("согласие.") for page in pages)
    assert " ".join(page.text for page in pages).split() == (SENTENCE * 20).split()


def test_the_type_grows_as_long_as_the_pages_stay_as_few(font: QFont) -> None:
    points = [reading_pages(SENTENCE * count, HALL, font)[0].points for count in (1, 2, 3)]
    assert points == sorted(points, reverse=True)
    assert points[0] > LEAST_POINTS


def test_paragraphs_stay_and_empty_lines_go(font: QFont) -> None:
    (page,) = reading_pages("Раз. Два.\n\n  Три. \n***\n", HALL, font)
    assert page.text == "Раз. Два.\nТри."


def test_a_sentence_longer_than_a_page_goes_on_on_the_next(font: QFont) -> None:
    pages = reading_pages("слово " * 400, OLD, font)
    assert len(pages) > 1
    assert sum(page.text.count("слово") for page in pages) == 400


def test_no_text_is_one_empty_page(font: QFont) -> None:
    assert [page.text for page in reading_pages(" \n", HALL, font)] == [""]


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_is_painted(font: QFont, count: int) -> None:
    image = QImage(HALL, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_reading(painter, HALL, reading_pages(SENTENCE * count, HALL, font)[0], LIGHT, font)
    painter.end()
    colours = {image.pixelColor(x, 540).name() for x in range(0, 1920, 2)}
    assert LIGHT.window in colours
    assert len(colours) > 1
