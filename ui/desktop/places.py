"""The places of a group besides its steps; each is imported and made when it is first gone to."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from facilitator.services.home import Home
from ui.desktop.context import Context


class Places(QObject):
    """Makes pages, and hands on what they ask for."""

    place_asked = Signal(str)
    card_asked = Signal(str)
    copy_asked = Signal()
    restore_asked = Signal(object, str)
    identity_asked = Signal()
    chain_looked = Signal()
    """The chain with its gaps has been on the screen."""

    def __init__(self, context: Context, home: Home, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._home = home
        self._makers = {
            "people": self._people,
            "chain": self._chain,
            "agenda": self._agenda,
            "handover": self._handover,
            "log": self._log,
            "copies": self._copies,
            "day": self._day,
        }

    def make(self, key: str) -> QWidget:
        """Return a new page of a place."""
        return self._makers[key]()

    def _people(self) -> QWidget:
        from ui.desktop.people_page import PeoplePage  # noqa: PLC0415

        return PeoplePage(self._context)

    def _chain(self) -> QWidget:
        from ui.desktop.chain_page import ChainPage  # noqa: PLC0415

        page = ChainPage(self._context)
        page.card_asked.connect(self.card_asked)
        page.looked.connect(self.chain_looked)
        return page

    def _agenda(self) -> QWidget:
        from ui.desktop.agenda_page import AgendaPage  # noqa: PLC0415

        return AgendaPage(self._context)

    def _day(self) -> QWidget:
        from ui.desktop.day_page import DayPage  # noqa: PLC0415

        page = DayPage(self._context)
        page.step_asked.connect(lambda step: self.place_asked.emit(f"step:{step}"))
        page.card_asked.connect(self.card_asked)
        page.chain_asked.connect(lambda: self.place_asked.emit("chain"))
        page.handover_asked.connect(lambda: self.place_asked.emit("handover"))
        return page

    def _handover(self) -> QWidget:
        from ui.desktop.handover_page import HandoverPage  # noqa: PLC0415

        page = HandoverPage(self._context, self._home)
        page.chain_asked.connect(lambda: self.place_asked.emit("chain"))
        page.identity_asked.connect(self.identity_asked)
        return page

    def _log(self) -> QWidget:
        from ui.desktop.log_page import LogPage  # noqa: PLC0415

        return LogPage(self._context)

    def _copies(self) -> QWidget:
        from ui.desktop.copies_page import CopiesPage  # noqa: PLC0415

        page = CopiesPage(self._context)
        page.copy_asked.connect(self.copy_asked)
        page.restore_asked.connect(self.restore_asked)
        return page
