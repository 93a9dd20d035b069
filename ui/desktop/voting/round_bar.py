"""The bar over a vote: how it stands, in words, and the one button that leads on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from ui.desktop.theme.tokens import XS, M, S
from ui.desktop.widgets.build import button, label, set_look

_ROOMY = 460
"""From what width on, in pixels, the buttons stand beside the words."""


class RoundBar(QFrame):
    """``led_on`` asks for the next state, ``led_back`` for the one before."""

    led_on = Signal()
    led_back = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "hint")
        self.setAccessibleName(name)
        self.refused = False
        """Whether the note says why something was not done: it stays until the next key."""
        self.words = label("", "field")
        self.note = label("", "small")
        self.back = button("", self.led_back.emit)
        self.on = button("", self.led_on.emit, "primary", "Ctrl+Enter")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.words)
        words.addWidget(self.note)
        buttons = QHBoxLayout()
        buttons.setSpacing(S)
        buttons.addWidget(self.back)
        buttons.addWidget(self.on)
        buttons.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(M, XS, S, XS)
        self._row.setSpacing(S)
        self._row.addLayout(words, 1)
        self._row.addLayout(buttons)
        self.back.hide()
        self.note.hide()

    def show_state(self, words: str, on: str, back: str = "", *, can: bool = True) -> None:
        """Say how the vote stands, and name the buttons; ``can`` is whether it can be led on."""
        self.words.setText(words)
        for made, text in ((self.on, on), (self.back, back)):
            made.setText(text)
            made.setAccessibleName(text)
        self.back.setVisible(bool(back))
        self.on.setEnabled(can)

    def show_note(self, words: str, *, refused: bool = False) -> None:
        """Say below what can be done, or why something was not."""
        self.refused = refused
        self.note.setText(words)
        self.note.setVisible(bool(words))
        set_look(self.note, "role", "error" if refused else "small")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where there is little room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if event.size().width() >= _ROOMY else ways.TopToBottom)
