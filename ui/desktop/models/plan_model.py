"""The rows of a plan step: one action each, with its dates, its people and what it leads to."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from facilitator.domain.records import Card
from facilitator.room.voting import is_voted_on
from facilitator.script.chain import stands
from facilitator.script.model import FieldDef, ScriptStep
from facilitator.services.commands import AddCards, ChangeCards, Command
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.clearing import TableClearing
from ui.desktop.models.pasting import Grid, TableEntry, UnreadableCell
from ui.desktop.models.plan_dates import first_day, last_day, read_date, show_date
from ui.desktop.models.sheet_model import Cell, Choices, Column, SheetModel, Tone

NUMBER, TEXT = 0, 1
_NEW = ""
"""The key of the empty last row."""
OWN_COLUMN = "responsible"
_FIRST_FIELDS = ("start", "end", OWN_COLUMN, "coexecutors")
_WIDTHS = {"start": 104, "end": 116, OWN_COLUMN: 170, "level": 140, "base": 90, "target": 90}


class PlanColumn(NamedTuple):
    """What a column after the text stands for: a field of the card, or relations to other cards."""

    field: FieldDef | None
    relations: tuple[str, ...] = ()


class PlanModel(SheetModel):
    """The table of a plan step. Its order is that of the roadmap's form: dates, people, the rest, links."""

    def __init__(self, context: Context, step: ScriptStep, parent: QObject | None = None) -> None:
        self.kind = step.card_kinds[0]
        relations = [each.id for each in context.session.script.relations_from(self.kind.id)]
        own = [PlanColumn(None, (each,)) for each in relations if each == OWN_COLUMN]
        others = tuple(each for each in relations if each != OWN_COLUMN)
        places = sorted([*map(PlanColumn, self.kind.fields), *own], key=_rank)
        self._places = (*places, PlanColumn(None, others))
        columns = [Column(context.gettext("No."), 48), Column(context.say(self.kind.title), 250)]
        columns += [_column(context, place) for place in self._places]
        super().__init__(context, tuple(columns), parent)

    def wanted_rows(self) -> Iterator[str]:
        """Return the actions in their order, and an empty row to add to."""
        yield from (card.id for card in self.group.cards_of(self.kind.id))
        yield _NEW

    def cards_in(self, key: Any) -> tuple[str, ...]:
        """Return the action of a row."""
        return (key,) if key else ()

    def refresh(self, changes: Changes | None = None) -> None:
        """Follow the group; the numbers move with the rows."""
        before = len(self.rows)
        super().refresh(changes)
        if len(self.rows) != before:
            last = self.index(len(self.rows) - 1, NUMBER)
            self.dataChanged.emit(self.index(0, NUMBER), last, [Qt.ItemDataRole.DisplayRole])

    def relations_in(self, column: int) -> tuple[str, ...]:
        """Return the relations that a column shows."""
        return self._places[column - 2].relations if column > TEXT else ()

    def is_date(self, column: int) -> bool:
        """Whether a column takes dates."""
        field = self._places[column - 2].field if column > TEXT else None
        return field is not None and field.type == "date"

    def action(self, row: int) -> Card | None:
        """Return the action of a row, or ``None`` in the empty one."""
        return self.group.cards.get(self.rows[row])

    def results_left(self) -> Choices:
        """Return the results of the earlier steps that no action sees to yet, under the plural of their kind.

        Those the chain has no other way for come first.
        """
        options: list[tuple[str, str]] = []
        for relation in self._places[-1].relations:
            for kind in self.context.session.script.relation(relation).targets:
                left = [card for card in self.group.cards_of(kind) if self._is_left(card, relation)]
                if left:
                    plural = self.context.say(self.context.session.script.card_kind(kind).plural)
                    options.append(("", f"{plural} · {len(left)}"))
                urgent = sorted(left, key=lambda card: not self.missing(card.id))
                options += [(card.id, card.text) for card in urgent]
        return Choices(tuple(options), (), many=False)

    def taking(self, result: str) -> AddCards:
        """Return the act that makes an action of a result, linked to it, in words that can be edited."""
        card = self.group.cards[result]
        script = self.context.session.script
        relation = next(
            each for each in self._places[-1].relations if card.kind in script.relation(each).targets
        )
        words = _proposal(self.context, relation).format(text=card.text)
        return AddCards(self.kind.id, (words[: self.kind.limit],), links=((relation, result),))

    def make_cell(self, row: int, column: int) -> Cell:
        """Return what an action says in a column, or in words what is missing there."""
        card = self.action(row)
        if card is None:
            hint = f"+ {self.context.say(self.kind.title)}" if column == TEXT else ""
            return Cell(hint, "", "hint", editable=column == TEXT)
        tone: Tone = "value" if stands(card) else "muted"
        if column == NUMBER:
            return Cell(str(row + 1), "", "muted", card.id, editable=False)
        if column == TEXT:
            note = "; ".join(self.missing(card.id).values())
            return Cell(card.text, card.text, tone, card.id, editable=not self._is_frozen(card), note=note)
        place = self._places[column - 2]
        cell = (
            self._link_cell(card, place.relations, tone)
            if place.relations
            else self._field_cell(card, place, tone)
        )
        if not cell.shown:
            words = self._missing_in(card, place)
            return Cell(words, cell.text, "missing" if words else tone, card.id, cell.choices)
        return cell

    def command(self, row: int, column: int, value: str | tuple[str, ...]) -> Command | None:
        """Change an action, or add one; dates are taken as people write them.

        Raises ``ValueError`` when a date cannot be understood.
        """
        card = self.action(row)
        if card is None:
            texts = tuple(line.strip() for line in str(value).splitlines() if line.strip())
            return AddCards(self.kind.id, texts) if texts else None
        if column == TEXT:
            text = str(value).strip()
            return ChangeCards((card.id,), {"text": text}) if text and text != card.text else None
        field = self._places[column - 2].field
        if field is None:
            return None
        if isinstance(value, tuple):
            return _change(card, field.id, value[0] if value else "")
        return _change(card, field.id, read_date(value) if field.type == "date" else value.strip())

    def pasted(self, row: int, column: int, grid: Grid) -> Command | None:
        """Return the act that changes the actions one pastes over, and makes one of each row below them."""
        entry = TableEntry()
        for place, line in enumerate(grid):
            card = self.action(row + place) if row + place < len(self.rows) else None
            words = line[TEXT - column] if 0 <= TEXT - column < len(line) else ""
            if card is None and not words:
                raise UnreadableCell(place, max(column, TEXT), next(filter(None, line)))
            action: Card | int = card if card is not None else entry.add(self.kind.id, words)
            if card is not None and words:
                entry.set_text(card, words)
            for at, text in enumerate(line, column):
                if text and at > TEXT:
                    self._paste_cell(entry, action, at, text, place)
        return entry.command()

    def _paste_cell(self, entry: TableEntry, action: Card | int, column: int, text: str, row: int) -> None:
        place = self._places[column - 2]
        if place.field is not None:
            value = self._read(place.field, text)
            if value is None:
                raise UnreadableCell(row, column, text)
            entry.set_field(action, place.field.id, value)
            return
        for name in filter(None, map(str.strip, text.splitlines())):
            found = self._linked_by_name(place.relations, name)
            if found is None and place.relations != (OWN_COLUMN,):
                raise UnreadableCell(row, column, name)
            relation, target = found or (OWN_COLUMN, self._made(entry, name))
            entry.link(action if isinstance(action, int) else action.id, relation, target)

    def _read(self, field: FieldDef, text: str) -> str | None:
        """Return a pasted value as the group keeps it, or ``None``."""
        if field.type == "date":
            try:
                return read_date(text)
            except ValueError:
                return None
        if field.type == "choice":
            words = text.casefold()
            fits = (
                each.id
                for each in field.options
                if words in (each.id, self.context.say(each.title).casefold())
            )
            return next(fits, None)
        return text

    def _linked_by_name(self, relations: Iterable[str], name: str) -> tuple[str, str] | None:
        """Return the relation and the card that have these words, whatever their case."""
        for relation in relations:
            for card in self.group.cards_of(*self.context.session.script.relation(relation).targets):
                if " ".join(card.text.split()).casefold() == " ".join(name.split()).casefold():
                    return relation, card.id
        return None

    def _made(self, entry: TableEntry, name: str) -> int:
        """Return a responsible party that is not there yet: one for all rows that name it."""
        (kind,) = self.context.session.script.relation(OWN_COLUMN).targets
        same = (
            place
            for place, each in enumerate(entry.made)
            if (each.kind, each.text.casefold()) == (kind, name.casefold())
        )
        there = next(same, None)
        return entry.add(kind, name) if there is None else there

    def clear_cell(self, clearing: TableClearing, row: int, column: int) -> None:
        """Remove the action, empty the field, or let go of the links."""
        card = self.action(row)
        if card is None:
            return
        if column <= TEXT:
            clearing.remove(card.id)
            return
        place = self._places[column - 2]
        if place.field is not None and place.field.id in card.fields:
            clearing.empty(card.id, place.field.id)
        for relation in place.relations:
            if self.group.links_from(card.id, relation):
                clearing.unlink(card.id, relation)

    def _is_frozen(self, card: Card) -> bool:
        session = self.context.session
        return is_voted_on(card, session.snapshot, session.script, session.room)

    def _field_cell(self, card: Card, place: PlanColumn, tone: Tone) -> Cell:
        field = place.field
        stored = card.fields.get(field.id, "") if field else ""
        value = ", ".join(stored) if isinstance(stored, list) else str(stored)
        if field is None or field.type == "text":
            return Cell(value, value, tone, card.id)
        if field.type == "date":
            shown = show_date(value, self.context.language)
            if field.id == "end" and _ends_too_early(card):
                words = self.context.gettext("earlier than the start")
                return Cell(f"{shown}\n{words}", shown, "wrong", card.id)
            return Cell(shown, shown, tone, card.id)
        options = {option.id: self.context.say(option.title) for option in field.options}
        choices = Choices((("", "—"), *options.items()), (value,), many=False)
        return Cell(options.get(value, value), value, tone, card.id, choices)

    def _link_cell(self, card: Card, relations: tuple[str, ...], tone: Tone) -> Cell:
        targets = [link.target for name in relations for link in self.group.links_from(card.id, name)]
        texts = [" ".join(self.group.cards[target].text.split()) for target in targets]
        shown = "\n".join(texts) if len(texts) < 2 else "\n".join(f"• {text}" for text in texts)
        choices = Choices(tuple(self._options(relations)), tuple(targets), many=True)
        return Cell(shown, "", tone, card.id, choices)

    def _options(self, relations: Iterable[str]) -> Iterator[tuple[str, str]]:
        script = self.context.session.script
        kinds = [kind for name in relations for kind in script.relation(name).targets]
        for kind in dict.fromkeys(kinds):
            if len(kinds) > 1:
                yield "", self.context.say(script.card_kind(kind).plural)
            yield from ((card.id, card.text) for card in self.group.cards_of(kind))

    def _is_left(self, card: Card, relation: str) -> bool:
        actions = (self.group.cards[link.source] for link in self.group.links_to(card.id, relation))
        return stands(card) and not any(stands(action) for action in actions)

    def _missing_in(self, card: Card, place: PlanColumn) -> str:
        names = {*place.relations, place.field.id if place.field else ""}
        lacking = self.missing(card.id).items()
        return next((words for need, words in lacking if not names.isdisjoint(need.split("|"))), "")


