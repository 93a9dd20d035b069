"""The colours, distances and type sizes of the window, light and dark.

Widgets take their look from the stylesheet by two properties, ``role`` (labels and frames) and ``kind``
(buttons); delegates that paint for themselves take colours from the palette, and the few it has no role for
from ``tokens_of(palette)``.
"""

from typing import NamedTuple

from PySide6.QtGui import QPalette

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""Distances in pixels; a page keeps ``XL`` around itself and ``M`` between its parts."""

SMALL, BODY, LARGE, HEADING, TITLE = 13, 15, 18, 21, 28
"""Type sizes in pixels, which Qt scales with the screen."""

RADIUS = 8


class Tokens(NamedTuple):
    """One set of colours, as ``#rrggbb``. Each text keeps a contrast of 4.5 on each of its grounds."""

    name: str
    window: str
    surface: str
    raised: str
    border: str
    control: str
    """The outline of something one can act on: 3 to 1 against its ground."""
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    """The ground of what is selected; ``text`` and ``accent`` stand on it."""
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    toast: str
    on_toast: str

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return self.name == "dark"

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every (text, ground) pair of colours that the window uses."""
        grounds = (self.window, self.surface, self.raised, self.accent_soft)
        texts = (self.text, self.muted, self.accent, self.good, self.warn, self.bad)
        softs = ((self.good, self.good_soft), (self.warn, self.warn_soft), (self.bad, self.bad_soft))
        on_soft = tuple((self.text, soft) for _, soft in softs)
        plain = tuple((text, ground) for text in texts for ground in grounds)
        return (*plain, *softs, *on_soft, (self.on_accent, self.accent), (self.on_toast, self.toast))


LIGHT = Tokens(
    name="light",
    window="#f4f5f8",
    surface="#ffffff",
    raised="#eceff4",
    border="#d8dde6",
    control="#7a8597",
    text="#1a2230",
    muted="#505c6d",
    accent="#1b569f",
    on_accent="#ffffff",
    accent_soft="#dde9f9",
    good="#1a673d",
    good_soft="#dff3e6",
    warn="#7b4b00",
    warn_soft="#fdf0d5",
    bad="#a8211b",
    bad_soft="#fce6e4",
    toast="#232c3a",
    on_toast="#ffffff",
)

DARK = Tokens(
    name="dark",
    window="#12161c",
    surface="#1a2028",
    raised="#232b35",
    border="#343f4c",
    control="#78879a",
    text="#e9edf3",
    muted="#a9b4c2",
    accent="#8ebcf7",
    on_accent="#0b1c33",
    accent_soft="#20344f",
    good="#7fd3a1",
    good_soft="#173427",
    warn="#f0c168",
    warn_soft="#3a2e12",
    bad="#ff9d94",
    bad_soft="#451f1d",
    toast="#e9edf3",
    on_toast="#1a2028",
)


def tokens_of(palette: QPalette) -> Tokens:
    """Return the tokens that a palette was made from, also when a stylesheet has changed its grounds."""
    text = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)
    return DARK if text.lightness() > 128 else LIGHT
