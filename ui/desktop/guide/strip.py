"""A quiet strip that says one thing to try. It takes no focus by itself and hides nothing."""

from gettext import NullTranslations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.desktop.guide.hints import Progress, hint_words
from ui.desktop.theme.tokens import XS, L, S
from ui.desktop.widgets.build import button, label


class GuideStrip(QFrame):
    """Shows how far one has come. ``refresh`` follows whatever was noted in the progress."""

    closed = Signal()
    new_asked = Signal()

    def __init__(self, texts: NullTranslations, progress: Progress) -> None:
        super().__init__()
        self._texts = texts
        self._progress = progress
        self._words = hint_words(texts.gettext)
        _ = texts.gettext
        self.setProperty("role", "guide")
        self.setProperty("help", "first-minutes")
        self.place = label("", "overline", wrap=False)
        self._marks = label("", "small", wrap=False)
        self._marks.setAccessibleName(_("Hints done"))
        self.text = label("")
        self.skip_button = button(_("Skip"), self._skip, "quiet")
        self.start_button = button(_("Start your own group"), self.new_asked.emit, "primary")
        self.close_button = button(_("Close the hints"), self.closed.emit, "quiet")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self.place)
        head.addWidget(self._marks)
        head.addStretch(1)
        for each in (self.skip_button, self.start_button, self.close_button):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, XS, S, S)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text)

    def refresh(self) -> None:
        """Say what to try now, or what comes after the last hint."""
        _ = self._texts.gettext
        hint, all_ = self._progress.current, len(self._progress.hints)
        if hint is None:
            place = _("The first five minutes are over")
            text = _("Go on trying things here, or start with your own people. Help is behind F1.")
        else:
            place = _("Hint {n} of {all}").format(n=self._progress.place, all=all_)
            text = self._words[hint.id]
        if text == self.text.text():
            return
        self.place.setText(place)
        self._marks.setText(self._progress.marks)
        self.text.setText(text)
        if hint is None and self.skip_button.hasFocus():
            self.start_button.setFocus()
        self._marks.setVisible(hint is not None)
        self.skip_button.setVisible(hint is not None)
        self.start_button.setVisible(hint is None)
        self.setAccessibleName(f"{place}. {text}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _skip(self) -> None:
        self._progress.skip()
        self.refresh()
