"""The group's report: asked for, written where the person says, opened."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from facilitator.services.group_service import GroupService
from facilitator.texts import load_texts
from ui.desktop.context import Context
from ui.desktop.file_names import ask_where


def documents_folder() -> Path:
    """Return the folder where people look for their documents, or their home when there is none."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()


class ReportMaker(QObject):
    """Writes the Word report on the group's thread, so that the window does not wait."""

    said = Signal(str, str, object)
    """Carries a toast: what to say, the button, and what the button does."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def ask(self) -> None:
        """Ask where the report goes and write it there."""
        _ = self._context.gettext
        group = self._context.session.snapshot
        name = _("Report of group {n}").format(n=group.group.number) + ".docx"
        title, kinds = _("Save the report"), _("Word documents (*.docx)")
        path = ask_where(self._window, title, documents_folder() / name, kinds)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the report to ``path`` and open it; ``said`` follows, or the session's ``refused``."""
        _ = self._context.gettext
        self.said.emit(_("The report is being written…"), "", None)
        self._context.session.run(
            lambda service: write_report(service, path, self._context.language), self._show
        )

    def _show(self, path: Path) -> None:
        _ = self._context.gettext
        open_: Callable[[], object] = lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))  # noqa: E731
        self.said.emit(_("The report is written: {path}").format(path=path), _("Open"), open_)
        open_()


def write_report(service: GroupService, path: Path, language: str) -> Path:
    """Write the Word report of an open group and return where it lies."""
    from exports.word import write_group_report  # noqa: PLC0415  the Word library is slow to import
    from ui.reports import group_report_of  # noqa: PLC0415

    write_group_report(group_report_of(service), load_texts("exports", language), language, path)
    return path
