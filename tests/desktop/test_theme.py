"""What is written can be read, light and dark."""

import pytest
from PySide6.QtGui import QPalette

from ui.desktop.theme.apply import make_palette
from ui.desktop.theme.tokens import DARK, LIGHT, Tokens, tokens_of

TEXT_CONTRAST = 4.5
OUTLINE_CONTRAST = 3.0


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_every_text_keeps_its_contrast_on_every_ground(tokens: Tokens) -> None:
    faint = {
        pair: round(contrast(*pair), 2) for pair in tokens.text_pairs() if contrast(*pair) < TEXT_CONTRAST
    }
    assert not faint


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_the_outline_of_a_field_can_be_seen(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.surface, tokens.raised):
        assert contrast(tokens.control, ground) >= OUTLINE_CONTRAST


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_a_delegate_finds_its_tokens_by_the_palette(tokens: Tokens) -> None:
    palette: QPalette = make_palette(tokens)
    assert tokens_of(palette) is tokens
