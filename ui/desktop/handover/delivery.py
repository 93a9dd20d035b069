"""One package on its way out: asked for, signed, written, checked, and told of."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.context import Context
from ui.desktop.file_names import completed
from ui.desktop.handover.drives import Drive
from ui.desktop.handover.key_card import KeyCard
from ui.desktop.handover.outcome import Outcome
from ui.desktop.handover.writing import OwnKey, Parcel, Place, Refusal, deliver, look_at_key
from ui.desktop.reporting import documents_folder
from ui.messages import PASSPHRASE_CODES

if TYPE_CHECKING:
    from facilitator.services.exporting import ExportedPackage


class Delivery(QObject):
    """Writes what ``parcel`` says when it is asked for, signs with what opens ``key``, tells ``outcome``."""

    def __init__(
        self, context: Context, home: Home, key: KeyCard, parcel: Callable[[], Parcel], page: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._home = home
        self._key = key
        self._parcel = parcel
        self._page = page
        self._under_way = False
        self.outcome = Outcome(context)
        self.outcome.elsewhere_asked.connect(self.ask)

    def ask(self) -> None:
        """Ask where the package goes and write it there."""
        if not self._can_begin():
            return
        _ = self._context.gettext
        parcel = self._parcel()
        files = _("Encrypted packages (*.age)") if parcel.recipients else _("Packages (*.fpkg)")
        name = str(documents_folder() / self._file_name(parcel))
        chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Save the package"), name, files)
        if chosen:
            # Only of a name typed in full has the dialog asked whether it may be replaced.
            path = completed(chosen, parcel.suffix)
            self._write(Place(path, replaces=path == Path(chosen)))

    def write_to(self, drive: Drive) -> None:
        """Write the package to a drive, beside what lies there."""
        if self._can_begin():
            path = drive.root / self._file_name(self._parcel())
            self._write(Place(path, replaces=False, drive=drive.root))

    def _can_begin(self) -> bool:
        """One at a time; of one that a mistake of the program has stopped nothing is under way any more."""
        busy = self._under_way and not self._context.session.idle
        return not busy and self._key.check()

    def _write(self, place: Place) -> None:
        home, parcel, secret = self._home, self._parcel(), self._key.secret()
        self._under_way = True
        self.outcome.show_under_way()
        self._context.session.run(
            lambda service: (deliver(service, home, parcel, place, secret), look_at_key(home)), self._settle
        )

    def _settle(self, outcome: "tuple[ExportedPackage | Refusal, OwnKey | Fault | None]") -> None:
        _ = self._context.gettext
        result, key = outcome
        self._under_way = False
        if not isinstance(result, Refusal):
            self._key.take_served(key)
            names = self._parcel().content == "persons"
            written = _("✓ The package is written and checked.")
            written_names = _("✓ The names are written, encrypted, and checked.")
            self.outcome.show_written(result, written_names if names else written)
        elif result.fault.code in PASSPHRASE_CODES:
            self._key.ask_again(key, result.fault)
        else:
            self._key.show_key(key)
            self.outcome.show_refusal(result)

    def _file_name(self, parcel: Parcel) -> str:
        return parcel.file_name(self._context.session.snapshot.principal)
