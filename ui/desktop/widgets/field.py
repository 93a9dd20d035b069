"""A line to type into, with what is wrong with it under it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.desktop.theme.tokens import XS
from ui.desktop.widgets.build import label, set_wrong

LONGEST = 500
WIDEST = 360


class Field(QWidget):
    """``entered`` comes with Enter. What is said to be wrong goes away as soon as something is typed."""

    entered = Signal()

    def __init__(self, name: str, text: str = "", *, hint: str = "", secret: bool = False) -> None:
        super().__init__()
        self.line = QLineEdit(text)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.line.setMaxLength(LONGEST)
        self.line.setMaximumWidth(WIDEST)
        self.problem = label("", "error")
        self.problem.hide()
        self.show_typed(not secret)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        self.line.textChanged.connect(lambda: self._say(""))
        self.line.returnPressed.connect(self.entered)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def show_typed(self, shown: bool) -> None:
        """Show what is typed, or dots in its place."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def complain(self, words: str) -> None:
        """Say what is wrong under the field and put the keyboard there."""
        self._say(words)
        self.line.setFocus()
        self.line.selectAll()

    def _say(self, words: str) -> None:
        set_wrong(self.line, bool(words))
        self.line.setAccessibleDescription(words)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
