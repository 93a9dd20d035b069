"""Puts a theme on the application: Fusion, a palette and the stylesheet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from facilitator.paths import resource
from ui.desktop.theme.stylesheet import stylesheet
from ui.desktop.theme.tokens import BODY, DARK, LIGHT, Tokens

FAMILIES = (
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Inter",
    "Roboto",
    "Cantarell",
    "Ubuntu",
    "PT Sans",
    "DejaVu Sans",
)
"""The interface faces of the systems we run on; each has Cyrillic. The first one present is taken."""


def apply_theme(app: QApplication, name: str) -> Tokens:
    """Show ``light`` or ``dark``, or with ``system`` what the desktop asks for; return the tokens in use."""
    if name == "system":
        wanted_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        wanted_dark = name == DARK.name
    tokens = DARK if wanted_dark else LIGHT
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(make_palette(tokens))
    font = QFont()
    font.setFamilies([*FAMILIES, font.defaultFamily()])
    font.setPixelSize(BODY)
    app.setFont(font)
    app.setStyleSheet(stylesheet(tokens, resource("icons").as_posix()))
    return tokens


def make_palette(tokens: Tokens) -> QPalette:
    """Return the Qt palette of a set of tokens."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.toast,
        role.ToolTipText: tokens.on_toast,
        role.Light: tokens.surface,
        role.Midlight: tokens.raised,
        role.Mid: tokens.border,
        role.Dark: tokens.control,
        role.Shadow: tokens.control,
    }
    for place, colour in colours.items():
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.control))
    return palette
