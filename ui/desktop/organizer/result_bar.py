"""What has been done, where it lies, and what to do with it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.desktop.organizer.office import Office
from ui.desktop.theme.tokens import L, M
from ui.desktop.widgets.build import button, label, set_look


class ResultBar(QFrame):
    """Shows the last thing that went well, and the way to its folder."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._folder = Path()
        self._text = label("", "good")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder_button = button(office.gettext("Show the folder"), self._show_folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, M, M, M)
        row.setSpacing(L)
        row.addWidget(self._text, 1)
        row.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._text.text()

    def tell(self, words: str, folder: Path, *, complete: bool = True) -> None:
        """Say what has been done, and whether that is all of it; screen readers say it too."""
        set_look(self, "role", "good-bar" if complete else "warn-bar")
        set_look(self._text, "role", "good" if complete else "warn")
        self._folder = folder
        self._text.setText(words)
        self.setAccessibleName(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
