"""The keys of the open group, wherever the keyboard is. Help lists them in ``resources/help/*/keys.md``."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from ui.desktop.workspace import Workspace

Key = QKeySequence.StandardKey | str

WORKSPACE_KEYS: tuple[tuple[Key, "Callable[[Workspace], object]"], ...] = (
    (QKeySequence.StandardKey.Undo, lambda workspace: workspace.undo()),
    ("Ctrl+Shift+Z", lambda workspace: workspace.redo()),
    ("F5", lambda workspace: workspace.clock.toggle()),
    ("Shift+F5", lambda workspace: workspace.clock.extend()),
    ("Ctrl+F5", lambda workspace: workspace.header.timer_line.open()),
    ("F10", lambda workspace: workspace.toggle_methods()),
    ("F12", lambda workspace: workspace.enter_place("agenda")),
    ("Shift+F12", lambda workspace: workspace.enter_place("day")),
    ("F9", lambda workspace: workspace.enter_place("chain")),
    ("Ctrl+L", lambda workspace: workspace.late_card.open()),
    ("F6", lambda workspace: workspace.go_by(-1)),
    ("F7", lambda workspace: workspace.go_by(1)),
    ("F11", lambda workspace: workspace.toggle_projector()),
    ("Shift+F11", lambda workspace: workspace.show_for_room.blank()),
)
