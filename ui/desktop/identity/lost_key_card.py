"""The way out when a key is lost or has got into other hands."""

from gettext import NullTranslations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.desktop.identity.new_key_form import NewKeyForm
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label


class LostKeyCard(QWidget):
    """Folded behind its question until somebody asks it."""

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        _ = texts.gettext
        self.form = NewKeyForm(_("Make a new key"), texts)
        self.question = button(_("Is the key lost or disclosed?"), self._unfold, "quiet")
        self._answer = self._way_out(texts)
        self._answer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.question, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._answer)

    def _way_out(self, texts: NullTranslations) -> QFrame:
        _ = texts.gettext
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(L, M, L, L)
        column.setSpacing(M)
        for words in (
            _(
                "The file of the key is lost or the passphrase is forgotten: make a new key and send a new"
                " request. The organizer adds a line for it. What the former key has signed stays valid."
            ),
            _(
                "The key or the passphrase has got into other hands: call the organizer at once, who revokes"
                " the former key. What it has signed is not accepted then: sign and hand over your packages"
                " again with the new one."
            ),
            _("The former key is not deleted. It stays beside the new one under another name."),
        ):
            column.addWidget(label(words))
        column.addWidget(self.form)
        return made

    def fold(self) -> None:
        """Put the answer away."""
        self._answer.hide()
        self.form.clear()

    def _unfold(self) -> None:
        if self._answer.isVisible():
            self.fold()
        else:
            self._answer.show()
