"""Paints the cells of a sheet and makes the fields they are edited in."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.desktop.models.sheet_model import CELL_ROLE, Cell, Choices
from ui.desktop.theme.tokens import SMALL, Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_LEAST_EDITOR = 64
_INSET = 4
_AT_FOOT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
_KEYS = {
    Qt.Key.Key_Return: "down",
    Qt.Key.Key_Enter: "down",
    Qt.Key.Key_Tab: "right",
    Qt.Key.Key_Backtab: "left",
}


class SheetDelegate(QStyledItemDelegate):
    """One delegate for every column; the :class:`Cell` says whether a text or a choice is edited."""

    stepped = Signal(str)
    """What was typed has been given to the model; carries where to go: ``down``, ``right`` or ``left``."""

    def __init__(self, starts_empty: Callable[[], bool], parent: QObject | None = None) -> None:
        """``starts_empty`` says whether typing has begun the edit, so that it replaces what stands there."""
        super().__init__(parent)
        self._starts_empty = starts_empty

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Take the colour of the cell's tone; the text stands at the top."""
        super().initStyleOption(option, index)
        cell: Cell = index.data(CELL_ROLE)
        tokens = tokens_of(option.palette)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, QColor(_colour(cell, tokens)))
        option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if cell.tone in ("hint", "missing"):
            font = QFont(option.font)
            font.setItalic(True)
            option.font = font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the text, the lines between cells, and a frame around the cell one stands in."""
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(4, 4, -4, -4)
        tokens = tokens_of(option.palette)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(tokens.accent_soft if selected else tokens.surface))
        inner.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, inner, index)
        painter.save()
        self._paint_note(painter, inner, index, tokens)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if not index.data(CELL_ROLE).goes_on:
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for the wrapped text and the space around it."""
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(0, 0, max(40, option.rect.width() - 8), 1)
        size = super().sizeHint(inner, index)
        note = self._note_height(index.data(CELL_ROLE).note, option, inner.rect.width())
        return QSize(size.width() + 8, max(34, size.height() + 12 + note))

    def _paint_note(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, tokens: Tokens
    ) -> None:
        """Write what the card lacks at the foot of its cell."""
        note = index.data(CELL_ROLE).note
        if note:
            painter.setFont(_small(option.font))
            painter.setPen(QColor(tokens.warn))
            painter.drawText(option.rect.adjusted(_INSET, 0, -_INSET, 0), _AT_FOOT, note)

    def _note_height(self, note: str, option: QStyleOptionViewItem, width: int) -> int:
        if not note:
            return 0
        room = QRect(0, 0, width - 2 * _INSET, 10_000)
        return QFontMetrics(_small(option.font)).boundingRect(room, _AT_FOOT, note).height()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list to choose from or a field for text of several lines."""
        cell: Cell = index.data(CELL_ROLE)
        editor = _combo(parent, cell.choices) if cell.choices else _text_field(parent)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda _: self._give(editor, "down"))
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the field, to be replaced when typing has begun the edit."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText("" if self._starts_empty() else index.data(Qt.ItemDataRole.EditRole))
            editor.moveCursor(editor.textCursor().MoveOperation.End)
            editor.document().clearUndoRedoStacks()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen."""
        if isinstance(editor, QPlainTextEdit):
            if editor.toPlainText() != index.data(Qt.ItemDataRole.EditRole):
                model.setData(index, editor.toPlainText())
        elif isinstance(editor, QComboBox) and editor.currentIndex() >= 0:
            key = editor.currentData()
            model.setData(index, (key,) if key else ())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Give a text some lines of room, within the table."""
        rect = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            rect.setHeight(max(rect.height(), _LEAST_EDITOR))
            rect.setWidth(max(rect.width(), 200))
            room = QRect(parent.rect()) if (parent := editor.parentWidget()) else rect
            rect.moveBottom(min(rect.bottom(), max(room.bottom(), rect.height())))
            rect.moveRight(min(rect.right(), max(room.right(), rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finish with Enter, Tab and Shift+Tab; Shift+Enter begins a new line."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
        ):
            key = Qt.Key(event.key())
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if key in _KEYS and not (shifted and _KEYS[key] == "down"):
                self._give(watched, _KEYS[key])
                return True
        return super().eventFilter(watched, event)

    def _give(self, editor: QWidget, way: str) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.stepped.emit(way)


def _combo(parent: QWidget, choices: Choices) -> QComboBox:
    combo = QComboBox(parent)
    for key, words in choices.options:
        combo.addItem(words, key)
    combo.setCurrentIndex(
        next((place for place, (key, _) in enumerate(choices.options) if key in choices.chosen), -1)
    )
    return combo


def _text_field(parent: QWidget) -> QPlainTextEdit:
    field = QPlainTextEdit(parent)
    field.setTabChangesFocus(True)
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    field.setProperty("role", "cell")
    return field


def _small(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(SMALL)
    font.setItalic(False)
    return font


def _colour(cell: Cell, tokens: Tokens) -> str:
    match cell.tone:
        case "muted" | "hint":
            return tokens.muted
        case "missing":
            return tokens.warn
        case "wrong":
            return tokens.bad
    return tokens.text
