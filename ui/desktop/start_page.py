"""The start screen: the groups opened lately and the ways to begin."""

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.services.home import Home
from ui.desktop.theme.tokens import XL, XXL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.scrolled import scrolled


class StartPage(QWidget):
    """Nothing is asked before it can be used: no account, no wizard."""

    open_asked = Signal(Path)
    file_asked = Signal()
    practice_asked = Signal()
    practice_anew_asked = Signal()
    new_asked = Signal()
    settings_asked = Signal()
    identity_asked = Signal()
    organizer_asked = Signal()
    lead_asked = Signal()
    help_asked = Signal()

    def __init__(self, home: Home, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("help", "first-minutes")
        self._home = home
        self._texts = texts
        self._recent = QVBoxLayout()
        self._recent.setSpacing(S)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XXL, XL, XL)
        column.setSpacing(L)
        self._add_ways_to_begin(column)
        column.addSpacing(M)
        column.addLayout(self._recent)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))
        self.refresh()

    def _add_ways_to_begin(self, column: QVBoxLayout) -> None:
        _ = self._texts.gettext
        head = QHBoxLayout()
        head.addWidget(label(_("Strategic session"), "title"), 1)
        head.addWidget(button(_("Open Help"), self.help_asked.emit, "quiet", "F1"))
        settings = button(_("Change settings"), self.settings_asked.emit, "quiet", "Ctrl+,")
        column.addLayout(head)
        column.addWidget(
            label(
                _(
                    "Leads a group from the norms of today to a roadmap, keeps every word and hands over a"
                    " signed package. Works without the internet."
                ),
                "note",
            )
        )
        practice = frame("hint")
        card = QHBoxLayout(practice)
        card.setContentsMargins(L, L, L, L)
        card.setSpacing(L)
        words = QVBoxLayout()
        words.addWidget(label(_("For the first time here?"), "subheading"))
        words.addWidget(
            label(_("Open the practice session: twelve people, all eight steps. You cannot spoil anything."))
        )
        card.addLayout(words, 1)
        self.practice_button = button(_("Open the practice session"), self.practice_asked.emit, "primary")
        self.anew_button = button(_("Start it anew"), self.practice_anew_asked.emit, "quiet")
        self.anew_button.setToolTip(_("The former file is kept beside it."))
        ways = QVBoxLayout()
        ways.addWidget(self.practice_button)
        ways.addWidget(self.anew_button)
        card.addLayout(ways)
        column.addWidget(practice)
        self.key_invitation = self._invite_to_make_key()
        column.addWidget(self.key_invitation)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(button(_("Start a new group"), self.new_asked.emit, tip="Ctrl+N"))
        row.addWidget(button(_("Open a file"), self.file_asked.emit, tip="Ctrl+O"))
        row.addStretch(1)
        row.addWidget(settings)
        column.addLayout(row)
        desks = QHBoxLayout()
        desks.setSpacing(M)
        for name, asked in (
            (_("Your key"), self.identity_asked),
            (_("Prepare a session"), self.organizer_asked),
            (_("Merge packages"), self.lead_asked),
        ):
            desks.addWidget(button(name, asked.emit, "quiet"))
        desks.addStretch(1)
        column.addLayout(desks)

    def _invite_to_make_key(self) -> QFrame:
        _ = self._texts.gettext
        made = frame("card")
        row = QHBoxLayout(made)
        row.setContentsMargins(L, M, L, M)
        row.setSpacing(L)
        row.addWidget(label(_("Make a key of your own: it signs the packages of your group.")), 1)
        self.key_button = button(_("Make the key"), self.identity_asked.emit)
        row.addWidget(self.key_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def refresh(self) -> None:
        """Look again whether there is a key, which groups were opened lately and which are still there."""
        _ = self._texts.gettext
        self.anew_button.setVisible(self._home.practice_path.exists())
        self.key_invitation.setVisible(not self._home.key_path.exists())
        while (item := self._recent.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        self._recent.addWidget(label(_("Opened lately"), "subheading"))
        recent = self._home.recent()
        for path, title in recent:
            self._recent.addWidget(self._recent_row(path, title))
        if not recent:
            self._recent.addWidget(
                label(_("No group yet. Begin with the practice session or start your own group."), "note")
            )

    def _recent_row(self, path: Path, title: str) -> QFrame:
        _ = self._texts.gettext
        there = path.exists()
        row_frame = frame("card")
        row = QHBoxLayout(row_frame)
        row.setContentsMargins(L, M, M, M)
        row.setSpacing(M)
        words = QVBoxLayout()
        words.setSpacing(2)
        if path == self._home.practice_path:
            words.addWidget(label(_("Practice session"), "overline"))
        words.addWidget(label(title, "field"))
        words.addWidget(label(str(path), "small"))
        if not there:
            words.addWidget(
                label(_("The file is no longer there: it was moved, renamed or deleted."), "warn")
            )
        row.addLayout(words, 1)
        if there:
            act = button(_("Open"), lambda: self.open_asked.emit(path))
            act.setAccessibleName(_("Open {title}").format(title=title))
            row.addWidget(act)
        else:
            find = button(_("Find the file"), lambda: self._find(path))
            find.setAccessibleName(_("Find the file of {title}").format(title=title))
            forget = button(_("Take off the list"), lambda: self._forget(path), "quiet")
            forget.setAccessibleName(_("Take {title} off the list").format(title=title))
            row.addWidget(find)
            row.addWidget(forget)
        return row_frame

    def _find(self, path: Path) -> None:
        _ = self._texts.gettext
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Open a group"), str(path.parent), _("Groups (*.fgroup)")
        )
        if name:
            self._home.forget(path)
            self.open_asked.emit(Path(name))

    def _forget(self, path: Path) -> None:
        self._home.forget(path)
        self.refresh()
