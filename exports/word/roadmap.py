"""The roadmap: a landscape table in the form that executive authorities use."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exports.phrases import Phrases
from exports.reading import GroupReading
from exports.word.document import Document
from exports.word.markup import cell, cells, row, spanning, text_cells, text_paragraph
from facilitator.domain.records import Card
from facilitator.script.model import ScriptStep

_RESPONSIBLE = "responsible"
_WIDTHS = (8.0, 37.0, 15.3, 15.3, 25.0, 22.5, 23.5, 25.0, 23.5, 23.0, 23.0, 25.9)
_CITED = 40


def roadmap_heads(phrases: Phrases) -> tuple[str, ...]:
    """Return the heads of the roadmap's columns."""
    _ = phrases.gettext
    return (
        _("No."),
        _("Action"),
        _("Start"),
        _("End"),
        _("Responsible"),
        _("Co-executors"),
        _("Level"),
        _("Kind of document"),
        _("Result"),
        _("Indicator (base → target)"),
        _("Funding"),
        _("Link"),
    )


def add_roadmap(document: Document, step: ScriptStep, readings: Sequence[GroupReading], _level: int) -> None:
    """Add the roadmap of one group, or of many with a band for each theme."""
    phrases = readings[0].phrases
    head = text_cells(_WIDTHS, "SmallHead", roadmap_heads(phrases))
    document.table(_WIDTHS, head, _rows(step, readings), style="PlanTable")


def _rows(step: ScriptStep, readings: Sequence[GroupReading]) -> Iterator[str]:
    kinds = [kind.id for kind in step.card_kinds]
    for theme, group in groupby(readings, key=lambda reading: reading.theme):
        actions = [(reading, card) for reading in group for card in reading.snapshot.cards_of(*kinds)]
        if actions and len(readings) > 1:
            yield row([cell(sum(_WIDTHS), text_paragraph("BandHead", theme), spanning(len(_WIDTHS)))])
        yield from (_row(reading, card) for reading, card in actions)


def _row(reading: GroupReading, card: Card) -> str:
    first, action, *rest = roadmap_values(reading, card)
    facts = [
        reading.label,
        reading.phrases.dots(reading.dots(card)) if reading.dots(card) else "",
        reading.phrases.status(card.status),
        *reading.marks(card),
        reading.cluster_title(card),
    ]
    details = " · ".join(filter(None, facts))
    lines = [text_paragraph("SmallStatement", action)]
    if details:
        lines.append(text_paragraph("SmallDetails", details))
    lines.extend(text_paragraph("SmallDetails", line) for line in reading.agreement(card))
    contents = [text_paragraph("SmallDetails", first), "".join(lines)]
    contents.extend(text_paragraph("SmallText", value or "–") for value in rest)
    return row(cells(_WIDTHS, contents))


def roadmap_values(reading: GroupReading, card: Card) -> tuple[str, ...]:
    """Return what stands in each column of the roadmap for an action; nothing where nothing was said."""
    links = dict(reading.links(card))
    indicator, base, target = (reading.field(card, name) for name in ("indicator", "base", "target"))
    change = f"{base or '–'} → {target or '–'}" if base or target else ""
    others = reading.link_words(card, without=_RESPONSIBLE, limit=_CITED)
    return (
        reading.numbers[card.id],
        card.text,
        reading.field(card, "start"),
        reading.field(card, "end"),
        "; ".join(owner.text for owner in links.get(_RESPONSIBLE, ())),
        reading.field(card, "coexecutors"),
        reading.field(card, "level"),
        reading.field(card, "document"),
        reading.field(card, "result"),
        "\n".join(filter(None, (indicator, change))),
        reading.field(card, "funding"),
        "\n".join(others),
    )
