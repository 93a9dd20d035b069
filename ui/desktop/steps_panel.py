"""The left side of the workspace: the steps by day with their state, and the group's other places."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from facilitator.room.agenda import Agenda
from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.agenda_words import day_now, drift_words, slots_of
from ui.desktop.context import Context
from ui.desktop.theme.tokens import BODY, SMALL, M, S, tokens_of

WIDTH = 264
MARK = 24
PAD = 5
SCROLL_BAR = 12
ROLE = Qt.ItemDataRole.UserRole


class Place(NamedTuple):
    """A line of the panel. ``mark`` is the number of a step; a heading has no ``key``."""

    key: str
    title: str
    note: str = ""
    mark: str = ""
    state: str = ""


class StepsPanel(QFrame):
    """Emits ``chosen`` with the key of a place: ``step:<id>``, ``people``, ``handover``, ``copies``."""

    chosen = Signal(str)
    clicked = Signal()
    """A place was chosen with the mouse; the arrow keys keep the keyboard in the list."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("role", "left-panel")
        self.setMinimumWidth(WIDTH)
        self._list = QListWidget()
        self._list.setAccessibleName(context.gettext("Steps and places of the group"))
        self._list.setItemDelegate(PlaceDelegate(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setStyleSheet("QListWidget { border: none; border-radius: 0; background: transparent; }")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.currentItemChanged.connect(self._choose)
        self._list.itemClicked.connect(lambda _item: self.clicked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(S, S, S, S)
        column.addWidget(self._list)
        self._items: dict[str, QListWidgetItem] = {}
        for place in self._places():
            self._add(place)
        context.session.changed.connect(self.refresh)
        context.session.noted.connect(lambda note: self.refresh() if isinstance(note, Agenda) else None)

    def add_below(self, part: QWidget) -> None:
        """Put something at the foot of the panel, below the list."""
        column = self.layout()
        if column is not None:
            column.addWidget(part)

    def select(self, key: str) -> None:
        """Show which place one is at, without asking to go there."""
        self._list.blockSignals(True)
        self._list.setCurrentItem(self._items[key])
        self._list.blockSignals(False)

    def refresh(self, _changes: Changes | None = None) -> None:
        """Bring states and counts up to date where they have changed."""
        for place in self._places():
            if place.key:
                self._fill(self._items[place.key], place)

    def _places(self) -> list[Place]:
        _ = self._context.gettext
        places: list[Place] = []
        day = 0
        now = datetime.now().astimezone()
        days = dict.fromkeys(step.day for step in self._context.session.script.steps)
        self._slots = {each: slots_of(self._context, each, now) for each in days}
        for number, step in enumerate(self._context.session.script.steps, 1):
            if step.day != day:
                day = step.day
                places.append(Place("", _("Day {n}").format(n=day)))
            places.append(self._step_place(step, number))
        drift = drift_words(self._context, self._slots[day_now(self._context)])
        people = len(self._context.session.snapshot.participants)
        counted = self._context.ngettext("{n} participant", "{n} participants", people).format(n=people)
        return [
            *places,
            Place("", _("This group")),
            Place("people", _("Participants"), counted, "☺"),
            Place("agenda", _("Agenda"), drift, "◷"),
            Place("chain", _("The chain"), mark="→"),
            Place("day", _("End of the day"), mark="☾"),
            Place("handover", _("Hand-over"), mark="↗"),
            Place("copies", _("Copies"), mark="↺"),
            Place("log", _("Log of acts"), mark="≡"),
        ]

    def _step_place(self, step: ScriptStep, number: int) -> Place:
        _ = self._context.gettext
        group = self._context.session.snapshot
        record = group.steps.get(f"{group.group.id}/{step.id}")
        state = record.state if record else "waiting"
        cards = len(group.cards_of(*(kind.id for kind in step.card_kinds)))
        states = {"waiting": "", "running": _("under way"), "done": ""}
        slot = next(each for each in self._slots[step.day] if each.step is step)
        parts = [
            f"{slot.planned:%H:%M}",
            _("{n} min").format(n=slot.minutes),
            self._context.ngettext("{n} card", "{n} cards", cards).format(n=cards) if cards else "",
            states[state],
        ]
        note = " · ".join(part for part in parts if part)
        return Place(f"step:{step.id}", self._context.say(step.title), note, str(number), state)

    def _add(self, place: Place) -> None:
        item = QListWidgetItem()
        if not place.key:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._fill(item, place)
        self._list.addItem(item)
        if place.key:
            self._items[place.key] = item

    def _fill(self, item: QListWidgetItem, place: Place) -> None:
        if item.data(ROLE) == place:
            return
        item.setData(ROLE, place)
        done = self._context.gettext("finished") if place.state == "done" else ""
        words = ", ".join(part for part in (place.title, place.note, done) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(words if place.key else "")

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(ROLE).key)


class PlaceDelegate(QStyledItemDelegate):
    """Paints a place: mark, title and a line of facts. A finished step has a tick, not a colour alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A heading is lower than a place; a place has room for its title in bold, beside a scroll bar."""
        place: Place = Place(*index.data(ROLE))
        if not place.key:
            return QSize(WIDTH - 2 * S, 30)
        width = WIDTH - 2 * S - MARK - 2 * M - S - SCROLL_BAR
        bold = QFont(option.font)
        bold.setPixelSize(BODY)
        bold.setWeight(QFont.Weight.DemiBold)
        title = QFontMetrics(bold).boundingRect(QRect(0, 0, width, 200), _WRAP, place.title).height()
        note = SMALL + 5 if place.note else 0
        return QSize(WIDTH - 2 * S, max(MARK + 2, title + note) + 2 * PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line of the panel."""
        place: Place = Place(*index.data(ROLE))
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not place.key:
            _write(painter, option.rect.adjusted(S, M, 0, 0), place.title, tokens.muted, SMALL, bold=True)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 2, -1, -2), 6, 6)
        mark = QRect(option.rect.left() + S, option.rect.top() + PAD + 2, MARK, MARK)
        self._paint_mark(painter, mark, place, option)
        words = option.rect.adjusted(S + MARK + M, PAD, -M, -PAD)
        if not place.note:
            words.adjust(0, S - PAD, 0, 0)
        _write(painter, words, place.title, tokens.text, BODY, bold=selected)
        foot = QRect(words.left(), words.bottom() - SMALL - 3, words.width(), SMALL + 6)
        _write(painter, foot, place.note, tokens.muted, SMALL)
        painter.restore()

    def _paint_mark(self, painter: QPainter, mark: QRect, place: Place, option: QStyleOptionViewItem) -> None:
        tokens = tokens_of(option.palette)
        running = place.state == "running"
        painter.setBrush(QColor(tokens.accent) if running else Qt.BrushStyle.NoBrush)
        colour = {"running": tokens.accent, "done": tokens.good, "waiting": tokens.control}.get(place.state)
        if colour is not None:
            painter.setPen(QPen(QColor(colour), 1.6))
            painter.drawEllipse(mark)
        text = "✓" if place.state == "done" else place.mark
        ink = tokens.on_accent if running else tokens.good if place.state == "done" else tokens.text
        _write(painter, mark, text, ink, SMALL, bold=True, flags=Qt.AlignmentFlag.AlignCenter)


_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def _write(
    painter: QPainter,
    place: QRect,
    text: str,
    colour: str,
    size: int,
    *,
    bold: bool = False,
    flags: Qt.AlignmentFlag | Qt.TextFlag = _WRAP,
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(place, int(flags), text)
