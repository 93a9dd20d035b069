"""How an agreed text came to be: its versions, what changed from one to the next, and the way back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from facilitator.domain.records import timestamp
from facilitator.room.notes import Note
from facilitator.room.versions import Piece, Version, Versions, changed_words
from facilitator.services.commands import WriteText
from ui.desktop.context import Context
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.autosaved_text import AutosavedText
from ui.desktop.widgets.build import button, label

_SIGNS = {"same": "", "added": "+", "removed": "−"}
_TAGS = {"same": ("", ""), "added": ("<b><u>", "</u></b>"), "removed": ("<s>", "</s>")}


class TextVersions(QWidget):
    """Keeps a version when one leaves the text and it differs from the last. Going back is an act."""

    def __init__(self, context: Context, kind: str, text: AutosavedText) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._kind = kind
        self._text = text
        _ = context.gettext
        self.toggle = QPushButton()
        self.toggle.setProperty("kind", "quiet")
        self.toggle.setCheckable(True)
        self.keep_button = button(_("Keep this version"), self.keep, "quiet", "Ctrl+S")
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Versions of the text, newest first"))
        self.difference = QLabel()
        self.difference.setTextFormat(Qt.TextFormat.RichText)
        self.difference.setWordWrap(True)
        self.restore_button = button(_("Bring this version back"), self._restore)
        self._details = QWidget()
        self._lay_out()
        text.left.connect(self.keep)
        self.toggle.toggled.connect(self._unfold)
        self.choice.currentIndexChanged.connect(self._show_difference)
        self._session.noted.connect(self._take_note)
        text.kept_changed.connect(self._show_restorable)
        self._details.hide()
        self._refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(S)
        top.addWidget(self.toggle)
        top.addWidget(self.keep_button)
        top.addStretch(1)
        choosing = QHBoxLayout()
        choosing.setSpacing(M)
        choosing.addWidget(self.choice)
        choosing.addWidget(self.restore_button)
        choosing.addStretch(1)
        legend = self._context.gettext("+ underlined: added; − struck out: taken away")
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(S)
        inner.addLayout(choosing)
        inner.addWidget(self.difference)
        inner.addWidget(label(legend, "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(top)
        column.addWidget(self._details)

    @property
    def _versions(self) -> Versions:
        return self._session.room.versions(self._kind)

    def keep(self) -> None:
        """Keep the text as it stands as a version, unless it is the last one already."""
        former = self._versions
        note = former.with_text(self._text.toPlainText(), timestamp(datetime.now(UTC)))
        if note != former:
            self._session.keep(note)

    def _restore(self) -> None:
        version = self._chosen
        if version is not None:
            self._session.perform(WriteText(self._kind, version.text))

    @property
    def _chosen(self) -> Version | None:
        place: int | None = self.choice.currentData()
        return None if place is None else self._versions.versions[place]

    def _take_note(self, note: Note) -> None:
        if note.key == self._versions.key:
            self._refresh()

    def _refresh(self) -> None:
        _ = self._context.gettext
        versions = self._versions.versions
        self.choice.blockSignals(True)
        self.choice.clear()
        for place in reversed(range(len(versions))):
            when = datetime.fromisoformat(versions[place].at).astimezone()
            words = _("Version {n} · {time}").format(n=place + 1, time=f"{when:%d.%m, %H:%M}")
            self.choice.addItem(words, place)
        self.choice.blockSignals(False)
        self.toggle.setEnabled(bool(versions))
        self._name_toggle()
        self._show_difference()

    def _unfold(self, open_: bool) -> None:
        self._details.setVisible(open_)
        self._name_toggle()
        if open_:
            self.choice.setFocus()

    def _name_toggle(self) -> None:
        _, count = self._context.gettext, len(self._versions.versions)
        if not count:
            words = _("No versions yet")
        elif self.toggle.isChecked():
            words = _("Hide the versions")
        else:
            words = _("Show the versions ({n})").format(n=count)
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)

    def _show_difference(self) -> None:
        place: int | None = self.choice.currentData()
        if place is None:
            self.difference.clear()
            return
        versions = self._versions.versions
        before = versions[place - 1].text if place else versions[place].text
        pieces = changed_words(before, versions[place].text)
        self.difference.setText(difference_html(pieces))
        self.difference.setAccessibleName(difference_words(pieces))
        self._show_restorable()

    def _show_restorable(self) -> None:
        """What stands in the text already need not be brought back, and cannot be while one votes on it."""
        version, cards = self._chosen, self._session.snapshot.cards_of(self._kind)
        stands = version is not None and bool(cards) and cards[0].text == version.text
        self.restore_button.setEnabled(version is not None and not stands and not self._text.isReadOnly())


def difference_html(pieces: Iterable[Piece]) -> str:
    """Return what changed as markup: what came is underlined after a plus, what went struck out."""
    return " ".join(
        f"{_TAGS[piece.change][0]}{_SIGNS[piece.change]}{escape(piece.words)}{_TAGS[piece.change][1]}"
        for piece in pieces
    )


def difference_words(pieces: Iterable[Piece]) -> str:
    """Return the same for screen readers."""
    return " ".join(f"{_SIGNS[piece.change]}{piece.words}" for piece in pieces)
