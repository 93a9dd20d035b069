"""Where files, folders and sticks are dropped, and how far the taking in has come."""

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label, set_look


class DropArea(QFrame):
    """``given`` carries the paths of files and folders. Buttons do what dropping does."""

    given = Signal(object)
    stop_asked = Signal()

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self._texts = texts
        _ = texts.gettext
        self._ready = self._working = False
        self.note = label("", "note")
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.files_button = button(_("Choose files…"), self._ask_files)
        self.folder_button = button(_("Choose a folder…"), self._ask_folder)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Packages taken in"))
        self.count = label("", "field", wrap=False)
        self.stop_button = button(_("Stop"), self._stop)
        self._buttons = self._row(self.files_button, self.folder_button)
        self._way = self._row(self.count, self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(S)
        self.heading = label("", "subheading")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self.heading, self.note, self._buttons, self.progress, self._way):
            column.addWidget(part)
        self.set_ready(False)

    def _row(self, *parts: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, S, 0, 0)
        row.setSpacing(M)
        row.addStretch(1)
        for each in parts:
            row.addWidget(each)
        row.addStretch(1)
        return made

    def set_ready(self, ready: bool) -> None:
        """Take packages, or say what has to be chosen before."""
        _ = self._texts.gettext
        self._ready = ready
        self.note.setText(
            _("Files .fpkg and .fpkg.age. Folders are searched for them. A bad file does not stop the rest.")
            if ready
            else _("First choose the centre and the list of signers above.")
        )
        self._refresh()

    def begin(self) -> None:
        """Show that files are being looked for."""
        self._working = True
        self.progress.setRange(0, 0)
        self.count.setText(self._texts.gettext("Looking for packages…"))
        self._refresh()
        self.stop_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are done."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.count.setText(self._texts.gettext("{done} of {total}").format(done=done, total=total))

    def end(self) -> None:
        """Be ready for more."""
        had_focus = self.stop_button.hasFocus()
        self._working = False
        self._refresh()
        if had_focus:
            self.files_button.setFocus()

    def takes(self, data: QMimeData) -> bool:
        """Tell whether what is dragged can be dropped now."""
        return self._ready and not self._working and bool(_paths(data))

    def set_over(self, over: bool) -> None:
        """Show that letting go here drops what is dragged."""
        set_look(self, "over", "true" if over else "false")

    def drop(self, data: QMimeData) -> None:
        """Take what was dropped."""
        self.set_over(False)
        if self.takes(data):
            self.given.emit(_paths(data))

    def _refresh(self) -> None:
        _ = self._texts.gettext
        self.heading.setText(
            _("Packages are being taken in")
            if self._working
            else _("Drop packages, a folder or a stick here")
        )
        self.files_button.setEnabled(self._ready)
        self.folder_button.setEnabled(self._ready)
        self.stop_button.setEnabled(True)
        self._buttons.setVisible(not self._working)
        self.note.setVisible(not self._working)
        self.progress.setVisible(self._working)
        self._way.setVisible(self._working)

    def _stop(self) -> None:
        """Say at once that it was heard: the file that is being read is finished first."""
        self.stop_button.setEnabled(False)
        self.count.setText(self._texts.gettext("Stopping after this file…"))
        self.stop_asked.emit()

    def _ask_files(self) -> None:
        _ = self._texts.gettext
        names, _kind = QFileDialog.getOpenFileNames(
            self,
            _("Choose packages"),
            str(documents_folder()),
            _("Packages (*.fpkg *.fpkg.age);;All files (*)"),
        )
        if names:
            self.given.emit([Path(name) for name in names])

    def _ask_folder(self) -> None:
        title = self._texts.gettext("Choose a folder or a stick")
        name = QFileDialog.getExistingDirectory(self, title, str(documents_folder()))
        if name:
            self.given.emit([Path(name)])


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
