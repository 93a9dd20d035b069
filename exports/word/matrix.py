"""The table of a matrix step: counterparty → product → effect, each row one chain of cards."""

from collections.abc import Iterator, Sequence

from exports.chains import Chain, chains
from exports.reading import GroupReading
from exports.word.document import Document
from exports.word.markup import MERGE_ON, MERGE_START, cell, row, text_cells, text_paragraph
from exports.word.styles import WIDE_TEXT_WIDTH
from facilitator.domain.records import Card
from facilitator.script.model import FieldDef, ScriptStep

_FIELD_SHARE = 0.8


def add_matrix(document: Document, step: ScriptStep, readings: Sequence[GroupReading], _level: int) -> None:
    """Add the table of a matrix step: a column for each kind, then the fields of the last kind."""
    phrases = readings[0].phrases
    kinds = [kind.id for kind in step.card_kinds]
    fields = step.card_kinds[-1].fields
    titles = [*(kind.title for kind in step.card_kinds), *(field.title for field in fields)]
    share = WIDE_TEXT_WIDTH / (len(kinds) + _FIELD_SHARE * len(fields))
    widths = [*(share for _kind in kinds), *(share * _FIELD_SHARE for _field in fields)]
    document.caption(" → ".join(phrases.of(kind.plural) for kind in step.card_kinds))
    head = text_cells(widths, "TableHead", map(phrases.of, titles))
    rows = (line for reading in readings for line in _rows(reading, kinds, fields, widths))
    document.table(widths, head, rows, style="GridTable")


def _rows(
    reading: GroupReading, kinds: Sequence[str], fields: Sequence[FieldDef], widths: Sequence[float]
) -> Iterator[str]:
    """Yield a row for each chain; a card that leads several rows spans them."""
    told: set[str] = set()
    previous: Chain = ()
    for chain in chains(reading.snapshot, kinds):
        cells = []
        same = True
        for column, card in enumerate(chain):
            same = same and bool(previous) and card is not None and card == previous[column]
            merge = MERGE_ON if same else MERGE_START
            content = text_paragraph("TableText", "") if same else _card(reading, card, fields, told)
            cells.append(cell(widths[column], content, merge if column < len(kinds) - 1 else ""))
        last = chain[-1]
        for width, field in zip(widths[len(kinds) :], fields, strict=True):
            value = reading.field(last, field.id) if last else ""
            cells.append(cell(width, text_paragraph("CellStatement", value or "–")))
        yield row(cells)
        previous = chain


def _card(reading: GroupReading, card: Card | None, fields: Sequence[FieldDef], told: set[str]) -> str:
    """Return the paragraphs of a card: in full where it stands first, its number where it stands again."""
    if card is None:
        return text_paragraph("CellStatement", "–")
    number = " · ".join(filter(None, (reading.numbers[card.id], reading.label)))
    if card.id in told:
        seen = reading.phrases.gettext("{number}, see above").format(number=reading.numbers[card.id])
        return text_paragraph("Details", seen)
    told.add(card.id)
    dots = reading.dots(card)
    shown = {reading.phrases.of(field.title) for field in fields}
    facts = [
        reading.phrases.dots(dots) if dots else "",
        reading.cluster_title(card),
        reading.standing(card),
        *reading.marks(card),
        *(f"{title}: {value}" for title, value in reading.fields(card) if title not in shown),
    ]
    details = " · ".join(filter(None, facts))
    lines = [text_paragraph("Details", number), text_paragraph("CellStatement", card.text)]
    if details:
        lines.append(text_paragraph("Details", details))
    more = (*reading.spoken_for(card), *reading.agreement(card))
    lines.extend(text_paragraph("Details", line) for line in more)
    return "".join(lines)
