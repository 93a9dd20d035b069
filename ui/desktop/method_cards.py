"""The method cards of a step: what for, how, how long, what to say; and which methods the group works by."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from facilitator.room.agenda import Agenda
from facilitator.room.notes import Methods, Note
from facilitator.script.model import Method, ScriptStep
from ui.desktop.context import Context
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.elided_label import ElidedLabel
from ui.desktop.widgets.scrolled import bring_into_sight

_METHOD = Qt.ItemDataRole.UserRole
_ROW = 30


class MethodCards(QWidget):
    """One card at a time, in the order the methods are used, each with a button that gives it its time.

    Left and right go from card to card, Enter begins the method.
    """

    begun = Signal(str)
    """Carries the id of the method that begins now."""

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__()
        self._context = context
        self._step = step
        self.setProperty("help", "round")
        _ = context.gettext
        self._methods = {method.id: method for method in context.session.script.methods}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Methods of this step"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.installEventFilter(self)
        self._none = label(_("No method is chosen for this step. Choose one, or go on without."), "note")
        self.sum = ElidedLabel("", "small")
        self.choose_button = button(_("Choose the methods"), self._toggle_choosing, "quiet")
        self.choose_button.setCheckable(True)
        self.choosing = MethodChoice(context, step)
        self.choosing.hide()
        self.begin_buttons: dict[str, QPushButton] = {}
        self._cards = {key: self._make_card(method) for key, method in self._methods.items()}
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_card)
        context.session.noted.connect(self._take_note)
        self._show_chosen()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(M)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.choose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        for part in (self.tabs, self._none, *self._cards.values()):
            column.addWidget(part)
        column.addLayout(foot)
        column.addWidget(self.choosing)

    def _make_card(self, method: Method) -> QWidget:
        _, say = self._context.gettext, self._context.say
        minutes = _("{n} min").format(n=method.minutes)
        words = _("Begin: {minutes}").format(minutes=minutes)
        begin = button(words, lambda: self.begun.emit(method.id), "primary", "Enter")
        begin.setAccessibleName(
            _("Begin {method}: {minutes}").format(method=say(method.title), minutes=minutes)
        )
        self.begin_buttons[method.id] = begin
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(label(f"{say(method.title)} · {minutes}", "field"), 1)
        head.addWidget(begin)
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(label(say(method.purpose), "note"))
        column.addWidget(label(say(method.how)))
        column.addWidget(label(_("Say: {words}").format(words=say(method.say)), "field"))
        column.addStretch(1)
        return card

    @property
    def current(self) -> str | None:
        """The method whose card is shown."""
        place = self.tabs.currentIndex()
        return self.tabs.tabData(place) if place >= 0 else None

    def focus_entry(self) -> None:
        """Put the keyboard on the titles of the cards, or where methods are chosen when there is none."""
        first = self.tabs if self.tabs.count() else self.choose_button
        first.setFocus()
        bring_into_sight(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a title begins the method."""
        pressed = (
            event.key() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        )
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.begun.emit(self.current)
            return True
        return super().eventFilter(watched, event)

    def _toggle_choosing(self) -> None:
        choosing = self.choose_button.isChecked()
        _ = self._context.gettext
        words = _("End choosing") if choosing else _("Choose the methods")
        self.choose_button.setText(words)
        self.choose_button.setAccessibleName(words)
        self.choosing.setVisible(choosing)
        if choosing:
            self.choosing.setFocus()
            bring_into_sight(self.choosing)

    def _take_note(self, note: Note) -> None:
        if isinstance(note, Agenda) or (isinstance(note, Methods) and note.step == self._step.id):
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Bring the titles up to date; the card that is shown stays."""
        _, say, shown = self._context.gettext, self._context.say, self.current
        room = self._context.session.room
        chosen = [self._methods[key] for key in room.methods(self._step) if key in self._methods]
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for place, method in enumerate(chosen):
            self.tabs.addTab(f"{place + 1}. {say(method.title)}")
            self.tabs.setTabToolTip(place, say(method.title))
            self.tabs.setTabData(place, method.id)
            if method.id == shown:
                self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(bool(chosen))
        self._none.setVisible(not chosen)
        given = room.agenda(self._step.day).minutes_of(self._step)
        words = _("The methods take {n} of the {all} minutes of the step")
        total = sum(each.minutes for each in chosen)
        self.sum.show_text(words.format(n=total, all=given) if chosen else "")
        self._show_card()

    def _show_card(self, _place: int = 0) -> None:
        for key, card in self._cards.items():
            card.setVisible(key == self.current)


class MethodChoice(QListWidget):
    """All methods of the script. Space ticks one, Ctrl with an arrow moves it, and each change is kept."""

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__()
        self._context = context
        self._step = step
        _, say = context.gettext, context.say
        self.setAccessibleName(_("Methods to choose from: Space ticks, Ctrl+↑ and Ctrl+↓ move"))
        self.setToolTip(_("Space ticks, Ctrl+↑ and Ctrl+↓ move"))
        chosen = context.session.room.methods(step)
        methods = context.session.script.methods
        for method in sorted(methods, key=lambda each: _place(chosen, each.id)):
            item = QListWidgetItem(f"{say(method.title)} · {say(method.purpose)}")
            item.setData(_METHOD, method.id)
            item.setSizeHint(QSize(0, _ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if method.id in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(len(methods) * _ROW + 2 * self.frameWidth() + S)
        self.setCurrentRow(0)
        self.itemChanged.connect(self._keep)

    def event(self, event: QEvent) -> bool:
        """Here Ctrl with an arrow moves a method, whatever it does elsewhere at the step."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _distance(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the method one stands on with Ctrl and an arrow."""
        if by := _distance(event):
            self._move(by)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        row = self.currentRow()
        if not 0 <= row + by < self.count():
            return
        self.insertItem(row + by, self.takeItem(row))
        self.setCurrentRow(row + by)
        self._keep()

    def _keep(self, _item: QListWidgetItem | None = None) -> None:
        items = (self.item(row) for row in range(self.count()))
        chosen = tuple(each.data(_METHOD) for each in items if each.checkState() == Qt.CheckState.Checked)
        self._context.session.keep(Methods(step=self._step.id, methods=chosen))


def _distance(event: QKeyEvent) -> int:
    """Return by how many lines a key moves a method: 0 when it is another key."""
    by = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key(), 0)
    return by if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 0


def _place(chosen: tuple[str, ...], method: str) -> int:
    return chosen.index(method) if method in chosen else len(chosen)
