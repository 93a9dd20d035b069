"""Where a package goes: a file of one's choice, or a drive that is plugged in."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.desktop.context import Context
from ui.desktop.handover.drives import Drive, plugged_in
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import button

LOOK_EVERY = 3_000
"""Milliseconds between two looks at what is plugged in, while the bar can be seen."""

IN_A_ROW = 2


class SaveBar(QWidget):
    """A button for the file dialog and one for each drive; the drives come and go by themselves."""

    file_asked = Signal()
    drive_chosen = Signal(Drive)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._drives: tuple[Drive, ...] = ()
        self.file_button = button(context.gettext("Sign and save…"), self.file_asked.emit, "primary")
        self.drive_buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(S)
        self._grid.setColumnStretch(IN_A_ROW, 1)
        self._grid.addWidget(self.file_button, 0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for drives now and from time to time."""
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer."""
        super().hideEvent(event)
        self._timer.stop()

    def look(self) -> None:
        """Show a button for each drive that is plugged in now."""
        drives = plugged_in()
        if drives == self._drives:
            return
        self._drives = drives
        for former in self.drive_buttons:
            self._grid.removeWidget(former)
            former.hide()
            former.deleteLater()
        words = self._context.gettext("Write to {drive}")
        self.drive_buttons = [
            button(words.format(drive=drive.title), partial(self.drive_chosen.emit, drive))
            for drive in drives
        ]
        before = self.file_button
        for number, made in enumerate(self.drive_buttons, 1):
            self._grid.addWidget(made, number // IN_A_ROW, number % IN_A_ROW)
            QWidget.setTabOrder(before, made)
            before = made
