"""Who is here on a day, counted, and everyone checked in at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.domain.records import timestamp
from facilitator.room.presence import present_people
from ui.desktop.context import Context
from ui.desktop.theme.tokens import XS, M
from ui.desktop.widgets.build import button, label


class PresenceBar(QWidget):
    """``day_chosen`` carries the day whose column is to be shown."""

    day_chosen = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        _, session = context.gettext, context.session
        days = tuple(dict.fromkeys(step.day for step in session.script.steps))
        self.days = QComboBox()
        self.days.setAccessibleName(_("Day of the check-in"))
        for day in days:
            self.days.addItem(_("Day {n}").format(n=day), day)
        open_days = (day for day in days if session.room.day_end(day).closed is None)
        self.days.setCurrentIndex(self.days.findData(next(open_days, days[-1])))
        self.count = label("", "field")
        self.shares = label("", "small")
        self.all_button = button(_("All are here"), self._check_in_all)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.days)
        row.addWidget(self.count, 1)
        row.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addLayout(row)
        column.addWidget(self.shares)
        self.days.currentIndexChanged.connect(self._choose)
        session.changed.connect(self.refresh)
        session.noted.connect(self.refresh)
        self.refresh()

    @property
    def day(self) -> int:
        """The day that is shown."""
        return int(self.days.currentData())

    def refresh(self, _what: object = None) -> None:
        """Count anew who is here, of which categories and regions."""
        _, session = self._context.gettext, self._context.session
        people = session.snapshot.participants.values()
        presence = session.room.presence(self.day)
        here = present_people(people, presence)
        if not people:
            words = _("Nobody is in the list yet")
        elif not presence.came:
            words = _("Nobody is checked in yet: all {n} count as here").format(n=len(people))
        else:
            words = _("{here} of {all} here").format(here=len(here), all=len(people))
        self.count.setText(words)
        catalogues, say = session.catalogues, self._context.say
        categories = [say(catalogues.categories[each.category].title) for each in here if each.category]
        regions = [say(catalogues.subjects[each.region].title) for each in here if each.region]
        self.shares.setText("\n".join(_counted(titles) for titles in (categories, regions) if titles))
        self.all_button.setEnabled(any(each.id not in presence.came for each in people))

    def _choose(self) -> None:
        self.refresh()
        self.day_chosen.emit(self.day)

    def _check_in_all(self) -> None:
        """Check in who has not come yet; who has left stays away."""
        session = self._context.session
        presence = session.room.presence(self.day)
        missing = [each for each in session.snapshot.participants if each not in presence.came]
        session.keep(presence.check_in(missing, timestamp(datetime.now(UTC))))


def _counted(titles: Iterable[str]) -> str:
    """Return what there is, the most frequent first: «Бизнес 4 · СО НКО 2»."""
    return " · ".join(f"{title} {count}" for title, count in Counter(titles).most_common())
