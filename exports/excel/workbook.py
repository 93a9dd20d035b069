"""The consolidated workbook: the same report gives the same bytes."""

import io
import zipfile
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path

from openpyxl import Workbook
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from exports.consolidation import sources_of
from exports.excel.sheet import add_sheet, excel_text
from exports.excel.tables import tables_of
from exports.model import ConsolidatedReport
from exports.phrases import Phrases
from facilitator.files import write_atomically

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_consolidated_workbook(
    report: ConsolidatedReport, texts: NullTranslations, language: str, path: Path
) -> None:
    """Write a centre's workbook to ``path``; the same report gives the same bytes.

    ``texts`` is the catalogue ``exports`` of ``language``, ``ru`` or ``en``.
    Raises what ``write_atomically`` raises.
    """
    write_atomically(path, consolidated_workbook_bytes(report, texts, language))


def consolidated_workbook_bytes(report: ConsolidatedReport, texts: NullTranslations, language: str) -> bytes:
    """Return a centre's workbook as the bytes of an ``.xlsx``: a sheet for each kind of thing."""
    phrases = Phrases(texts, language)
    workbook = Workbook(write_only=True)
    for title, columns, rows in tables_of(report.script, sources_of(report, phrases), phrases):
        add_sheet(workbook, title, columns, rows)
    stamp = datetime.fromisoformat(max(group.snapshot.event.ends for group in report.groups))
    workbook.properties.title = excel_text(phrases.gettext("Consolidated report"))
    workbook.properties.subject = phrases.of(report.script.title)
    workbook.properties.creator = "Facilitator"
    workbook.properties.created = stamp
    target = io.BytesIO()
    workbook.save(target)
    # Saving writes the time of day into the properties and the archive.
    workbook.properties.modified = stamp
    return _without_times(target, {ARC_CORE: tostring(workbook.properties.to_tree())})


def _without_times(source: io.BytesIO, replaced: dict[str, bytes]) -> bytes:
    """Return the archive with every entry dated 1980 and some of them replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as dated:
        for name in archive.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(entry, replaced.get(name) or archive.read(name))
    return target.getvalue()
