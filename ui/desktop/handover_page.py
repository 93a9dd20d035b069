"""Hand-over: what goes into the package, what is missing, and the signature."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facilitator.errors import Fault
from facilitator.script.chain import find_gaps, stands
from facilitator.services.group_service import Changes, GroupService
from facilitator.services.home import Home
from ui.desktop.context import Context
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label, set_look, set_wrong
from ui.desktop.widgets.scrolled import scrolled
from ui.messages import sentence

if TYPE_CHECKING:
    from facilitator.packages.keys import PublicKey
    from facilitator.services.exporting import ExportedPackage

ITS_OWN = frozenset({"key-passphrase-wrong", "key-passphrase-needed"})


class HandoverPage(QWidget):
    """Signs with this installation's key, which is made here at first use."""

    chain_asked = Signal()

    def __init__(self, context: Context, home: Home) -> None:
        super().__init__()
        self._context = context
        self._home = home
        _ = context.gettext
        self.contents = label("")
        self.missing = label("")
        self.missing.setTextFormat(Qt.TextFormat.PlainText)
        self.result = label("", "good")
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._result_frame = frame("good-bar")
        self.passphrase = self._secret(_("Passphrase"))
        self.again = self._secret(_("Passphrase once more"))
        self.key_note = label("", "note")
        self.problem = label("", "error")
        self.sign_button = button(_("Sign and save the package"), self._ask, "primary")
        self.copy_button = button(_("Copy the line for the list of signers"), self._copy_signer_line)
        self.fingerprint = label("", "note")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        context.session.changed.connect(self._take_changes)

    def _secret(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setAccessibleName(name)
        made.setMaximumWidth(320)
        made.textChanged.connect(lambda: self._show_problem(""))
        made.returnPressed.connect(lambda: self._ask())
        return made

    def _lay_out(self) -> None:
        _ = self._context.gettext
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        column.addWidget(label(_("Hand-over"), "title"))
        column.addWidget(
            label(
                _("One signed file holds the group’s work. Its receiver sees that nothing was changed."),
                "note",
            )
        )
        column.addWidget(self._section(_("What is inside"), self.contents))
        gaps = button(_("Show the gaps"), self.chain_asked.emit)
        column.addWidget(self._section(_("What is missing"), self.missing, gaps))
        column.addWidget(self._key_section())
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.sign_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.problem)
        done = QVBoxLayout(self._result_frame)
        done.setContentsMargins(L, M, L, M)
        done.addWidget(self.result)
        column.addWidget(self._result_frame)
        self._result_frame.hide()
        self.problem.hide()
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column))

    def _section(self, title: str, *parts: QWidget) -> QWidget:
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addWidget(label(title, "subheading"))
        for part in parts:
            is_button = isinstance(part, QPushButton)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
        return made

    def _key_section(self) -> QWidget:
        _ = self._context.gettext
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(L)
        form.addRow(label(_("Passphrase"), "field", wrap=False), self.passphrase)
        self._again_title = label(_("Once more"), "field", wrap=False)
        form.addRow(self._again_title, self.again)
        return self._section(_("Signature"), self.key_note, fields, self.fingerprint)

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew each time the page is shown."""
        super().showEvent(event)
        self._refresh()

    def _take_changes(self, _changes: Changes) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self.contents.setText(self._contents_words())
        self._show_missing()
        _ = self._context.gettext
        has_key = self._home.key_path.exists()
        self.key_note.setText(
            _("The key of this computer signs. Type its passphrase; leave it empty if it has none.")
            if has_key
            else _("A key will be made for this computer. Think of a passphrase that only you know.")
        )
        self.again.setVisible(not has_key)
        self._again_title.setVisible(not has_key)
        self.copy_button.setVisible(has_key)
        self.fingerprint.setVisible(has_key)
        if has_key:
            home = self._home
            self._context.session.run(lambda _service: _public_key(home), self._show_fingerprint)

    def _show_fingerprint(self, key: "PublicKey | Fault") -> None:
        words = self._context.gettext("Fingerprint of the key: {fingerprint}")
        self.fingerprint.setText(
            sentence(key, self._context.texts)
            if isinstance(key, Fault)
            else words.format(fingerprint=key.fingerprint)
        )

    def _contents_words(self) -> str:
        _, ngettext = self._context.gettext, self._context.ngettext
        group = self._context.session.snapshot
        lines = []
        for step in self._context.session.script.steps:
            for kind in step.card_kinds:
                count = sum(not card.private for card in group.cards_of(kind.id))
                if count:
                    lines.append(f"{self._context.say(kind.plural)}: {count}")
        private = sum(card.private for card in group.cards.values())
        people = len(group.participants)
        lines.append(
            ngettext(
                "{n} participant by label, without a name", "{n} participants by label, without names", people
            ).format(n=people)
        )
        left_out = _("Names, contacts and private statements stay in the group’s file.")
        if private:
            left_out += " " + ngettext(
                "{n} private statement is left out.", "{n} private statements are left out.", private
            ).format(n=private)
        return "\n".join([" · ".join(lines), left_out])

    def _show_missing(self) -> None:
        """Name the steps without a single statement and count the gaps of the chain."""
        _, ngettext = self._context.gettext, self._context.ngettext
        script, group = self._context.session.script, self._context.session.snapshot
        lines = [
            _("Step “{step}”: nothing is recorded").format(step=self._context.say(step.title))
            for step in script.steps
            if not any(stands(card) for card in group.cards_of(*(kind.id for kind in step.card_kinds)))
        ]
        gaps = len(find_gaps(script, group))
        if gaps:
            lines.append(ngettext("{n} gap in the chain", "{n} gaps in the chain", gaps).format(n=gaps))
        set_look(self.missing, "role", "warn" if lines else "good")
        self.missing.setText("\n".join(lines) or _("✓ Nothing is missing"))

    def _ask(self) -> None:
        """Check the passphrase fields, ask where the package goes, and sign."""
        _ = self._context.gettext
        if not self._home.key_path.exists():
            if not self.passphrase.text():
                self._show_problem(_("Think of a passphrase for the new key."))
                return
            if self.passphrase.text() != self.again.text():
                self._show_problem(_("The passphrases differ. Type them again."))
                return
        name = str(documents_folder() / self.suggested_name())
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the package"), name, _("Packages (*.fpkg)"))
        if chosen:
            self.sign(Path(chosen).with_suffix(".fpkg"))

    def suggested_name(self) -> str:
        """Return the name a package of this group usually has."""
        group = self._context.session.snapshot
        return f"{group.event.code}.g{group.group.number}.fpkg"

    def sign(self, path: Path) -> None:
        """Back up, sign, write, read back; the result or the problem is said on the page."""
        passphrase = self.passphrase.text() or None
        home = self._home
        self.sign_button.setEnabled(False)
        self._result_frame.hide()

        def job(service: GroupService) -> "ExportedPackage | Fault":
            try:
                return _export(service, path, home, passphrase)
            except Fault as fault:
                return fault

        self._context.session.run(job, self._settle)

    def _settle(self, result: "ExportedPackage | Fault") -> None:
        _ = self._context.gettext
        self.sign_button.setEnabled(True)
        if isinstance(result, Fault):
            self._show_problem(sentence(result, self._context.texts))
            if result.code in ITS_OWN:
                self.passphrase.setFocus()
                self.passphrase.selectAll()
            return
        self.passphrase.clear()
        self.again.clear()
        self._refresh()
        lines = (
            _("✓ The package is written and checked."),
            _("Revision {rev} of {principal}").format(rev=result.rev, principal=result.principal),
            str(result.path),
            _("Number: {id}").format(id=result.id),
        )
        self.result.setText("\n".join(lines))
        self._result_frame.show()

    def _show_problem(self, words: str) -> None:
        set_wrong(self.passphrase, bool(words))
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _copy_signer_line(self) -> None:
        """Put the line for the list of signers on the clipboard; no passphrase is needed for it."""
        home = self._home
        self._context.session.run(lambda _service: _public_key(home), self._take_public_key)

    def _take_public_key(self, key: "PublicKey | Fault") -> None:
        if isinstance(key, Fault):
            self._show_problem(sentence(key, self._context.texts))
            return
        line = key.signer_line(self._context.session.snapshot.principal)
        QGuiApplication.clipboard().setText(line)
        done = self._context.gettext(
            "✓ On the clipboard. Send this line to whoever keeps the list of signers:"
        )
        self.result.setText(f"{done}\n{line}")
        self._result_frame.show()


def _export(service: GroupService, path: Path, home: Home, passphrase: str | None) -> "ExportedPackage":
    from facilitator.packages.keys import create_key, load_key  # noqa: PLC0415  cryptography is slow to import
    from facilitator.services.exporting import export_group  # noqa: PLC0415

    home.prepare()
    key_path = home.key_path
    key = load_key(key_path, passphrase) if key_path.exists() else create_key(key_path, passphrase)
    return export_group(service, path, key, home.replica())


def _public_key(home: Home) -> "PublicKey | Fault":
    from facilitator.packages.keys import load_public_key  # noqa: PLC0415

    try:
        return load_public_key(home.key_path)
    except Fault as fault:
        return fault
