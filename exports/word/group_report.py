"""The report of one group, as a Word document."""

from gettext import NullTranslations
from pathlib import Path

from exports.model import GroupReport
from exports.phrases import Phrases
from exports.reading import GroupReading
from exports.word.container import Properties, docx_bytes
from exports.word.document import Document
from exports.word.matter import add_cover, add_facts, add_gaps, add_people, add_stamp, new_document
from exports.word.steps import add_step
from facilitator.files import write_atomically


def write_group_report(report: GroupReport, texts: NullTranslations, language: str, path: Path) -> None:
    """Write a group's report to ``path``; the same report gives the same bytes.

    ``texts`` is the catalogue ``exports`` of ``language``, ``ru`` or ``en``.
    Raises what ``write_atomically`` raises.
    """
    write_atomically(path, group_report_bytes(report, texts, language))


def group_report_bytes(report: GroupReport, texts: NullTranslations, language: str) -> bytes:
    """Return a group's report as the bytes of a ``.docx``."""
    phrases = Phrases(texts, language)
    _ = phrases.gettext
    reading = GroupReading(report.snapshot, report.script, report.catalogues, phrases)
    title = _("Report of group {number}").format(number=report.snapshot.group.number)
    document = new_document(phrases)
    _add_cover(document, reading, title)
    document.contents()
    add_people(document, [reading])
    _add_steps(document, reading)
    document.turn(landscape=False)
    add_gaps(document, reading, report.gaps)
    add_stamp(document, phrases, report.stamp)
    properties = Properties(
        title=f"{title}. {reading.theme}",
        subject=f"{phrases.of(report.script.title)}. {reading.event_title}",
        header=_("Group {number} · {theme}").format(number=report.snapshot.group.number, theme=reading.theme),
        cover=f"{report.snapshot.event.city} · {report.snapshot.event.ends[:4]}",
        page_pattern=_("page {page} of {pages}"),
        date=report.snapshot.event.ends,
        language=language,
    )
    return docx_bytes(document.body(), properties)


def _add_cover(document: Document, reading: GroupReading, title: str) -> None:
    _ = reading.phrases.gettext
    event, group = reading.snapshot.event, reading.snapshot.group
    add_cover(document, reading.phrases.of(reading.script.title), reading.event_title, title, reading.theme)
    add_facts(
        document,
        (
            (_("Dates"), reading.phrases.days(event.starts, event.ends)),
            (_("City"), event.city),
            (_("Venue"), event.venue or ""),
            (_("Room"), group.room or ""),
            (_("Moderator"), group.moderator),
        ),
    )


def _add_steps(document: Document, reading: GroupReading) -> None:
    for number, step in enumerate(reading.script.steps, 1):
        name = reading.phrases.of(step.title)
        title = reading.phrases.gettext("Step {n}. {title}").format(n=number, title=name)
        add_step(document, step, [reading], title, level=1)
