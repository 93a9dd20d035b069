"""«Сохранено 14:05»: there is no Save button, so the window says it all the time."""

from datetime import datetime

from PySide6.QtWidgets import QLabel

from facilitator.services.group_service import Changes
from ui.desktop.context import Context


class SavedLabel(QLabel):
    """Says when the last act became durable, by the clock on the wall."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.gettext("All is saved"))
        self._context = context
        self.setProperty("role", "small")
        self.setToolTip(
            context.gettext("Every act is on the disk before it is shown: there is nothing to press.")
        )
        if context.session.saved_at is not None:
            self._show_moment(context.session.saved_at)
        context.session.changed.connect(self._refresh)

    def _refresh(self, changes: Changes) -> None:
        self._show_moment(changes.at)

    def _show_moment(self, at: str) -> None:
        moment = datetime.fromisoformat(at).astimezone()
        self.setText(self._context.gettext("Saved {time}").format(time=moment.strftime("%H:%M")))
