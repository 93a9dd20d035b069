"""The roadmap: a landscape table in the form that executive authorities use."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exports.phrases import Phrases
from exports.reading import GroupReading
from exports.roadmap import RoadmapRow, roadmap_row
from exports.word.document import Document
from exports.word.markup import cell, cells, row, spanning, text_cells, text_paragraph
from facilitator.domain.records import Card
from facilitator.script.model import ScriptStep

_WIDTHS = (8.0, 33.0, 16.9, 16.9, 25.6, 23.4, 23.5, 24.0, 23.0, 22.5, 26.5, 23.7)


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
    document.caption(phrases.gettext("Actions of the roadmap"))
    document.table(_WIDTHS, head, _rows(step, readings), style="PlanTable")


def _rows(step: ScriptStep, readings: Sequence[GroupReading]) -> Iterator[str]:
    kinds = [kind.id for kind in step.card_kinds]
    for theme, group in groupby(readings, key=lambda reading: reading.theme):
        actions = [(reading, card) for reading in group for card in reading.snapshot.cards_of(*kinds)]
        if actions and len(readings) > 1:
            yield row([cell(sum(_WIDTHS), text_paragraph("BandHead", theme), spanning(len(_WIDTHS)))])
        yield from (_row(reading, card) for reading, card in actions)


def _row(reading: GroupReading, card: Card) -> str:
    planned = roadmap_row(reading, card)
    dots = reading.dots(card)
    facts = [
        reading.label,
        reading.phrases.dots(dots) if dots else "",
        reading.standing(card),
        *reading.marks(card),
        reading.cluster_title(card),
    ]
    details = " · ".join(filter(None, facts))
    lines = [text_paragraph("SmallStatement", planned.action)]
    told = (details, *reading.spoken_for(card), *reading.agreement(card))
    lines.extend(text_paragraph("SmallDetails", line) for line in told if line)
    rest = (
        planned.start,
        planned.end,
        planned.responsible,
        planned.coexecutors,
        planned.level,
        planned.document,
        planned.result,
        "\n".join(filter(None, (planned.indicator, _change(planned)))),
        planned.funding,
        planned.links,
    )
    contents = [text_paragraph("SmallDetails", planned.number), "".join(lines)]
    contents.extend(text_paragraph("SmallText", value or "–") for value in rest)
    return row(cells(_WIDTHS, contents))


def _change(planned: RoadmapRow) -> str:
    if not planned.base and not planned.target:
        return ""
    return f"{planned.base or '–'} → {planned.target or '–'}"
