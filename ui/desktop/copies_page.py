"""The copies of the group's file: when each was made, whether it is sound, and the way back to it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.storage.backup import Backup, list_backups
from ui.desktop.context import Context
from ui.desktop.dates import long_moment
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.scrolled import scrolled


class CopiesPage(QWidget):
    """``restore_asked`` carries the group's path and the name of a copy."""

    restore_asked = Signal(object, str)
    copy_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("help", "copies")
        self._context = context
        _ = context.gettext
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        column.addWidget(label(_("Copies"), "title"))
        note = _(
            "A copy is made every ten minutes when something has changed, when the group is closed and before"
            " each hand-over. Going back to a copy keeps the present file beside it."
        )
        column.addWidget(label(note, "note"))
        self.make_button = button(_("Make a copy now"), self._make)
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self.make_button)
        buttons.addWidget(button(_("Save a copy elsewhere"), self.copy_asked.emit))
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addLayout(self._rows)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column))

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the copies each time the page is shown."""
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        self._context.session.run(lambda service: list_backups(service.path), self._show)

    def _make(self) -> None:
        self._context.session.run(lambda service: service.back_up(), lambda _path: self._look())

    def _show(self, backups: tuple[Backup, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        for backup in backups:
            self._rows.addWidget(self._row(backup))
        if not backups:
            self._rows.addWidget(label(self._context.gettext("There are no copies yet."), "note"))

    def _row(self, backup: Backup) -> QFrame:
        _ = self._context.gettext
        made = frame("card")
        row = QHBoxLayout(made)
        row.setContentsMargins(L, M, M, M)
        row.setSpacing(L)
        when = long_moment(backup.made, self._context.language)
        row.addWidget(label(when, "field", wrap=False))
        size = _("{n} KB").format(n=max(1, backup.size // 1024))
        row.addWidget(label(size, "note", wrap=False))
        sound = label(_("✓ checked"), "good") if backup.sound else label(_("! damaged"), "error")
        row.addWidget(sound, 1)
        if backup.sound:
            path = self._context.session.path
            restore = button(_("Go back to this copy"), lambda: self.restore_asked.emit(path, backup.name))
            restore.setAccessibleName(_("Go back to the copy of {when}").format(when=when))
            row.addWidget(restore)
        return made
