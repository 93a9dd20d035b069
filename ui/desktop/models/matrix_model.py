"""The rows of a matrix step: each card beside the cards that are linked to it, kind after kind."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import stands
from facilitator.script.model import CardKind, FieldDef, Script, ScriptStep
from facilitator.services.commands import AddCards, ChangeCards, Command, SetLinks
from facilitator.services.commands.tables import End
from ui.desktop.context import Context
from ui.desktop.models.clearing import TableClearing
from ui.desktop.models.pasting import Grid, TableEntry, UnreadableCell
from ui.desktop.models.sheet_model import Cell, Choices, Column, SheetModel, Tone


class Line(NamedTuple):
    """One row: a card of each kind, from the first to the last, ``None`` where there is none."""

    cards: tuple[str | None, ...]


class Levels:
    """The kinds of a matrix step in order, and the relation that leads from each to the kind before it."""

    def __init__(self, step: ScriptStep, script: Script) -> None:
        self.kinds = step.card_kinds
        self.relations = tuple(
            next(
                relation.id
                for relation in script.relations
                if later.id in relation.sources and earlier.id in relation.targets
            )
            for earlier, later in zip(self.kinds, self.kinds[1:], strict=False)
        )

    def lines(self, group: GroupSnapshot, opened: str | None) -> Iterator[Line]:
        """Yield linked cards row by row, an empty row to add to, then cards without a link, kind by kind.

        A card of the first kind is followed by a row with room for more beneath it, and so is ``opened``.
        """
        empty: tuple[None, ...] = (None,) * len(self.kinds)
        for card in group.cards_of(self.kinds[0].id):
            for path in self._paths(card, 0, group, opened):
                yield Line(path)
        yield Line(empty)
        for level in range(1, len(self.kinds)):
            for card in group.cards_of(self.kinds[level].id):
                if not group.links_from(card.id, self.relations[level - 1]):
                    for path in self._paths(card, level, group, opened):
                        yield Line(empty[:level] + path)

    def _paths(
        self, card: Card, level: int, group: GroupSnapshot, opened: str | None
    ) -> Iterator[tuple[str | None, ...]]:
        below = len(self.kinds) - level - 1
        if below == 0:
            yield (card.id,)
            return
        linked = {link.source for link in group.links_to(card.id, self.relations[level])}
        children = [child for child in group.cards_of(self.kinds[level + 1].id) if child.id in linked]
        for child in children:
            for path in self._paths(child, level + 1, group, opened):
                yield (card.id, *path)
        if level == 0 or not children or card.id == opened:
            yield (card.id, *(None,) * below)


class MatrixModel(SheetModel):
    """The table of a matrix step: for each kind the text of a card, then the card's fields."""

    def __init__(self, context: Context, step: ScriptStep, parent: QObject | None = None) -> None:
        self.levels = Levels(step, context.session.script)
        self._opened: str | None = None
        self._places: list[tuple[int, FieldDef | None]] = []
        columns = []
        for level, kind in enumerate(self.levels.kinds):
            for field in (None, *kind.fields):
                self._places.append((level, field))
                columns.append(_column(context, kind, field))
        super().__init__(context, tuple(columns), parent)

    def wanted_rows(self) -> Iterator[Line]:
        """Return the lines of the matrix as the group's links make them."""
        return self.levels.lines(self.group, self._opened)

    def cards_in(self, key: Any) -> tuple[str, ...]:
        """Return the cards of a line."""
        return tuple(card for card in key.cards if card is not None)

    def column_of(self, card: str) -> int:
        """Return the column in which a card's text stands."""
        kind = self.group.cards[card].kind
        level = [each.id for each in self.levels.kinds].index(kind)
        return self._places.index((level, None))

    def parent_of(self, row: int, column: int) -> str | None:
        """Return the card that a new card typed here belongs to: in this line, else the nearest one above."""
        level = self._places[column][0]
        root = self.rows[row].cards[0]
        while level > 0 and row >= 0 and self.rows[row].cards[0] == root:
            card = self.rows[row].cards[level - 1]
            if card is not None or root is None:
                return card  # type: ignore[no-any-return]  # rows are lines
            row -= 1
        return None

    def open_line(self, row: int, column: int) -> tuple[int, int] | None:
        """Make room for one more card under the parent of the one in this cell; return the free cell."""
        level = self._places[column][0]
        cards = self.rows[row].cards
        parent = next((card for card in reversed(cards[:level]) if card is not None), None)
        if parent is None:
            empty = Line((None,) * len(self.levels.kinds))
            return self.rows.index(empty), self._places.index((level, None))
        self._opened = parent
        self.refresh()
        depth = cards.index(parent)
        free = Line((*cards[: depth + 1], *(None,) * (len(cards) - depth - 1)))
        return self.rows.index(free), self._places.index((depth + 1, None))

    def links_of(self, row: int, column: int) -> tuple[Card, str, Choices] | None:
        """Return the card in a cell, the relation to the kind before it, and the cards it may lead to."""
        level = self._places[column][0]
        key = self.rows[row].cards[level]
        if key is None or level == 0:
            return None
        relation = self.levels.relations[level - 1]
        chosen = tuple(link.target for link in self.group.links_from(key, relation))
        return self.group.cards[key], relation, Choices(self._options(level - 1), chosen, many=True)

    def make_cell(self, row: int, column: int) -> Cell:
        """Return a card's text or field, or the invitation to add one."""
        level, field = self._places[column]
        key = self.rows[row].cards[level]
        if key is None:
            return self._free_cell(row, level, field)
        card = self.group.cards[key]
        same = self._same_above(row, level)
        goes_on = row + 1 < len(self.rows) and self._same_above(row + 1, level)
        tone: Tone = "value" if stands(card) else "muted"
        text = card.text if field is None else str(card.fields.get(field.id, ""))
        return Cell("" if same else text, text, tone, key, goes_on=goes_on)

    def command(self, row: int, column: int, value: str | tuple[str, ...]) -> Command | None:
        """Change the card in a cell, add one with its link, or link the card beside it."""
        level, field = self._places[column]
        line = self.rows[row]
        if isinstance(value, tuple):
            return SetLinks(line.cards[level + 1], self.levels.relations[level], value) if value else None
        key = line.cards[level]
        if key is None:
            return self._addition(row, column, value)
        card = self.group.cards[key]
        if field is not None:
            return _field_change(card, field.id, value)
        if value.strip() and value.strip() != card.text:
            return ChangeCards((key,), {"text": value})
        return None

    def pasted(self, row: int, column: int, grid: Grid) -> Command | None:
        """Return the act that puts a block of cells into the table.

        Over a card it changes what is there, row by row. In a free cell each row of the block makes cards
        that are linked to each other; an empty cell, and one that repeats the cell above, stands for the card
        above.
        """
        entry = TableEntry()
        start = self._places[column][0]
        parent: End | None = self.parent_of(row, column)
        above: list[End | None] = [None] * len(self.levels.kinds)
        if start:
            above[start - 1] = parent
        for place, line in enumerate(grid):
            if self.rows[row].cards[start] is not None and row + place < len(self.rows):
                self._paste_over(entry, row + place, column, line)
            else:
                self._paste_anew(entry, above, column, line, place)
        return entry.command()

    def _paste_over(self, entry: TableEntry, row: int, column: int, line: Sequence[str]) -> None:
        cards: list[End | None] = list(self.rows[row].cards)
        for at, text in enumerate(line, column):
            level, field = self._places[at]
            card = cards[level]
            if not text or (card is None and field is not None):
                continue
            if card is None:
                above = cards[level - 1] if level else None
                cards[level] = self._make(entry, level, text, above or self.parent_of(row, at))
            elif field is not None:
                entry.set_field(card if isinstance(card, int) else self.group.cards[card], field.id, text)
            elif isinstance(card, str):
                entry.set_text(self.group.cards[card], text)

    def _paste_anew(
        self, entry: TableEntry, above: list[End | None], column: int, line: Sequence[str], row: int
    ) -> None:
        """Make the cards of a row; ``above`` are those of the row before, and then those of this one."""
        for at, text in enumerate(line, column):
            level, field = self._places[at]
            card = above[level]
            if not text:
                continue
            if field is None:
                if not self._same(entry, card, text):
                    above[level:] = [None] * (len(above) - level)
                    above[level] = self._found(level, text) or self._make(
                        entry, level, text, above[level - 1] if level else None
                    )
            elif card is None:
                raise UnreadableCell(row, at, text)
            else:
                entry.set_field(card if isinstance(card, int) else self.group.cards[card], field.id, text)

    def _make(self, entry: TableEntry, level: int, text: str, parent: End | None) -> int:
        made = entry.add(self.levels.kinds[level].id, text)
        if parent is not None:
            entry.link(made, self.levels.relations[level - 1], parent)
        return made

    def _found(self, level: int, text: str) -> str | None:
        """Return the card of the first kind that has these words: one counterparty brings many products."""
        if level:
            return None
        cards = self.group.cards_of(self.levels.kinds[0].id)
        return next((card.id for card in cards if card.text.casefold() == text.casefold()), None)

    def _same(self, entry: TableEntry, card: End | None, text: str) -> bool:
        """Whether a card of the row above has these words."""
        if card is None:
            return False
        words = entry.made[card].text if isinstance(card, int) else self.group.cards[card].text
        return words.casefold() == text.casefold()

    def clear_cell(self, clearing: TableClearing, row: int, column: int) -> None:
        """Remove the card whose text stands in the cell, or empty the field."""
        level, field = self._places[column]
        key = self.rows[row].cards[level]
        if key is not None and field is None:
            clearing.remove(key)
        elif key is not None and field is not None and field.id in self.group.cards[key].fields:
            clearing.empty(key, field.id)

    def _addition(self, row: int, column: int, value: str) -> Command | None:
        texts = tuple(line.strip() for line in value.splitlines() if line.strip())
        if not texts:
            return None
        level = self._places[column][0]
        parent = self.parent_of(row, column)
        links = ((self.levels.relations[level - 1], parent),) if parent else ()
        return AddCards(self.levels.kinds[level].id, texts, links=links)

    def _free_cell(self, row: int, level: int, field: FieldDef | None) -> Cell:
        cards = self.rows[row].cards
        if field is not None:
            return Cell(editable=False)
        child = cards[level + 1] if level + 1 < len(cards) else None
        if child is not None:
            words = self.missing(child).get(self.levels.relations[level], "")
            choices = Choices(self._options(level), (), many=False)
            return Cell(words, "", "missing", child, choices, editable=bool(choices.options))
        if level + 1 < len(cards) and any(cards[level + 1 :]):
            return Cell(editable=False)
        first_free = cards[level - 1] is not None if level else not any(cards)
        hint = f"+ {self.context.say(self.levels.kinds[level].title)}" if first_free else ""
        return Cell(hint, "", "hint")

    def _options(self, level: int) -> tuple[tuple[str, str], ...]:
        return tuple((card.id, card.text) for card in self.group.cards_of(self.levels.kinds[level].id))

    def _same_above(self, row: int, level: int) -> bool:
        path = self.rows[row].cards[: level + 1]
        return row > 0 and path[-1] is not None and self.rows[row - 1].cards[: level + 1] == path


def _column(context: Context, kind: CardKind, field: FieldDef | None) -> Column:
    if field is None:
        return Column(context.say(kind.title), 212)
    return Column(context.say(field.title), 150, context.say(field.hint) if field.hint else "")


def _field_change(card: Card, field: str, value: str) -> Command | None:
    fields = {name: old for name, old in card.fields.items() if name != field}
    if value.strip():
        fields[field] = value.strip()
    return ChangeCards((card.id,), {"fields": fields}) if fields != card.fields else None
