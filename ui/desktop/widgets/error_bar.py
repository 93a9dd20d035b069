"""What went wrong, at the head of the window, without taking the keyboard away."""

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from facilitator.errors import EnvironmentFault, Fault
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label, set_look


class ErrorBar(QFrame):
    """Shows one fault at a time: what happened, what is safe, what to do next."""

    def __init__(self, texts: NullTranslations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "trouble")
        self._texts = texts
        self._sign = label("!", "error", wrap=False)
        self._text = label("")
        self._hide = button(texts.gettext("Hide"), self.hide)
        self._act: Callable[[], None] | None = None
        self._action = button("", self._run)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, S, S)
        row.setSpacing(M)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._hide)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    def show_fault(self, fault: Fault, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a fault in words, red when the machine is at fault, and a button if one can help."""
        from ui.messages import sentence  # noqa: PLC0415  the first paint must not wait

        self._show(sentence(fault, self._texts), grave=isinstance(fault, EnvironmentFault))
        self._act = act
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(act is not None)

    def show_bug(self, log: Path | None) -> None:
        """Say that the program is at fault, that what was recorded is safe, and where it is written."""
        _ = self._texts.gettext
        text = _("The program has made a mistake of its own. All that was recorded is safe; you can go on.")
        if log is not None:
            where = _("Where it happened is written, without anyone’s words, in {path}")
            text += " " + where.format(path=log)
        self._show(text, grave=True)

    def _show(self, text: str, *, grave: bool) -> None:
        set_look(self, "role", "error-bar" if grave else "warn-bar")
        set_look(self._sign, "role", "error" if grave else "warn")
        self._text.setText(text)
        self._action.hide()
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415  6 ms before the first paint

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _run(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
