"""From when until when a key counts: two days that one may name or not."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QWidget

from ui.desktop.dates import locale_of
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import Validity
from ui.desktop.theme.tokens import M, S

FORM = "d MMMM yyyy"
FIELD_WIDTH = 200
LAST_SECOND = time(23, 59, 59)


class ValidityFields(QWidget):
    """Days by this computer's clock, the last one whole; a day counts while its box is ticked."""

    changed = Signal()

    def __init__(self, office: Office, first: date, last: date) -> None:
        """``first`` and ``last`` are what is offered."""
        super().__init__()
        _ = office.gettext
        self.since_on, self.since = self._field(_("Valid from"), first, office)
        self.until_on, self.until = self._field(_("Last day"), last, office)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        for line, parts in enumerate(((self.since_on, self.since), (self.until_on, self.until))):
            for column, part in enumerate(parts):
                grid.addWidget(part, line, column)
        grid.setColumnStretch(2, 1)

    def _field(self, name: str, day: date, office: Office) -> tuple[QCheckBox, QDateEdit]:
        box = QCheckBox(name)
        field = QDateEdit(QDate(day.year, day.month, day.day))
        field.setLocale(locale_of(office.language))
        field.setDisplayFormat(FORM)
        field.setAccessibleName(name)
        field.setMinimumWidth(FIELD_WIDTH)
        field.lineEdit().setTextMargins(S, 0, 0, 0)
        field.setEnabled(False)
        box.toggled.connect(field.setEnabled)
        box.toggled.connect(self.changed)
        field.dateChanged.connect(self.changed)
        return box, field

    def show_validity(self, validity: Validity) -> None:
        """Show what holds so far."""
        for moment, box, field in zip(
            validity, (self.since_on, self.until_on), (self.since, self.until), strict=True
        ):
            if moment is not None:
                local = moment.astimezone()
                field.setDate(QDate(local.year, local.month, local.day))
            box.setChecked(moment is not None)

    def value(self) -> Validity:
        """Return the first and the last second that count."""
        since = _day(self.since) if self.since_on.isChecked() else None
        until = _day(self.until) if self.until_on.isChecked() else None
        return Validity(
            datetime.combine(since, time()).astimezone() if since else None,
            datetime.combine(until, LAST_SECOND).astimezone() if until else None,
        )

    def reversed(self) -> bool:
        """Tell whether the last day lies before the first."""
        since, until = self.value()
        return since is not None and until is not None and until < since


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
