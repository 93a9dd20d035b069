"""``facilitator demo``: one whole session on the disk, made by the same commands as the window's."""

import os
import sys
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from exports.excel import write_consolidated_workbook
from exports.word import write_consolidated_report, write_group_report
from facilitator.domain.records import Event
from facilitator.errors import UserFault
from facilitator.files import translated_os_errors, write_atomically
from facilitator.packages.keys import create_key
from facilitator.packages.signers import load_signers
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.demonstration import demonstration_event, demonstration_groups, record_group
from facilitator.services.exporting import ExportedPackage, export_group
from facilitator.texts import load_texts
from ui.cli.shell import Shell
from ui.reports import consolidated_report, group_report_of


@dataclass(frozen=True)
class _Places:
    """What lies where under the demonstration's folder."""

    root: Path

    @property
    def groups(self) -> Path:
        return self.root / "groups"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def packages(self) -> Path:
        return self.root / "packages"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def roster(self) -> Path:
        return self.root / "allowed_signers"

    @property
    def centre(self) -> Path:
        return self.root / "skfo-2018.fcentre"

    def make(self) -> None:
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise UserFault("folder-not-empty", path=self.root)
        with translated_os_errors(self.root):
            for folder in (self.groups, self.keys, self.packages, self.reports):
                folder.mkdir(parents=True)


def demo(arguments: Namespace, shell: Shell) -> int:
    """Record groups, sign their packages, merge them, write the reports, and say what lies where."""
    _ = shell.gettext
    places = _Places(arguments.out.absolute())
    places.make()
    event = demonstration_event()
    made = [
        _make_group(number, story, event, places, shell)
        for number, story in enumerate(islice(cycle(demonstration_groups()), arguments.groups), 1)
    ]
    merged = _merge(places, made)
    texts = load_texts("exports", shell.language)
    report = consolidated_report(places.centre)
    write_consolidated_report(report, texts, shell.language, places.reports / "consolidated.docx")
    write_consolidated_workbook(report, texts, shell.language, places.reports / "consolidated.xlsx")
    value = {
        "groups": merged.groups,
        "cards": merged.cards,
        "state": merged.state,
        "packages": [{"id": each.id, "principal": each.principal, "path": each.path} for each in made],
        "roster": places.roster,
        "centre": places.centre,
        "reports": sorted(places.reports.iterdir()),
    }
    shell.answer(
        value,
        [
            _("The demonstration lies in {path}").format(path=places.root),
            _("  groups/            {n} files of groups, ready to open").format(n=len(made)),
            _("  packages/          their signed packages"),
            _("  allowed_signers    the roster the packages are checked against; the keys lie in keys/"),
            _("  {name}  the centre: {n} statements").format(name=places.centre.name, n=merged.cards),
            _("  reports/           Word reports of the groups, the consolidated report for Word and Excel"),
        ],
    )
    if not arguments.no_window and _has_display():
        from ui.cli.window import open_window  # noqa: PLC0415  the command line works where Qt cannot

        return open_window(shell.home, shell.language)
    return 0


def _make_group(number: int, story: Path, event: Event, places: _Places, shell: Shell) -> ExportedPackage:
    """Record one group, write its report and its package, and enrol its key."""
    name = f"{event.code}-g{number}"
    key = create_key(places.keys / name, None)
    texts = load_texts("exports", shell.language)
    with record_group(places.groups / f"{name}.fgroup", story, event, number) as service:
        package = export_group(service, places.packages / f"{name}.fpkg", key, shell.home.replica())
        write_group_report(group_report_of(service), texts, shell.language, places.reports / f"{name}.docx")
    _enrol(places.roster, f'{package.principal} namespaces="{PACKAGE_NAMESPACE}" {key.public_line}')
    shell.note(shell.gettext("Group {number}: recorded, signed, reported").format(number=number))
    return package


def _enrol(roster: Path, line: str) -> None:
    there = roster.read_text("ascii") if roster.exists() else ""
    write_atomically(roster, f"{there}{line}\n".encode("ascii"))


def _merge(places: _Places, made: list[ExportedPackage]) -> MergeResult:
    centre = CentreService.open(places.centre)
    try:
        return centre.merge([each.path for each in made], load_signers(places.roster), datetime.now(UTC))
    finally:
        centre.close()


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
