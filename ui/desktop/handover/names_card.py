"""Names and contacts: how many people agreed to be named, and who alone can read the package of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.domain.privacy import contactable
from ui.desktop.context import Context
from ui.desktop.handover.delivery import Delivery
from ui.desktop.handover.readers import only_words, recipients_of
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import button, label


class NamesCard(QWidget):
    """Counts people and never shows who they are."""

    def __init__(self, context: Context, delivery: Delivery) -> None:
        super().__init__()
        self._context = context
        _ = context.gettext
        self.agreed = label("")
        self.readers = label("", "note")
        self.write_button = button(_("Write the names (encrypted)…"), delivery.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.agreed)
        column.addWidget(self.readers)
        column.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(delivery.outcome)

    def refresh(self) -> None:
        """Count anew."""
        _, ngettext = self._context.gettext, self._context.ngettext
        group, recipients = self._context.session.snapshot, recipients_of(self._context.session)
        agreed = len(contactable(group))
        words = ngettext(
            "{n} of {named} people with a name agrees that it is passed on.",
            "{n} of {named} people with a name agree that it is passed on.",
            agreed,
        ).format(n=agreed, named=len(group.persons))
        self.agreed.setText(words if group.persons else _("There are no names in the register."))
        self.readers.setText(self._readers_words(agreed, recipients))
        self.write_button.setVisible(bool(recipients))
        self.write_button.setEnabled(agreed > 0)

    def _readers_words(self, agreed: int, recipients: tuple[str, ...]) -> str:
        _ = self._context.gettext
        if not recipients:
            return _(
                "Names stay on this computer: nobody is named who may read them. The assignment of the"
                " organizer brings those whom to encrypt to."
            )
        apart = _("Names go into a package of their own, which exists only encrypted: {readers}.")
        words = apart.format(readers=only_words(len(recipients), self._context))
        if self._context.session.snapshot.persons and not agreed:
            words += " " + _("Consent is ticked on the page “Participants”.")
        return words