def _proposal(context: Context, relation: str) -> str:
    """Return the wording of an action that sees to a result; ``{text}`` stands for the result's words."""
    _ = context.gettext
    known = {"delivers": _("Bring into being: {text}"), "removes": _("Remove the barrier: {text}")}
    return known.get(relation, "{text}")


def _ends_too_early(card: Card) -> bool:
    start, end = str(card.fields.get("start", "")), str(card.fields.get("end", ""))
    return bool(start and end) and last_day(end) < first_day(start)


def _rank(place: PlanColumn) -> int:
    name = place.field.id if place.field else OWN_COLUMN
    return _FIRST_FIELDS.index(name) if name in _FIRST_FIELDS else len(_FIRST_FIELDS)


def _column(context: Context, place: PlanColumn) -> Column:
    if place.field is not None:
        hint = context.say(place.field.hint) if place.field.hint else ""
        return Column(context.say(place.field.title), _WIDTHS.get(place.field.id, 172), hint)
    if place.relations == (OWN_COLUMN,):
        return Column(context.gettext("Responsible"), _WIDTHS[OWN_COLUMN])
    return Column(context.gettext("Link"), 240)


def _change(card: Card, field: str, value: str) -> Command | None:
    fields = {name: old for name, old in card.fields.items() if name != field}
    if value:
        fields[field] = value
    return ChangeCards((card.id,), {"fields": fields}) if fields != card.fields else None
