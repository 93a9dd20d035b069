"""A page of words for a printer, or for a PDF file where there is none."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from facilitator.errors import Fault
from facilitator.files import write_atomically
from ui.desktop.context import Context
from ui.desktop.file_names import ask_where
from ui.desktop.reporting import documents_folder

POINTS = 11
_BLACK = "color: #000000"


class Part(NamedTuple):
    """A part of a page: its title, and what stands below it, a paragraph or a point of a list each."""

    title: str
    lines: tuple[str, ...]
    points: bool = False


class Page(NamedTuple):
    """One page: its title, which group it is of, and its parts."""

    title: str
    note: str
    parts: tuple[Part, ...]


class Paper(QObject):
    """Asks which printer, or where the PDF goes, and says what has become of a page."""

    said = Signal(str)
    failed = Signal(object)
    """Carries the fault of a disk; nothing was written."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent

    def give(self, page: Page, name: str) -> bool:
        """Print a page, or write it as a PDF called ``name``; return whether it came to that."""
        return self._print(page, name) if has_printer() else self._save(page, name)

    def _print(self, page: Page, name: str) -> bool:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  seldom needed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        printer.setPageLayout(_layout())
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(self._context.gettext("Print"))
        if not dialog.exec():
            return False
        document_of(page).print_(printer)
        self.said.emit(self._context.gettext("Sent to the printer."))
        return True

    def _save(self, page: Page, name: str) -> bool:
        _ = self._context.gettext
        proposed = documents_folder() / f"{name}.pdf"
        path = ask_where(self._window, _("Save as PDF"), proposed, _("PDF documents (*.pdf)"))
        if path is None:
            return False
        try:
            write_pdf(page, path)
        except Fault as fault:
            self.failed.emit(fault)
            return False
        self.said.emit(_("There is no printer; written as PDF: {path}").format(path=path))
        return True


def has_printer() -> bool:
    """Whether this computer knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415

    return bool(QPrinterInfo.availablePrinterNames())


def write_pdf(page: Page, path: Path) -> None:
    """Write a page as a PDF. Raises what ``write_atomically`` raises."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(_layout())
    writer.setTitle(page.title)
    document_of(page).print_(writer)
    del writer
    write_atomically(path, bytes(data.data()))


def document_of(page: Page) -> QTextDocument:
    """Return a page as a document that is laid out when it is printed."""
    document = QTextDocument()
    font = QFont(document.defaultFont())
    font.setPointSize(POINTS)
    document.setDefaultFont(font)
    parts = "".join(_html(part) for part in page.parts)
    document.setHtml(
        f'<div style="{_BLACK}"><h1>{escape(page.title)}</h1><p>{escape(page.note)}</p>{parts}</div>'
    )
    return document


def _html(part: Part) -> str:
    title = f"<h3>{escape(part.title)}</h3>" if part.title else ""
    if part.points:
        return f"{title}<ul>{_each('li', part.lines)}</ul>"
    return title + _each("p", part.lines)


def _each(tag: str, lines: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(line).replace(chr(10), '<br/>')}</{tag}>" for line in lines)


def _layout() -> QPageLayout:
    """A4 without margins: a document keeps two centimetres around its words when it is printed."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
