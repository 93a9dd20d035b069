"""What stands around the steps: the cover, the people, the gaps, the packages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from exports.model import PackageStamp
from exports.phrases import Phrases
from exports.reading import GroupReading
from exports.word.document import Document
from exports.word.markup import cells, row, table, text_cells, text_paragraph
from exports.word.styles import TEXT_WIDTH
from facilitator.domain.records import Participant
from facilitator.script.chain import Gap
from facilitator.script.model import Words

_COUNT_WIDTH = 25.0
_LABEL_WIDTH = 45.0


def new_document(phrases: Phrases) -> Document:
    """Return an empty report."""
    return Document(phrases.gettext("Contents"), phrases.gettext("Table"))


def add_cover(document: Document, project: str, event: str, title: str, subtitle: str) -> None:
    """Add what stands on the upper part of the first page."""
    document.text("Project", project)
    document.text("EventName", event)
    document.text("Title", title)
    document.text("Subtitle", subtitle)


def add_facts(document: Document, facts: Iterable[tuple[str, str]], style: str = "FactValue") -> None:
    """Add a list of names and values, without those that have no value."""
    widths = (_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH)
    rows = (
        row(cells(widths, (text_paragraph("FactName", name), text_paragraph(style, value))))
        for name, value in facts
        if value
    )
    document.add(table("FactTable", widths, rows))


def add_people(document: Document, readings: Sequence[GroupReading]) -> None:
    """Add how many people of which category and from which region took part."""
    phrases = readings[0].phrases
    _ = phrases.gettext
    people = [person for reading in readings for person in reading.snapshot.participants.values()]
    document.heading(1, _("Participants"), new_page=True)
    document.text("Normal", phrases.people(len(people)))
    if not people:
        return
    catalogues = readings[0].catalogues
    categories = {key: entry.title for key, entry in catalogues.categories.items()}
    regions = {key: entry.title for key, entry in catalogues.subjects.items()}
    document.caption(_("Participants by category"))
    _add_counts(document, phrases, _("Category"), _counted(people, "category", categories, phrases))
    document.caption(_("Participants by region"))
    _add_counts(document, phrases, _("Region"), _counted(people, "region", regions, phrases))


def _counted(
    people: Iterable[Participant], name: str, titles: Mapping[str, Words], phrases: Phrases
) -> list[tuple[str, int]]:
    """Count people by a catalogue, in its order; those who did not say come last."""
    counts = Counter(getattr(person, name) for person in people)
    order = {key: number for number, key in enumerate(titles)}
    known = sorted((key for key in counts if key is not None), key=lambda key: order.get(key, len(order)))
    told = [(phrases.of(titles[key]) if key in titles else key, counts[key]) for key in known]
    if counts[None]:
        told.append((phrases.gettext("not stated"), counts[None]))
    return told


def _add_counts(document: Document, phrases: Phrases, title: str, counts: Sequence[tuple[str, int]]) -> None:
    widths = (TEXT_WIDTH - _COUNT_WIDTH, _COUNT_WIDTH)

    def line(styles: tuple[str, str], name: str, number: str) -> list[str]:
        return cells(widths, (text_paragraph(styles[0], name), text_paragraph(styles[1], number)))

    rows = [row(line(("TableText", "TableNumber"), name, str(count))) for name, count in counts]
    total = str(sum(count for _name, count in counts))
    rows.append(row(line(("TableTotal", "TableTotalNumber"), phrases.gettext("Total"), total)))
    document.table(widths, line(("TableHead", "TableHeadRight"), title, phrases.gettext("People")), rows)


def add_gaps(document: Document, reading: GroupReading, gaps: tuple[Gap, ...]) -> None:
    """Add every card that lacks something in the chain from present norm to action, with what it lacks."""
    phrases = reading.phrases
    _ = phrases.gettext
    document.heading(1, _("Gaps in the chain"))
    lines = list(reading.gap_lines(gaps))
    if not lines:
        whole = _("The chain is whole: every statement has the links it needs.")
        document.text("Normal", whole if reading.numbers else _("Nothing has been recorded yet."))
        return
    written = phrases.ngettext(
        "{n} statement lacks a link or a detail.", "{n} statements lack a link or a detail.", len(lines)
    )
    document.text("Normal", written.format(n=len(lines)))
    document.caption(_("What the statements lack"))
    widths = (12.0, 28.0, TEXT_WIDTH - 100, 60.0)
    heads = (_("No."), _("Kind"), _("Statement"), _("What is missing"))
    rows = []
    for card, missing in lines:
        kind = phrases.of(reading.script.card_kind(card.kind).title)
        contents = (
            text_paragraph("TableIndex", reading.numbers[card.id]),
            text_paragraph("TableText", kind),
            text_paragraph("CellStatement", card.text),
            "".join(text_paragraph("TableText", each) for each in missing),
        )
        rows.append(row(cells(widths, contents)))
    document.table(widths, text_cells(widths, "TableHead", heads), rows)


def add_stamp(document: Document, phrases: Phrases, stamp: PackageStamp | None) -> None:
    """Add the package that the report can be checked against."""
    _ = phrases.gettext
    document.heading(1, _("Package"))
    if stamp is None:
        document.text("Normal", _("The package has not been made yet."))
        return
    document.text(
        "Normal",
        _("This report was made together with the signed package below and can be checked against it."),
    )
    add_facts(document, stamp_facts(phrases, stamp), "FactCode")


def stamp_facts(phrases: Phrases, stamp: PackageStamp) -> tuple[tuple[str, str], ...]:
    """Return what identifies a package, name by value."""
    _ = phrases.gettext
    return (
        (_("Package id"), stamp.package_id),
        (_("Fingerprint of the key"), stamp.fingerprint),
        (_("Revision"), str(stamp.rev)),
        (_("Made"), phrases.moment(stamp.created)),
    )
