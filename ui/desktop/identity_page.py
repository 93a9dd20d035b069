"""«Your key»: made or brought here, read aloud, and asked to be enrolled."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.services.home import Home
from ui.desktop.file_names import ask_where
from ui.desktop.identity import jobs
from ui.desktop.identity.jobs import KeyState, SignedRequest
from ui.desktop.identity.key_card import KeyCard
from ui.desktop.identity.lost_key_card import LostKeyCard
from ui.desktop.identity.new_key_form import NewKeyForm
from ui.desktop.identity.request_card import RequestCard
from ui.desktop.reporting import documents_folder
from ui.desktop.tasks import Worker
from ui.desktop.theme.tokens import XL, M
from ui.desktop.widgets.build import button, label, set_look
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.section import section
from ui.messages import sentence

T = TypeVar("T")


class IdentityPage(QWidget):
    """Whoever has no key is offered to make one; whoever has one sees it and can ask to be enrolled."""

    left = Signal()
    failed = Signal(object)
    """Carries the :class:`Fault` of a disk or folder."""
    bug = Signal(object)

    def __init__(self, home: Home, texts: NullTranslations, language: str) -> None:
        """``language`` is what every page beside the group is given; this one shows no dates."""
        super().__init__()
        self.setProperty("help", "packages")
        self._home = home
        self._texts = texts
        self._state: KeyState | None = None
        self._worker = Worker(self)
        self._worker.fault.connect(self._refuse)
        self._worker.bug.connect(self.bug)
        _ = texts.gettext
        self.name = Field(_("Your name"), home.settings()["name"], hint=_("as the organizer knows you"))
        self.new_key = NewKeyForm(_("Make the key"), texts, self.name)
        self.key = KeyCard(texts)
        self.request = RequestCard(texts)
        self.lost = LostKeyCard(texts)
        self.notice = label("", "good")
        advice = _(
            "Think of a passphrase that only you know. Nobody can restore it; a new key can always be made."
        )
        self._new = section(_("New key"), label(advice, "note"), self.new_key)
        self._own = (self.key, self.request, self.lost)
        self._lay_out()
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        column.addWidget(label(_("Your key"), "title"))
        note = _(
            "The key signs the packages of your group: their receiver sees that they are yours and that"
            " nothing was changed. It stays on this computer."
        )
        column.addWidget(label(note, "note"))
        column.addWidget(self.notice)
        for part in (self._new, *self._own):
            column.addWidget(part)
            part.hide()
        self.notice.hide()
        column.addWidget(button(_("Go back"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))

    def _connect(self) -> None:
        for form in (self.new_key, self.lost.form):
            form.make_asked.connect(partial(self._make, form))
            form.take_asked.connect(partial(self._take, form))
        self.name.entered.connect(self.new_key.passphrase.setFocus)
        self.key.forget_asked.connect(self._forget)
        self.request.name_changed.connect(self._drop_request)
        self.request.show_asked.connect(lambda: self._with_request(lambda _request: None))
        self.request.save_asked.connect(lambda: self._with_request(self._save))
        self.request.copy_asked.connect(lambda: self._with_request(self._copy))

    def focus_entry(self) -> None:
        """Put the keyboard where the first thing has to be typed, or where the request is sent from."""
        if not self._home.key_path.exists():
            self.name.setFocus() if not self.name.text else self.new_key.passphrase.setFocus()
        elif self._state is not None:
            self.request.focus_entry()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nothing: what was begun ends by itself."""
        self._worker.retire()
        super().closeEvent(event)

    # The key

    def _look(self) -> None:
        if self._home.key_path.exists():
            self._work(lambda: jobs.look(self._home), self._show, self._show_unusable)
            self._tell(self._texts.gettext("The key is being read…"), "note")
        else:
            self._new.show()

    def _show(self, state: KeyState) -> None:
        """Show a key in place of what was shown before."""
        self._state = state
        self.notice.hide()
        if not self.request.name.text:
            self.request.name.line.setText(self._home.settings()["name"])
        self.key.show_state(state)
        self.request.show_state(state)
        self.new_key.clear()
        self.lost.fold()
        self._new.hide()
        for part in self._own:
            part.show()
        self.focus_entry()

    def _show_unusable(self, fault: Fault) -> None:
        """A key that cannot be read is like one that is lost: a new one can be made at once."""
        self._tell(sentence(fault, self._texts), "error")
        self._new.show()

    def _make(self, form: NewKeyForm, passphrase: str, remember: bool) -> None:
        name = self._typed_name()
        former = self._home.key_path.exists()

        def show(state: KeyState) -> None:
            self._show(state)
            self._tell_made(former=former, forgetful=remember and not state.remembered)

        self._work(
            lambda: jobs.make_key(self._home, name, passphrase, remember=remember),
            show,
            lambda fault: form.show_problem(sentence(fault, self._texts)),
        )

    def _tell_made(self, *, former: bool, forgetful: bool) -> None:
        _ = self._texts.gettext
        lines = [_("✓ The key is made.")]
        if former:
            lines = [_("✓ The new key is made, the former one is kept. Send the organizer a new request.")]
        if forgetful:
            lines.append(self._forgetful_words())
        self._tell("\n".join(lines))

    def _forgetful_words(self) -> str:
        return self._texts.gettext("This system keeps no passphrases, so yours is asked for each time.")

    def _take(self, form: NewKeyForm, source: Path) -> None:
        name = self._typed_name()

        def show(state: KeyState) -> None:
            self._show(state)
            self._tell(self._texts.gettext("✓ The key is taken. The file you chose stays where it is."))

        self._work(
            lambda: jobs.take_key(self._home, source, name),
            show,
            lambda fault: form.show_problem(sentence(fault, self._texts)),
        )

    def _forget(self) -> None:
        def show(state: KeyState) -> None:
            self._show(state)
            self._tell(self._texts.gettext("✓ The passphrase is forgotten. It is asked for from now on."))

        self._work(lambda: jobs.forget_passphrase(self._home), show, self._show_unusable)

    def _typed_name(self) -> str:
        field = self.name if self._state is None else self.request.name
        return field.text.strip()

    # The request

    def _drop_request(self) -> None:
        """A request names who asks: with another name it has to be signed anew."""
        if self._state is not None and self._state.request is not None:
            self._state = replace(self._state, request=None)
            self.request.show_state(self._state)

    def _with_request(self, then: Callable[[SignedRequest], None]) -> None:
        """Do something with the signed request, signing it first where that has not been done."""
        if self._state is not None and self._state.request is not None:
            then(self._state.request)
            return
        name, passphrase = self._typed_name(), self.request.passphrase.text
        remember = self.request.remember.isChecked()
        if not name:
            self.request.refuse(UserFault("name-missing"))
            return

        def show(state: KeyState) -> None:
            self._show(state)
            if remember and not state.remembered:
                self._tell(self._forgetful_words(), "note")
            if state.request is not None:
                then(state.request)

        self._work(
            lambda: jobs.sign_request(self._home, name, passphrase, remember=remember),
            show,
            self.request.refuse,
        )

    def _save(self, request: SignedRequest) -> None:
        _ = self._texts.gettext
        title = _("Request – {name}").format(name=_without_signs(self._typed_name()))
        proposed = documents_folder() / f"{title}.json"
        path = ask_where(self, _("Save the request"), proposed, _("Requests (*.json)"))
        if path is not None:
            self._work(lambda: jobs.save_request(path, request), self._tell_saved, self.request.refuse)

    def _tell_saved(self, path: Path) -> None:
        words = self._texts.gettext(
            "✓ Written and checked: {path}. Send it to the organizer and read your digits aloud."
        )
        self.request.say(result=words.format(path=path))

    def _copy(self, request: SignedRequest) -> None:
        QGuiApplication.clipboard().setText(request.text.decode().strip())
        self.request.say(
            result=self._texts.gettext(
                "✓ On the clipboard. Send it to the organizer and read your digits aloud."
            )
        )

    # Work

    def _work(self, job: Callable[[], T], then: Callable[[T], None], refuse: Callable[[Fault], None]) -> None:
        """Do one thing at a time away from the window's thread; ``refuse`` says what a person can mend."""
        if self._worker.idle:
            self.notice.hide()
            self._worker.submit(job, then, refuse)

    def _refuse(self, fault: Fault, refuse: Callable[[Fault], None]) -> None:
        if isinstance(fault, EnvironmentFault):
            self.failed.emit(fault)
        else:
            refuse(fault)

    def _tell(self, words: str, role: str = "good") -> None:
        set_look(self.notice, "role", role)
        self.notice.setText(words)
        self.notice.show()


def _without_signs(name: str) -> str:
    """Return a name that every file system takes."""
    return re.sub(r"[^\w -]", "", name)
