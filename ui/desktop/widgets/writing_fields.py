"""Switches for the help with writing, beside the line and in the settings, and the list of abbreviations."""

from collections.abc import Callable
from gettext import NullTranslations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from facilitator.services.abbreviations import Abbreviations, read_lines
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import label
from ui.desktop.writing_aids import WritingAids

PAUSE = 400
"""How long typing rests before the list is kept, in milliseconds."""


class WritingSwitches(QWidget):
    """Two switches that follow the settings wherever these are changed."""

    def __init__(self, aids: WritingAids, texts: NullTranslations, *, brief: bool = False) -> None:
        """``brief`` makes two small buttons of them, for where there is little room."""
        super().__init__()
        self._aids = aids
        _ = texts.gettext
        make = _switch if brief else _tick
        self.checking = make(
            _("Check words"), _("Abc"), _("Shift+F7 leads to the next marked word"), aids.set_checking
        )
        self.expanding = make(
            _("Expand abbreviations"),
            _("abbr."),
            _("Backspace right after takes an expansion back"),
            self._expand,
        )
        row: QBoxLayout = QHBoxLayout(self) if brief else QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.checking)
        row.addWidget(self.expanding)
        aids.switched.connect(self._show)
        self._show()

    def _expand(self, on: bool) -> None:
        self._aids.set_abbreviations(Abbreviations(self._aids.abbreviations.words, on))

    def _show(self) -> None:
        self.checking.setChecked(self._aids.checking)
        self.expanding.setChecked(self._aids.abbreviations.on)
        self.expanding.setVisible(bool(self._aids.abbreviations.words))


class AbbreviationsField(QWidget):
    """The abbreviations, a line each; kept as they are typed, with those lines named that are none."""

    def __init__(self, aids: WritingAids, texts: NullTranslations) -> None:
        super().__init__()
        self._aids = aids
        self._texts = texts
        _ = texts.gettext
        self.lines = QPlainTextEdit(aids.abbreviations.lines)
        self.lines.setAccessibleName(_("Abbreviations, a line each"))
        self.lines.setPlaceholderText(_("socserv = social service"))
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(96)
        self.problem = label("", "warn")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.lines)
        column.addWidget(self.problem)
        column.addWidget(label(_("Space, a point or Enter after one puts the words in its place."), "small"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        self.lines.textChanged.connect(self._pause.start)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page keeps."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()
        super().hideEvent(event)

    def _keep(self) -> None:
        """Keep the list; the first words of one switch the expanding on, and nobody has to look for how."""
        words, wrong = read_lines(self.lines.toPlainText())
        former = self._aids.abbreviations
        on = former.on if former.words else bool(words)
        if former != Abbreviations(words, on):
            self._aids.set_abbreviations(Abbreviations(words, on))
        numbers = ", ".join(map(str, wrong))
        said = self._texts.gettext("Not understood: line {numbers}. Write: short = words")
        self.problem.setText(said.format(numbers=numbers))
        self.problem.setVisible(bool(wrong))


def _tick(name: str, _short: str, tip: str, act: Callable[[bool], None]) -> QAbstractButton:
    made = QCheckBox(name)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.clicked.connect(act)
    return made


def _switch(name: str, short: str, tip: str, act: Callable[[bool], None]) -> QAbstractButton:
    """Return a small button that says by a tick, not by its colour alone, that it is on."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(name)
    made.setToolTip(f"{name}. {tip}")
    made.setText(f"✓ {short}")
    made.setMinimumWidth(made.sizeHint().width())
    made.toggled.connect(lambda on: made.setText(f"✓ {short}" if on else short))
    made.setText(short)
    made.clicked.connect(act)
    return made
