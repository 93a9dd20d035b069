"""The tables of the workbook, each a list of columns and rows over all groups."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from exports.chains import chains
from exports.consolidation import Source
from exports.excel.sheet import Column, Value, day_or_text, number_or_text
from exports.phrases import Phrases
from exports.reading import GroupReading
from exports.roadmap import roadmap_row
from facilitator.domain.records import Card
from facilitator.script.model import Script, ScriptStep


class Table(NamedTuple):
    """What a sheet holds."""

    title: str
    columns: Sequence[Column]
    rows: Iterator[Sequence[Value]]


def tables_of(script: Script, sources: Sequence[Source], phrases: Phrases) -> Iterator[Table]:
    """Yield the tables of a centre in the order of their sheets."""
    _ = phrases.gettext
    group, theme = Column(_("Group"), 14), Column(_("Theme"), 24)
    statement, number = Column(_("Statement"), 54), Column(_("No."), 7)
    yield Table(
        _("Summary"),
        (
            group,
            theme,
            Column(_("District"), 24),
            Column(_("City"), 16),
            Column(_("Start"), 12),
            Column(_("End"), 12),
            Column(_("Moderator"), 20),
            Column(_("Participants"), 13),
            Column(_("Statements"), 15),
            Column(_("Dots"), 10),
            Column(_("With gaps"), 13),
            Column(_("Diverging versions"), 16),
        ),
        _summary(sources, phrases),
    )
    details = (
        Column(_("Cluster"), 20),
        Column(_("Dots"), 9),
        Column(_("Status"), 12),
        Column(_("Marks"), 20),
    )
    yield Table(
        _("Statements"),
        (
            group,
            theme,
            Column(_("Step"), 16),
            Column(_("Kind"), 15),
            number,
            statement,
            *details,
            Column(_("Details"), 38),
            Column(_("Agreement"), 20),
        ),
        _statements(script, sources, phrases),
    )
    yield Table(
        _("Links"),
        (
            group,
            theme,
            number,
            statement,
            Column(_("Link"), 16),
            Column(_("No. of the other"), 12),
            Column(_("Other statement"), 54),
        ),
        _links(script, sources, phrases),
    )
    for step in script.steps:
        if step.kind == "matrix":
            kinds = [Column(phrases.of(kind.title), 40) for kind in step.card_kinds]
            fields = [Column(phrases.of(field.title), 34) for field in step.card_kinds[-1].fields]
            title = phrases.of(step.card_kinds[-1].plural)
            yield Table(title, (group, theme, *kinds, *fields), _matrix(step, sources))
        elif step.kind == "plan":
            columns = (group, theme, *_plan_columns(phrases))
            yield Table(phrases.of(step.title), columns, _plan(step, sources))
    yield Table(
        _("Participants"),
        (group, theme, Column(_("Participant"), 20), Column(_("Region"), 36), Column(_("Category"), 36)),
        _people(sources),
    )
    yield Table(
        _("Packages"),
        (
            group,
            Column(_("Signer"), 18),
            Column(_("Package id"), 68),
            Column(_("Fingerprint of the key"), 54),
            Column(_("Revision"), 11),
            Column(_("Made (UTC)"), 18),
        ),
        _packages(sources),
    )


def _summary(sources: Sequence[Source], phrases: Phrases) -> Iterator[Sequence[Value]]:
    for group, reading, _counted in sources:
        snapshot = reading.snapshot
        yield (
            reading.label,
            reading.theme,
            reading.district,
            snapshot.event.city,
            date.fromisoformat(snapshot.event.starts),
            date.fromisoformat(snapshot.event.ends),
            snapshot.group.moderator,
            len(snapshot.participants),
            len(reading.numbers),
            sum(map(reading.dots, snapshot.cards.values())),
            len(list(reading.gap_lines(group.gaps))),
            phrases.gettext("yes") if group.conflicting else "",
        )


def _statements(script: Script, sources: Sequence[Source], phrases: Phrases) -> Iterator[Sequence[Value]]:
    for step in script.steps:
        for _group, reading, _counted in sources:
            for card in reading.cards(step):
                yield (
                    reading.label,
                    reading.theme,
                    phrases.of(step.title),
                    phrases.of(script.card_kind(card.kind).title),
                    reading.numbers[card.id],
                    card.text,
                    reading.cluster_title(card),
                    reading.dots(card),
                    reading.standing(card) or phrases.gettext("open"),
                    ", ".join(reading.marks(card)),
                    "; ".join(f"{title}: {value}" for title, value in reading.fields(card)),
                    "; ".join(reading.agreement(card)),
                )


def _links(script: Script, sources: Sequence[Source], phrases: Phrases) -> Iterator[Sequence[Value]]:
    for _group, reading, _counted in sources:
        for step in script.steps:
            for card in reading.cards(step):
                for relation, targets in reading.links(card):
                    title = phrases.of(script.relation(relation).title)
                    for target in targets:
                        first = (reading.label, reading.theme, reading.numbers[card.id], card.text, title)
                        yield (*first, reading.numbers[target.id], target.text)


def _matrix(step: ScriptStep, sources: Sequence[Source]) -> Iterator[Sequence[Value]]:
    fields = step.card_kinds[-1].fields
    for _group, reading, _counted in sources:
        for chain in chains(reading.snapshot, [kind.id for kind in step.card_kinds]):
            last = chain[-1]
            values = [reading.field(last, field.id) if last else "" for field in fields]
            yield (reading.label, reading.theme, *(card.text if card else "" for card in chain), *values)


def _plan_columns(phrases: Phrases) -> tuple[Column, ...]:
    _ = phrases.gettext
    return (
        Column(_("No."), 7),
        Column(_("Action"), 44),
        Column(_("Start"), 13),
        Column(_("End"), 13),
        Column(_("Responsible"), 24),
        Column(_("Co-executors"), 22),
        Column(_("Level"), 16),
        Column(_("Kind of document"), 20),
        Column(_("Result"), 22),
        Column(_("Indicator"), 20),
        Column(_("Base"), 9),
        Column(_("Target"), 9),
        Column(_("Funding"), 20),
        Column(_("Link"), 30),
    )


def _plan(step: ScriptStep, sources: Sequence[Source]) -> Iterator[Sequence[Value]]:
    for _group, reading, _counted in sources:
        for card in reading.cards(step):
            row = roadmap_row(reading, card)
            yield (
                reading.label,
                reading.theme,
                row.number,
                row.action,
                _day(reading, card, "start"),
                _day(reading, card, "end"),
                row.responsible,
                row.coexecutors,
                row.level,
                row.document,
                row.result,
                row.indicator,
                number_or_text(row.base),
                number_or_text(row.target),
                row.funding,
                row.links,
            )


def _day(reading: GroupReading, card: Card, name: str) -> Value:
    return day_or_text(str(card.fields.get(name, "")), reading.field(card, name))


def _people(sources: Sequence[Source]) -> Iterator[Sequence[Value]]:
    for _group, reading, counted in sources:
        if counted:
            for person in reading.snapshot.participants.values():
                yield (
                    reading.label,
                    reading.theme,
                    person.label,
                    reading.region(person),
                    reading.category(person),
                )


def _packages(sources: Sequence[Source]) -> Iterator[Sequence[Value]]:
    for group, reading, _counted in sources:
        stamp = group.stamp
        made = datetime.fromisoformat(stamp.created).replace(tzinfo=None)
        yield (reading.label, group.principal, stamp.package_id, stamp.fingerprint, stamp.rev, made)
