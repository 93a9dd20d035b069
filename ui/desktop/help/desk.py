"""F1: opens Help at the topic of where the keyboard is, and carries out what its links ask for."""

from gettext import NullTranslations
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.desktop.forward import come_forward
from ui.desktop.help.place import topic_near

if TYPE_CHECKING:
    from ui.desktop.help.window import HelpWindow


class HelpDesk(QObject):
    """Makes the window of Help when it is first asked for; the next time it is where it was left."""

    act_asked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.shown: HelpWindow | None = None

    def settle(self, texts: NullTranslations, language: str) -> None:
        """Speak this language from now on."""
        self._texts = texts
        self._language = language
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None

    def show_here(self) -> None:
        """Open Help at what the keyboard is at; within Help nothing changes."""
        from ui.desktop.help.topics import FIRST  # noqa: PLC0415  the first paint must not wait

        place = QApplication.focusWidget()
        within = self.shown is not None and place is not None and place.window() is self.shown
        if within and self.shown is not None and self.shown.isVisible():
            return
        if place is None or within:
            place = self._window.focusWidget() or self._window
        self.show_topic(topic_near(place) or topic_near(self._window) or FIRST)

    def show_topic(self, topic: str) -> None:
        """Open Help at a topic, beside the work."""
        from ui.desktop.help.window import SIZE, HelpWindow  # noqa: PLC0415

        if self.shown is None:
            self.shown = HelpWindow(self._texts, self._language, self._window)
            self.shown.act_asked.connect(self.act_asked)
            room = self._window.screen().availableGeometry()
            self.shown.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
            self.shown.move(
                room.right() - self.shown.width() + 1, room.top() + room.height() - self.shown.height()
            )
        self.shown.show_topic(topic)
        come_forward(self.shown)
        self.shown.page.setFocus()
