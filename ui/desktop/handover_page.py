"""Hand-over: what goes into the package, who can read it, what is missing, and the signature."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from facilitator.services.group_service import Changes
from facilitator.services.home import Home
from ui.desktop.context import Context
from ui.desktop.handover.contents import inside_words, missing_lines
from ui.desktop.handover.delivery import Delivery
from ui.desktop.handover.key_card import KeyCard
from ui.desktop.handover.names_card import NamesCard
from ui.desktop.handover.readers import encrypt_words, recipients_of
from ui.desktop.handover.save_bar import SaveBar
from ui.desktop.handover.writing import Parcel
from ui.desktop.theme.tokens import XL, M
from ui.desktop.widgets.build import button, label, set_look
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.section import section


class HandoverPage(QWidget):
    """Signs with this installation's key, which is made here at first use."""

    chain_asked = Signal()
    identity_asked = Signal()

    def __init__(self, context: Context, home: Home) -> None:
        super().__init__()
        self.setProperty("help", "day-end")
        self._context = context
        self._recipients = recipients_of(context.session)
        self.contents = label("")
        self.missing = label("")
        self.readers = label("")
        self.encrypt = QCheckBox(encrypt_words(len(self._recipients), context))
        self.encrypt.setAccessibleName(self.encrypt.text())
        self.key = KeyCard(context, home)
        self.package = Delivery(context, home, self.key, self._work, self)
        self.names = Delivery(context, home, self.key, self._names, self)
        self.save_bar = SaveBar(context)
        self.names_card = NamesCard(context, self.names)
        self._news: QWidget = self.key
        self._scroll_soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        note = _("One signed file holds the group’s work. Its receiver sees that nothing was changed.")
        gaps = button(_("Show the gaps"), self.chain_asked.emit)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        for part in (
            label(_("Hand-over"), "title"),
            label(note, "note"),
            section(_("What is inside"), self.contents),
            section(_("What is missing"), self.missing, gaps),
            section(_("Who can read it"), self.encrypt, self.readers),
            section(_("Signature"), self.key),
            self.save_bar,
            self.package.outcome,
            section(_("Names and contacts"), self.names_card),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._area = scrolled(column)
        self.encrypt.setVisible(bool(self._recipients))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _connect(self) -> None:
        self._context.session.changed.connect(self._take_changes)
        self.encrypt.toggled.connect(self._show_readers)
        self.key.identity_asked.connect(self.identity_asked)
        self.key.entered.connect(self.package.ask)
        self.save_bar.file_asked.connect(self.package.ask)
        self.save_bar.drive_chosen.connect(self.package.write_to)
        for delivery in (self.package, self.names):
            delivery.outcome.said.connect(lambda part=delivery.outcome: self._bring_into_view(part))
        self.key.asked_again.connect(self._hide_outcomes)
        self.key.asked_again.connect(lambda: self._bring_into_view(self.key))
        self._scroll_soon.timeout.connect(lambda: self._area.ensureWidgetVisible(self._news))

    def _work(self) -> Parcel:
        return Parcel("group", self._recipients if self.encrypt.isChecked() else ())

    def _names(self) -> Parcel:
        return Parcel("persons", self._recipients)

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew each time the page is shown."""
        super().showEvent(event)
        self._refresh()
        self.key.look()

    def _take_changes(self, _changes: Changes) -> None:
        """What was written before is not what would be written now."""
        self._hide_outcomes()
        if self.isVisible():
            self._refresh()

    def _hide_outcomes(self) -> None:
        self.package.outcome.hide()
        self.names.outcome.hide()

    def _refresh(self) -> None:
        self.contents.setText(inside_words(self._context))
        lines = missing_lines(self._context)
        set_look(self.missing, "role", "warn" if lines else "good")
        self.missing.setText("\n".join(lines) or self._context.gettext("✓ Nothing is missing"))
        self._show_readers()
        self.names_card.refresh()

    def _show_readers(self) -> None:
        _ = self._context.gettext
        everyone = _("Everyone who has the file can read it: there are no names in it.")
        nobody_else = _("To everyone else the file says nothing.")
        self.readers.setText(nobody_else if self.encrypt.isChecked() else everyone)

    def _bring_into_view(self, part: QWidget) -> None:
        """Scroll to what has news, once the layout has made room for it."""
        self._news = part
        self._scroll_soon.start()
