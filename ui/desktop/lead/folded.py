"""A sentence, and more about it on demand."""

from collections.abc import Sequence
from gettext import NullTranslations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label


class Folded(QWidget):
    """The button beside the sentence shows the lines below it and hides them again."""

    def __init__(
        self, words: str, lines: Sequence[str], texts: NullTranslations, *, unfolded: bool = False
    ) -> None:
        super().__init__()
        self._words = words
        self._texts = texts
        self.lines = label("\n".join(f"· {line}" for line in lines))
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lines.setContentsMargins(L, 0, 0, 0)
        self.button = button("", self._turn)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(label(words, "warn"), 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(row)
        column.addWidget(self.lines)
        self.lines.setVisible(unfolded)  # not before it has a place, or it would be a window
        self._name()

    def _turn(self) -> None:
        self.lines.setVisible(self.lines.isHidden())
        self._name()

    def _name(self) -> None:
        _ = self._texts.gettext
        verb = _("Show them") if self.lines.isHidden() else _("Hide")
        self.button.setText(verb)
        self.button.setAccessibleName(f"{verb}: {self._words}")
