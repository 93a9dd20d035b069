"""One point of the list that ends a day: what it is, how it stands, one button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label, set_look

_MARK = 24


class DayPart(QWidget):
    """The mark is a tick once the point is done; words say the same."""

    def __init__(self, number: int, title: str, act: str, do: Callable[[], object], *more: QWidget) -> None:
        super().__init__()
        self._number = str(number)
        self._mark = label(self._number, "subheading", wrap=False)
        self._mark.setFixedWidth(_MARK)
        self.state = label("", "note")
        self.button = button(act, do)
        self.done = False
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "field"))
        words.addWidget(self.state)
        top = QHBoxLayout()
        top.setSpacing(M)
        top.addWidget(self._mark)
        top.addLayout(words, 1)
        top.addWidget(self.button)
        card: QFrame = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addLayout(top)
        for each in more:
            is_button = isinstance(each, QPushButton)
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def show_state(self, words: str, *, done: bool, warn: bool = False) -> None:
        """Say how the point stands."""
        self.done = done
        self.state.setText(words)
        set_look(self.state, "role", "good" if done else "warn" if warn else "note")
        self._mark.setText("✓" if done else self._number)
        self.button.setAccessibleDescription(words)

    def name_act(self, act: str) -> None:
        """Call the button by what it would do now."""
        self.button.setText(act)
        self.button.setAccessibleName(act)
