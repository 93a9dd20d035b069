"""``facilitator report``: a document from a group's file or a centre."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from exports.excel import write_consolidated_workbook
from exports.word import write_consolidated_report, write_group_report
from facilitator.errors import UserFault
from facilitator.files import check_replaceable
from facilitator.texts import load_texts
from ui.cli.shell import Shell
from ui.reports import consolidated_report, group_report

_Writer = Callable[[Path, Path, Shell], None]


def _group_docx(source: Path, out: Path, shell: Shell) -> None:
    write_group_report(group_report(source), load_texts("exports", shell.language), shell.language, out)


def _consolidated_docx(source: Path, out: Path, shell: Shell) -> None:
    write_consolidated_report(
        consolidated_report(source), load_texts("exports", shell.language), shell.language, out
    )


def _consolidated_xlsx(source: Path, out: Path, shell: Shell) -> None:
    write_consolidated_workbook(
        consolidated_report(source), load_texts("exports", shell.language), shell.language, out
    )


WRITERS: Mapping[tuple[str, str], _Writer] = {
    ("group", "docx"): _group_docx,
    ("consolidated", "docx"): _consolidated_docx,
    ("consolidated", "xlsx"): _consolidated_xlsx,
}
SOURCES: Mapping[str, str] = {"group": ".fgroup", "consolidated": ".fcentre"}
"""What each kind of report is made from, by the end of the file's name."""


def report(arguments: Namespace, shell: Shell) -> int:
    """Write a report.

    Raises ``UserFault("report-unknown")`` for a kind that has no such format, ``report-needs-group`` or
    ``report-needs-centre`` for another of the program's files, ``file-exists`` rather than write over the
    source or a file of another sort.
    """
    writer = WRITERS.get((arguments.kind, arguments.format))
    if writer is None:
        raise UserFault("report-unknown", kind=arguments.kind, format=arguments.format)
    check_replaceable(arguments.out, arguments.source)
    try:
        writer(arguments.source, arguments.out, shell)
    except UserFault as fault:
        if fault.code == "not-a-facilitator-file":
            _tell_another_sort(arguments.source, arguments.kind)
        raise
    line = shell.gettext("Written: {path}").format(path=arguments.out)
    shell.answer({"path": arguments.out, "kind": arguments.kind, "format": arguments.format}, [line])
    return 0


def _tell_another_sort(source: Path, kind: str) -> None:
    """Say what the report needs, where the name says that another of the program's files was given."""
    if source.suffix not in {".fgroup", ".fcentre", ".fpkg"} - {SOURCES[kind]}:
        return
    if kind == "group":
        raise UserFault("report-needs-group", path=source)
    raise UserFault("report-needs-centre", path=source)
