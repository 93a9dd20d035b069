"""What can be done with a key that is enrolled: other dates, the way out when it is lost, and revoking it."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import Holder, Line
from ui.desktop.organizer.validity_fields import ValidityFields
from ui.desktop.organizer.words import holder_name, line_title, validity_words
from ui.desktop.widgets.build import ButtonKind, button, label
from ui.desktop.widgets.section import section

USUAL_DAYS = 7
"""A last day is offered so long from now: packages that are on their way arrive by then."""


class LineCard(Card):
    """Names whose key it is and how it stands."""

    def __init__(
        self, office: Office, line: Line, title: str, verb: str, kind: ButtonKind = "primary"
    ) -> None:
        super().__init__(office, title, verb, kind)
        if line.holder is None:
            raise TypeError("a line without a key offers none of this")
        self.holder: Holder = line.holder
        self._whose = f"{line_title(line, office)} · {holder_name(self.holder, office)}"

    def lay_out(self, *parts: QWidget) -> None:
        """Put whose key it is before the other parts."""
        valid = label(validity_words(self.holder.validity, self.office), "note")
        super().lay_out(section(self._whose, label(self.holder.digits), valid), *parts)

    def change_validity(self, fields: ValidityFields, what_next: str) -> None:
        """Sign other dates for the key."""
        if fields.reversed():
            self.foot.show_problem(self.office.gettext("The last day lies before the first."))
            return
        path, validity = self.office.roster.path, fields.value()
        self.foot.change(
            path,
            lambda organizer: acts.change_validity(organizer, path, self.holder, validity),
            partial(self.tell_signed, what_next),
        )


class ValidityCard(LineCard):
    """Other dates for a key."""

    def __init__(self, office: Office, line: Line) -> None:
        _ = office.gettext
        super().__init__(office, line, _("Change the dates"), _("Sign the dates"))
        self.validity = ValidityFields(office, date.today(), date.today() + timedelta(days=USUAL_DAYS))
        self.validity.show_validity(self.holder.validity)
        self.validity.changed.connect(lambda: self.foot.show_problem(""))
        self.lay_out(
            section(
                _("When packages of this key are taken in"),
                label(_("A package that comes before the first day or after the last is put aside."), "note"),
                self.validity,
            )
        )

    def focus_entry(self) -> None:
        """Begin with the first day."""
        self.validity.since_on.setFocus()

    def act(self) -> None:
        """Sign the dates."""
        self.change_validity(self.validity, self.office.gettext("Give it to the lead."))


class LossCard(LineCard):
    """A lost key is a normal case: it gets a last day, and its owner asks anew with another one."""

    revoke_asked = Signal()

    def __init__(self, office: Office, line: Line) -> None:
        _ = office.gettext
        super().__init__(office, line, _("The key is lost"), _("Sign the last day"))
        self.validity = ValidityFields(office, date.today(), date.today() + timedelta(days=USUAL_DAYS))
        self.validity.show_validity(self.holder.validity)
        self.validity.until_on.setChecked(True)
        self.validity.changed.connect(lambda: self.foot.show_problem(""))
        self.revoke_button = button(_("It is in strange hands: revoke it"), self.revoke_asked.emit, "danger")
        words = _(
            "1. Give the lost key a last day. What it has signed is taken in until then, and stays.\n"
            "2. Its owner makes a new key and sends a new request.\n"
            "3. Take that request in for the same group: both keys stand side by side."
        )
        stolen = _("Only when somebody else could sign with it, revoke it instead.")
        self.lay_out(
            section(_("Nothing is lost with it"), label(words), self.validity),
            section(_("If it was stolen"), label(stolen), self.revoke_button),
        )

    def focus_entry(self) -> None:
        """Begin with the last day."""
        self.validity.until.setFocus()

    def act(self) -> None:
        """Sign the last day."""
        what_next = self.office.gettext("Give it to the lead, and take in the request with the new key.")
        self.change_validity(self.validity, what_next)


class RevokeCard(LineCard):
    """Says what revoking means before it is done: there is no way back."""

    def __init__(self, office: Office, line: Line) -> None:
        _ = office.gettext
        super().__init__(office, line, _("Revoke the key"), _("Revoke for good"), "danger")
        words = _(
            "From this version on, everything this key has signed is refused: what it will sign, and what it"
            " has signed and nobody has taken in yet. There is no way back; its owner needs a new key."
        )
        lost = _("For a key that is only lost, give it a last day instead: its packages stay valid.")
        self.lay_out(section(_("What this means"), label(words), label(lost, "note")))
        self.foot.leave_button.setText(_("Do not revoke"))
        self.foot.leave_button.setAccessibleName(_("Do not revoke"))

    def focus_entry(self) -> None:
        """Begin where nothing is done by mistake."""
        if self.office.locked:
            self.foot.passphrase.setFocus()
        else:
            self.foot.leave_button.setFocus()

    def act(self) -> None:
        """Revoke the key."""
        path, fingerprint = self.office.roster.path, self.holder.fingerprint
        what_next = self.office.gettext(
            "Give it to the lead: with it, packages of the revoked key are refused."
        )
        self.foot.change(
            path,
            lambda organizer: acts.revoke(organizer, path, fingerprint),
            partial(self.tell_signed, what_next),
        )
