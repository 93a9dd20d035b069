"""The one stylesheet, filled in with tokens."""

from string import Template

from ui.desktop.theme import tokens as scale
from ui.desktop.theme.tokens import Tokens

_TEMPLATE = Template("""
QWidget { color: $text; font-size: ${BODY}px; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $toast; color: $on_toast; border: none; padding: 6px 8px; }

QLabel[role="title"] { font-size: ${TITLE}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${HEADING}px; font-weight: 600; }
QLabel[role="subheading"] { font-size: ${LARGE}px; font-weight: 600; }
QLabel[role="field"] { font-weight: 600; }
QLabel[role="note"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${SMALL}px; }
QLabel[role="overline"] { color: $muted; font-size: ${SMALL}px; font-weight: 600; }
QLabel[role="good"] { color: $good; font-weight: 600; }
QLabel[role="warn"] { color: $warn; font-weight: 600; }
QLabel[role="error"] { color: $bad; font-weight: 600; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${RADIUS}px; }
QFrame[role="panel"] { background: $surface; border: none; }
QFrame[role="header"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[role="left-panel"] { background: $surface; border: none; border-right: 1px solid $border; }
QFrame[role="right-panel"] { background: $surface; border: none; border-left: 1px solid $border; }
QFrame[role="hint"] { background: $accent_soft; border: none; border-radius: ${RADIUS}px; }
QFrame[role="guide"] { background: $accent_soft; border: none; border-bottom: 1px solid $border; }
QFrame[role="good-bar"] { background: $good_soft; border: 1px solid $good; border-radius: ${RADIUS}px; }
QFrame[role="warn-bar"] { background: $warn_soft; border: 1px solid $warn; border-radius: ${RADIUS}px; }
QFrame[role="error-bar"] { background: $bad_soft; border: 1px solid $bad; border-radius: ${RADIUS}px; }
QFrame[role="toast"] { background: $toast; border: none; border-radius: ${RADIUS}px; }
QFrame[role="toast"] QLabel { color: $on_toast; }
QFrame[role="toast"] QPushButton { color: $on_toast; background: transparent; border: 1px solid $on_toast; }
QFrame[role="drop"] { background: $surface; border: 2px dashed $control; border-radius: ${RADIUS}px; }
QFrame[role="drop"][over="true"] { background: $accent_soft; border: 2px solid $accent; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    background: $surface; border: 1px solid $control; border-radius: 6px;
    padding: 6px 14px; min-height: 20px;
}
QToolButton { padding: 6px 10px; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
    background: $accent_soft; border-color: $accent;
}
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QToolButton:focus { padding: 5px 9px; }
QPushButton:disabled, QToolButton:disabled {
    color: $control; border-color: $border; background: transparent;
}
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { border-color: $text; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; color: $muted; border-color: $border; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"] { color: $accent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $raised; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled {
    color: $control; border-color: transparent;
}
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:disabled { color: $control; border-color: $border; }
QPushButton[kind="clock"] { font-size: ${LARGE}px; font-weight: 600; padding: 4px 10px; }
QPushButton[kind="clock"]:focus { padding: 3px 9px; }
QPushButton[kind="clock"][state="over"] { color: $warn; background: $warn_soft; border-color: $warn; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {
    background: $surface; border: 1px solid $control; border-radius: 6px; padding: 6px 8px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus {
    border: 2px solid $accent; padding: 5px 7px;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QSpinBox[wrong="true"] {
    border: 2px solid $bad; padding: 5px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled {
    color: $control; border-color: $border;
}
QComboBox { padding-right: 4px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $control; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 2px 6px; }
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button,
QTimeEdit::up-button, QTimeEdit::down-button {
    width: 0; border: none;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; padding: 0 6px; background: transparent; min-height: 0;
}
QCheckBox, QRadioButton { spacing: 8px; padding: 4px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: 16px; height: 16px; border: 1px solid $control; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/check-$name.svg");
}

QListView, QTableView, QTreeView {
    background: $surface; border: 1px solid $border; border-radius: ${RADIUS}px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; gridline-color: $border;
    alternate-background-color: $window;
}
QListView:focus, QTableView:focus, QTreeView:focus { border: 2px solid $accent; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section {
    background: $raised; color: $muted; border: none; border-bottom: 1px solid $border;
    border-right: 1px solid $border; padding: 6px 8px; font-weight: 600;
}
QTableCornerButton::section { background: $raised; border: none; }
QTableView QLineEdit, QTableView QComboBox, QListView QLineEdit { border-radius: 0; padding: 2px 4px; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 8px 14px; font-weight: 600;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $accent_soft; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }

QMenu { background: $surface; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 7px 28px 7px 14px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $control; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet(tokens: Tokens, icons: str) -> str:
    """Return the stylesheet of a set of tokens; ``icons`` is the folder of pictures, with forward slashes."""
    sizes = {name: value for name, value in vars(scale).items() if name.isupper() and isinstance(value, int)}
    return _TEMPLATE.substitute({**tokens._asdict(), **sizes, "icons": icons})
