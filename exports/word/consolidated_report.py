"""The report of a whole centre, theme by theme, as a Word document."""

from collections import Counter
from collections.abc import Sequence
from gettext import NullTranslations
from itertools import groupby
from pathlib import Path

from exports.consolidation import Source, discussed, district_short, sources_of
from exports.model import ConsolidatedReport
from exports.phrases import Phrases
from exports.word.container import Properties, docx_bytes
from exports.word.document import Document
from exports.word.markup import cells, row, text_cells, text_paragraph
from exports.word.matter import add_cover, add_facts, add_people, new_document
from exports.word.steps import add_step
from exports.word.styles import TEXT_WIDTH
from facilitator.files import write_atomically

_LABEL, _NUMBER = 30.0, 27.0


def write_consolidated_report(
    report: ConsolidatedReport, texts: NullTranslations, language: str, path: Path
) -> None:
    """Write a centre's report to ``path``; the same report gives the same bytes.

    ``texts`` is the catalogue ``exports`` of ``language``, ``ru`` or ``en``.
    Raises what ``write_atomically`` raises.
    """
    write_atomically(path, consolidated_report_bytes(report, texts, language))


def consolidated_report_bytes(report: ConsolidatedReport, texts: NullTranslations, language: str) -> bytes:
    """Return a centre's report as the bytes of a ``.docx``."""
    phrases = Phrases(texts, language)
    sources = sources_of(report, phrases)
    document = new_document(phrases)
    properties = _add_cover(document, report, phrases, sources)
    document.contents()
    _add_summary(document, phrases, sources)
    add_people(document, [source.reading for source in sources if source.counted])
    for theme, group in groupby(sources, key=lambda source: source.reading.theme):
        _add_theme(document, report, phrases, theme, tuple(group))
    _add_roadmap(document, report, phrases, sources)
    _add_gaps(document, phrases, sources)
    _add_packages(document, report, phrases, sources)
    return docx_bytes(document.body(), properties)


def _add_cover(
    document: Document, report: ConsolidatedReport, phrases: Phrases, sources: Sequence[Source]
) -> Properties:
    _ = phrases.gettext
    title = _("Consolidated report")
    project = phrases.of(report.script.title)
    events = {source.group.snapshot.event.id: source for source in sources}
    districts = list(dict.fromkeys(source.reading.district for source in sources))
    names = list(dict.fromkeys(source.reading.event_title for source in events.values()))
    starts = min(source.group.snapshot.event.starts for source in sources)
    ends = max(source.group.snapshot.event.ends for source in sources)
    cities = ", ".join(dict.fromkeys(source.group.snapshot.event.city for source in sources))
    subtitle = ", ".join(districts)
    add_cover(document, project, names[0] if len(names) == 1 else "", title, subtitle)
    principals = {source.group.principal for source in sources}
    facts = (
        (_("Dates"), phrases.days(starts, ends)),
        (_("City"), cities),
        (_("Groups"), str(len(principals))),
        (_("Themes"), str(len({source.reading.theme for source in sources}))),
    )
    add_facts(document, facts)
    shorts = dict.fromkeys(district_short(report, source.group.snapshot.event.district) for source in sources)
    return Properties(
        title=f"{title}. {subtitle}",
        subject=project,
        header=f"{title} · {', '.join(shorts)}",
        cover=f"{cities} · {ends[:4]}",
        page_pattern=_("page {page} of {pages}"),
        date=ends,
        language=phrases.language,
    )


def _add_summary(document: Document, phrases: Phrases, sources: Sequence[Source]) -> None:
    _ = phrases.gettext
    document.heading(1, _("Summary"), new_page=True)
    counted = [source for source in sources if source.counted]
    people = sum(len(source.reading.snapshot.participants) for source in counted)
    statements = sum(len(source.reading.numbers) for source in counted)
    groups = phrases.ngettext("{n} group", "{n} groups", len(counted)).format(n=len(counted))
    document.text("Normal", " · ".join((groups, phrases.people(people), phrases.statements(statements))))
    if any(source.group.conflicting for source in sources):
        document.text(
            "Normal", _("Groups marked “version” came in several diverging versions; each is told.")
        )
    document.caption(_("Groups"))
    widths = (_LABEL, TEXT_WIDTH - _LABEL - 56 - _NUMBER, 36.0, 20.0, _NUMBER)
    heads = (_("Group"), _("Theme"), _("Moderator"), _("People"), _("Statements"))
    looks = ("TableText", "TableText", "TableText", "TableNumber", "TableNumber")
    rows = []
    for _group, reading, _counted in sources:
        numbers = (str(len(reading.snapshot.participants)), str(len(reading.numbers)))
        values = (reading.label, reading.theme, reading.snapshot.group.moderator, *numbers)
        rows.append(row(cells(widths, map(text_paragraph, looks, values))))
    totals = (_("Total"), "", "", str(people), str(statements))
    total_looks = (*["TableTotal"] * 3, *["TableTotalNumber"] * 2)
    rows.append(row(cells(widths, map(text_paragraph, total_looks, totals))))
    head_looks = (*["TableHead"] * 3, *["TableHeadRight"] * 2)
    document.table(widths, cells(widths, map(text_paragraph, head_looks, heads)), rows)


