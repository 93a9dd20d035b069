"""A request to be enrolled: the digits are compared by voice, and the key is granted what it asks for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from ui.desktop.dates import long_moment
from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.places import Place, first_place, places
from ui.desktop.organizer.result_bar import ResultBar
from ui.desktop.organizer.roster_view import ExpectedGroup, Line
from ui.desktop.organizer.validity_fields import ValidityFields
from ui.desktop.organizer.words import group_title, holder_name, line_title
from ui.desktop.widgets.build import label, set_look
from ui.desktop.widgets.digits_table import DigitsTable
from ui.desktop.widgets.section import section

if TYPE_CHECKING:
    from facilitator.packages.requests import Request

USUAL_DAYS = 7
"""A last day is offered so long from now, for packages that are still on their way."""


class RequestCard(Card):
    """Goes through several requests one after the other; each that is granted is a version of its own."""

    def __init__(
        self, office: Office, requests: "Sequence[Request]", unread: str, group: ExpectedGroup | None
    ) -> None:
        _ = office.gettext
        super().__init__(office, _("Request to be enrolled"), _("The digits agree: enrol"))
        self._requests = requests
        self._at = 0
        self._group = group
        self._told: tuple[str, Path] | None = None
        self._places: list[Place] = []
        self.result = ResultBar(office)
        self.counter = label("", "overline")
        self.unread = label(unread, "warn")
        self.name = label("", "heading")
        self.when = label("", "note")
        self.digits = DigitsTable(_("Digits of the key"))
        self.place = QComboBox()
        self.place.setAccessibleName(_("What the key may sign"))
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(20)
        self.place.currentIndexChanged.connect(self._show_place)
        self.place_note = label("", "note")
        self.validity = ValidityFields(office, date.today(), date.today() + timedelta(days=USUAL_DAYS))
        self.validity.changed.connect(lambda: self.foot.show_problem(""))
        self.foot.leave_button.setText(_("Do not enrol"))
        self.foot.leave_button.setAccessibleName(_("Do not enrol"))
        self._fill_in()
        self._show_request()

    def _fill_in(self) -> None:
        _ = self.office.gettext
        aloud = _("Call them. Let them read their digits aloud, and compare every one:")
        self.lay_out(
            self.result,
            self.unread,
            self.counter,
            section(_("Who asks"), self.name, self.when, label(aloud, "field"), self.digits),
            section(_("What the key may sign"), self.place, self.place_note, self.validity),
        )
        self.unread.setVisible(bool(self.unread.text()))

    def focus_entry(self) -> None:
        """Put the keyboard where the group is chosen."""
        self.place.setFocus()

    @property
    def _request(self) -> "Request":
        return self._requests[self._at]

    def _show_request(self) -> None:
        _ = self.office.gettext
        request, count = self._request, len(self._requests)
        self.counter.setText(_("Request {n} of {count}").format(n=self._at + 1, count=count))
        self.counter.setVisible(count > 1)
        self.name.setText(request.name)
        moment = long_moment(datetime.fromisoformat(request.created), self.office.language)
        self.when.setText(_("Made on {when}").format(when=moment))
        self.digits.show_digits(request.key.digits)
        self._offer_places()
        self.focus_entry()

    def _offer_places(self) -> None:
        """Offer what the key can be enrolled for by the roster as it is now."""
        self._places = places(self.office)
        self.place.blockSignals(True)
        self.place.clear()
        self.place.addItems([each.title for each in self._places])
        self.place.setCurrentIndex(first_place(self._places, self._group))
        self.place.blockSignals(False)
        self._show_place()

    def _show_place(self) -> None:
        """Say what is known of the key, or of the group that is chosen."""
        chosen = self._places[self.place.currentIndex()]
        known = self.office.roster.lines_of(self._request.key.fingerprint)
        revoked = any(line.holder and line.holder.revoked for line in known)
        words = self._known_words(known, revoked) if known else self._beside_words(chosen)
        set_look(self.place_note, "role", "error" if revoked else "note")
        self.place_note.setText(words)
        self.place_note.setVisible(bool(words))
        self.validity.setVisible(chosen.principal is not None)
        self.foot.act_button.setEnabled(not revoked)
        self.foot.show_problem("")

    def _known_words(self, known: Sequence[Line], revoked: bool) -> str:
        _ = self.office.gettext
        if revoked:
            return _("This key is revoked and stays so. Ask for a request with a new key.")
        titles = ", ".join(line_title(line, self.office) for line in known)
        return _("This key is enrolled already: {places}.").format(places=titles)

    def _beside_words(self, chosen: Place) -> str:
        holders = chosen.group.holders if chosen.group else ()
        names = ", ".join(holder_name(holder, self.office) for holder in holders)
        words = self.office.gettext("In this group already: {names}. The new key will stand beside.")
        return words.format(names=names) if holders else ""

    def act(self) -> None:
        """Enrol the key."""
        if self.validity.reversed():
            self.foot.show_problem(self.office.gettext("The last day lies before the first."))
            return
        path, request = self.office.roster.path, self._request
        place, validity = self._places[self.place.currentIndex()], self.validity.value()
        self.foot.change(
            path,
            lambda organizer: acts.enrol(organizer, path, request, place.principal, validity),
            partial(self._tell_enrolled, place),
        )

    def _tell_enrolled(self, place: Place) -> None:
        _ = self.office.gettext
        if place.group is not None:
            title = group_title(place.group, self.office)
            words = _("Give it to the lead, and hand out the assignment: {group}.").format(group=title)
        elif place.principal is not None:
            words = _("Give it to the lead. Assignments that were handed out stay as they are.")
        else:
            words = _("Give it to the new organizer and to the lead.")
        self._group = None
        self.tell_signed(f"✓ {self._request.name}. {words}")

    def tell(self, words: str, folder: Path) -> None:
        """Say what was done here while there are more requests, else where one came from."""
        self._told = words, folder
        self.result.tell(words, folder)
        self.leave()

    def leave(self) -> None:
        """Go on with the next request, or back when there is none."""
        if self._at + 1 < len(self._requests):
            self._at += 1
            self._show_request()
        elif self._told is not None:
            self.done.emit(*self._told)
        else:
            self.left.emit()
