"""Whom names and contacts are encrypted to, for a roster that is there already."""

from functools import partial

from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.recipient_fields import RecipientFields
from ui.desktop.widgets.section import section


class RecipientsCard(Card):
    """The next version names them; assignments that were handed out before do not know them."""

    def __init__(self, office: Office) -> None:
        _ = office.gettext
        super().__init__(office, _("Who can read names and contacts"), _("Sign who can read"))
        self.recipients = RecipientFields(office, self.foot, office.roster.recipients)
        self.recipients.changed.connect(lambda: self.foot.show_problem(""))
        self.lay_out(section(_("Two at least"), self.recipients))

    def focus_entry(self) -> None:
        """Begin with the lead."""
        self.recipients.fields[0].setFocus()

    def act(self) -> None:
        """Sign the recipients."""
        path, recipients = self.office.roster.path, self.recipients.value()
        what_next = self.office.gettext(
            "Give it to the lead, and hand out all assignments again: names are encrypted to whom they name."
        )
        self.foot.change(
            path,
            lambda organizer: acts.set_recipients(organizer, path, recipients),
            partial(self.tell_signed, what_next),
            self.recipients.mark,
        )
