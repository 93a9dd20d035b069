"""The steps of the session, each told as its kind asks, of one group or of many."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from exports.reading import GroupReading
from exports.word.document import Document
from exports.word.markup import cell, paragraph, row, run, text_paragraph
from exports.word.matrix import add_matrix
from exports.word.roadmap import add_roadmap
from exports.word.styles import TEXT_WIDTH
from facilitator.domain.records import Card
from facilitator.script.model import CardKind, ScriptStep

_INDEX, _SOURCE, _DOTS = 12.0, 27.0, 17.0
_CLUSTER_LEVEL = 3


Readings = Sequence[GroupReading]


class Entry(NamedTuple):
    """A card within the group that recorded it."""

    reading: GroupReading
    card: Card


def add_step(
    document: Document, step: ScriptStep, readings: Readings, title: str, level: int, *, asked: bool = True
) -> None:
    """Add a step under a heading of this ``level``: the question if ``asked``, then the cards."""
    told = any(reading.cards(step) for reading in readings)
    wide = told and step.kind in WIDE_KINDS
    document.turn(landscape=wide)
    document.heading(level, title, new_page=wide)
    question = run(f"{readings[0].phrases.of(step.question)}\n") if asked else ""
    document.add(paragraph("Question", question, run(" · ".join(_facts(step, readings)), "Facts")))
    for reading in readings:
        if note := reading.note(step):
            written = reading.phrases.gettext("Note: {text}").format(text=note)
            document.text("Details", f"{reading.label}: {written}" if reading.label else written)
    if told:
        TELLERS[step.kind](document, step, readings, level)


def _facts(step: ScriptStep, readings: Readings) -> list[str]:
    phrases = readings[0].phrases
    cards = [(reading, card) for reading in readings for card in reading.cards(step)]
    counted = phrases.actions if step.kind == "plan" else phrases.statements
    facts = [counted(len(cards)) if cards else phrases.gettext("Nothing was recorded at this step.")]
    dots = sum(reading.dots(card) for reading, card in cards)
    if dots:
        facts.append(phrases.dots(dots))
    withheld = sum(reading.withheld[kind.id] for reading in readings for kind in step.card_kinds)
    if withheld:
        written = phrases.ngettext(
            "{n} statement stays with its author and is not published",
            "{n} statements stay with their authors and are not published",
            withheld,
        )
        facts.append(written.format(n=withheld))
    return facts


def _add_collected(document: Document, step: ScriptStep, readings: Readings, level: int) -> None:
    for kind in step.card_kinds:
        if len(step.card_kinds) > 1:
            document.heading(level + 1, readings[0].phrases.of(kind.plural))
        for title, entries in _clustered(step, kind, readings):
            if title:
                document.heading(_CLUSTER_LEVEL, title)
            add_statements(document, entries)


def _clustered(step: ScriptStep, kind: CardKind, readings: Readings) -> list[tuple[str, list[Entry]]]:
    """Return the cards under the titles of their clusters; those of one title stand together."""
    titles: dict[str, str] = {}
    members: dict[str, list[Entry]] = {}
    loose: list[Entry] = []
    for reading in readings:
        keys: dict[str | None, str] = {}
        for cluster in reading.snapshot.clusters_of(step.id):
            key = cluster.title.strip().casefold()
            titles.setdefault(key, cluster.title)
            keys[cluster.id] = key
        for card in reading.snapshot.cards_of(kind.id):
            together = members.setdefault(keys[card.cluster], []) if card.cluster in keys else loose
            together.append(Entry(reading, card))
    clustered = [(title, members[key]) for key, title in titles.items() if key in members]
    if loose:
        title = readings[0].phrases.gettext("Without a cluster") if clustered else ""
        clustered.append((title, loose))
    return clustered


def _entries(kind: CardKind, readings: Readings) -> list[Entry]:
    return [Entry(reading, card) for reading in readings for card in reading.snapshot.cards_of(kind.id)]


def _add_texts(document: Document, step: ScriptStep, readings: Readings, level: int) -> None:
    for kind in step.card_kinds:
        entries = _entries(kind, readings)
        if not entries:
            continue
        if len(step.card_kinds) > 1:
            document.heading(level + 1, readings[0].phrases.of(kind.plural))
        if kind.single:
            for entry in entries:
                _add_agreed_text(document, entry)
        else:
            add_statements(document, entries, with_authors=True)


def _add_agreed_text(document: Document, entry: Entry) -> None:
    reading, card = entry
    title = " · ".join(filter(None, (reading.numbers[card.id], reading.label)))
    document.text("AgreedLabel", title)
    document.text("AgreedText", card.text)
    document.add(_details(entry, with_dots=True))


def add_statements(document: Document, entries: Sequence[Entry], *, with_authors: bool = False) -> None:
    """Add a table of statements, with columns for sources and dots where there are any."""
    phrases = entries[0].reading.phrases
    _ = phrases.gettext
    source = _SOURCE if any(entry.reading.label for entry in entries) else 0.0
    dots = _DOTS if any(entry.reading.dots(entry.card) for entry in entries) else 0.0
    widths = (_INDEX, TEXT_WIDTH - _INDEX - source - dots, source, dots)
    heads = (
        text_paragraph("TableHead", _("No.")),
        text_paragraph("TableHead", _("Statement")),
        text_paragraph("TableHead", _("Source")),
        text_paragraph("TableHeadRight", _("Dots")),
    )
    head = [cell(width, content) for width, content in zip(widths, heads, strict=True) if width]
    rows = (_statement_row(entry, widths, with_authors) for entry in entries)
    document.table([width for width in widths if width], head, rows)


def _statement_row(entry: Entry, widths: Sequence[float], with_authors: bool) -> str:
    reading, card = entry
    author = reading.author(card) if with_authors else ""
    contents = (
        text_paragraph("TableIndex", reading.numbers[card.id]),
        text_paragraph("Statement", card.text) + _details(entry, author),
        text_paragraph("TableIndex", reading.label),
        paragraph("TableNumber", run(str(reading.dots(card) or "–"), "Dots")),
    )
    return row(cell(width, content) for width, content in zip(widths, contents, strict=True) if width)


def _details(entry: Entry, author: str = "", *, with_dots: bool = False) -> str:
    """Return what is said of a card beside its text, a paragraph for the facts and one for each relation."""
    reading, card = entry
    dots = reading.dots(card)
    facts = [author, reading.phrases.dots(dots) if with_dots and dots else "", *reading.facts(card)]
    told = " · ".join(filter(None, facts))
    first = paragraph("Details", run(told, "Remark")) if told else ""
    lines = (*reading.spoken_for(card), *reading.link_words(card), *reading.agreement(card))
    return first + "".join(text_paragraph("Details", line) for line in lines)


Teller = Callable[[Document, ScriptStep, Sequence[GroupReading], int], None]

TELLERS: Mapping[str, Teller] = {
    "collect": _add_collected,
    "texts": _add_texts,
    "compose": _add_texts,
    "matrix": add_matrix,
    "plan": add_roadmap,
}
"""How each kind of step is told."""

WIDE_KINDS = frozenset(("matrix", "plan"))
"""The kinds whose tables need landscape pages."""