def _add_theme(
    document: Document,
    report: ConsolidatedReport,
    phrases: Phrases,
    theme: str,
    sources: tuple[Source, ...],
) -> None:
    document.turn(landscape=False)
    document.heading(1, theme, new_page=True)
    document.text("Normal", discussed(report, phrases, sources))
    readings = [source.reading for source in sources]
    for number, step in enumerate(report.script.steps, 1):
        if step.kind == "plan" or not any(reading.has_told(step) for reading in readings):
            continue
        title = phrases.gettext("Step {n}. {title}").format(n=number, title=phrases.of(step.title))
        add_step(document, step, readings, title, level=2, asked=False)


def _add_roadmap(
    document: Document, report: ConsolidatedReport, phrases: Phrases, sources: Sequence[Source]
) -> None:
    readings = [source.reading for source in sources]
    for step in report.script.steps:
        if step.kind == "plan":
            add_step(document, step, readings, phrases.of(step.title), level=1, asked=False)


def _add_gaps(document: Document, phrases: Phrases, sources: Sequence[Source]) -> None:
    _ = phrases.gettext
    document.turn(landscape=False)
    document.heading(1, _("Gaps in the chain"))
    document.caption(_("Statements that lack a link or a detail, by group"))
    widths = (_LABEL, TEXT_WIDTH - _LABEL - 2 * _NUMBER, _NUMBER, _NUMBER)
    heads = ("TableHead", "TableHead", "TableHeadRight", "TableHeadRight")
    titles = (_("Group"), _("Theme"), _("Statements"), _("With gaps"))
    looks = ("TableText", "TableText", "TableNumber", "TableNumber")
    rows, missing = [], Counter[tuple[str, str]]()
    for group, reading, counted in sources:
        lines = list(reading.gap_lines(group.gaps))
        values = (reading.label, reading.theme, str(len(reading.numbers)), str(len(lines)))
        rows.append(row(cells(widths, map(text_paragraph, looks, values))))
        for line in lines if counted else ():
            kind = phrases.of(reading.script.card_kind(line.card.kind).title)
            missing.update((kind, each) for each in line.missing)
    document.table(widths, cells(widths, map(text_paragraph, heads, titles)), rows)
    if missing:
        _add_missing(document, phrases, missing)


def _add_missing(document: Document, phrases: Phrases, missing: Counter[tuple[str, str]]) -> None:
    _ = phrases.gettext
    document.caption(_("What the statements lack"))
    widths = (_LABEL + 10, TEXT_WIDTH - _LABEL - 10 - _NUMBER, _NUMBER)
    heads = ("TableHead", "TableHead", "TableHeadRight")
    titles = (_("Kind"), _("What is missing"), _("Statements"))
    looks = ("TableText", "TableText", "TableNumber")
    rows = [
        row(cells(widths, map(text_paragraph, looks, (kind, words, str(count)))))
        for (kind, words), count in missing.most_common()
    ]
    document.table(widths, cells(widths, map(text_paragraph, heads, titles)), rows)


def _add_packages(
    document: Document, report: ConsolidatedReport, phrases: Phrases, sources: Sequence[Source]
) -> None:
    _ = phrases.gettext
    document.heading(1, _("Packages"), new_page=True)
    document.text(
        "Normal", _("This report was made from the signed packages below and can be checked against them.")
    )
    widths = (27.0, 100.0, 17.0, TEXT_WIDTH - 144)
    titles = (_("Group"), _("Package id and fingerprint of the key"), _("Revision"), _("Made"))
    rows = []
    for group, reading, _counted in sources:
        identity = (group.stamp.package_id, group.stamp.fingerprint)
        contents = (
            text_paragraph("TableText", reading.label),
            "".join(text_paragraph("SmallCode", each) for each in identity),
            text_paragraph("TableText", str(group.stamp.rev)),
            text_paragraph("SmallText", phrases.moment(group.stamp.created)),
        )
        rows.append(row(cells(widths, contents)))
    document.table(widths, text_cells(widths, "TableHead", titles), rows)
    document.text("Caption", _("State of the centre (SHA-256)"))
    document.text("FactCode", report.state)
