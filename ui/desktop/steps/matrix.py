"""The page of a matrix step: counterparties, their products and the effects of these, in a table or drawn."""

from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QTabBar, QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.effects_map import make_heads, make_nodes
from ui.desktop.models.matrix_model import MatrixModel
from ui.desktop.steps.sheet_page import SheetPage
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import button
from ui.desktop.widgets.effects_map import EffectsMap
from ui.desktop.widgets.sheet import Sheet


class MatrixPage(SheetPage):
    """Typing beside a card adds a card that is linked to it in the same act."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        self.matrix = MatrixModel(context, step)
        sheet = Sheet(self.matrix, context.say(step.title), frozen=1)
        super().__init__(context, step, self.matrix, sheet, parent)
        self.setProperty("help", "effects")
        self.matrix.setParent(self)
        sheet.line_asked.connect(self.add_line)
        sheet.links_asked.connect(self.change_links)
        _ = context.gettext
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Ways to see the effects"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sheet_buttons = (
            button(_("Add a line"), lambda: self.add_line(sheet.currentIndex()), tip=_("Insert")),
            button(_("Change links"), lambda: self.change_links(sheet.currentIndex()), tip="F4"),
        )
        for part in (self.tabs, None, *self._sheet_buttons):
            self.add_to_head(part)
        self.map = EffectsMap(_("Who brings what, and what it changes"))
        self._map_area = QScrollArea()
        self._map_area.setWidgetResizable(True)
        self._map_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._map_area.setMinimumHeight(160)
        self._map_area.setWidget(self.map)
        self._map_area.hide()
        self.body.addWidget(self._map_area, 1)
        self._stale = True
        self._offer_ways(_("Table"), _("Picture"))
        self.map.card_asked.connect(self.show_card)
        self.map.chosen_at.connect(self._bring_into_sight)

    def refresh(self, changes: Changes) -> None:
        """Follow the group after an act."""
        super().refresh(changes)
        self._stale = True
        self._draw()
        self.tell()

    def focus_entry(self) -> None:
        """Put the keyboard where one goes on: into the table, or on the picture."""
        if self.drawn:
            self.map.setFocus()
        else:
            super().focus_entry()

    def show_card(self, card: str) -> None:
        """Go to a card in the table."""
        self.tabs.setCurrentIndex(0)
        super().show_card(card)

    @property
    def drawn(self) -> bool:
        """Whether the picture is shown, and not the table."""
        return self.tabs.currentIndex() == 1

    def tell(self) -> None:
        """Say what the row lacks, or how to work with the picture."""
        if not self.drawn:
            super().tell()
        elif self.map.nodes:
            self.status.setText(
                self.context.gettext("Arrows walk from box to box, Enter goes to its cell in the table.")
            )
        else:
            self.status.setText(
                self.context.gettext("Nothing to draw yet: write the first line of the table.")
            )

    def _offer_ways(self, *titles: str) -> None:
        for number, title in enumerate(titles):
            self.tabs.addTab(title)
            self.tabs.setTabToolTip(number, f"Ctrl+{number + 1}")
            keys = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(partial(self._go_to_way, number))
        self.tabs.currentChanged.connect(self._show_way)

    def _go_to_way(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)
        self.focus_entry()

    def _show_way(self) -> None:
        """Show the table or the picture; the card one stands on stays the same."""
        self.sheet.finish()
        here = self.matrix.cell(self.sheet.currentIndex().row(), self.sheet.currentIndex().column()).card
        focused = self.sheet.hasFocus() or self.map.hasFocus()
        self.sheet.setVisible(not self.drawn)
        self._map_area.setVisible(self.drawn)
        for each in self._sheet_buttons:
            each.setVisible(not self.drawn)
        self._draw()
        if self.drawn:
            self.map.choose(here if here in self.map.nodes else None)
        elif self.map.chosen is not None:
            super().show_card(self.map.chosen)
        if focused:
            self.focus_entry()
        self.tell()

    def _draw(self) -> None:
        """Draw the picture anew while it is shown."""
        if self.drawn and self._stale:
            self._stale = False
            levels = self.matrix.levels
            self.map.show_nodes(make_nodes(self.context, levels), make_heads(self.context, levels))

    def _bring_into_sight(self, box: QRect) -> None:
        middle = box.center()
        self._map_area.ensureVisible(middle.x(), middle.y(), box.width() // 2, box.height() // 2 + S)

    def add_line(self, index: QModelIndex) -> None:
        """Make room for one more card beside the one in a cell, and stand there."""
        place = self.matrix.open_line(index.row(), index.column()) if index.isValid() else None
        self.sheet.go(*(place or (self.entry_row(), self.entry_column())))
        self.sheet.setFocus()

    def change_links(self, index: QModelIndex) -> None:
        """Offer the cards that the one in a cell may belong to."""
        found = self.matrix.links_of(index.row(), index.column()) if index.isValid() else None
        if found is not None:
            card, relation, choices = found
            self.ask_links(index, card, choices, (relation,))

    def entry_row(self) -> int:
        """Return the empty row, in which a new card of the first kind is typed."""
        return next(row for row, key in enumerate(self.matrix.rows) if not any(key.cards))

    def entry_column(self) -> int:
        """Return the first column."""
        return 0

    def column_of(self, card: str) -> int:
        """Return the column of the card's kind."""
        return self.matrix.column_of(card)
