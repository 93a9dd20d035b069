"""``facilitator demo``: one whole session on the disk, made by the same commands as the window's."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from exports.excel import write_consolidated_workbook
from exports.word import write_consolidated_report, write_group_report
from facilitator.domain.records import Event, Group
from facilitator.errors import UserFault
from facilitator.files import translated_os_errors, write_atomically
from facilitator.packages.keys import SigningKey, create_key
from facilitator.packages.requests import read_request
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.demonstration import demonstration_event, demonstration_groups, record_group
from facilitator.services.exporting import ExportedPackage, export_group
from facilitator.services.home import Home
from facilitator.services.identity import enrolment_request
from facilitator.services.intake import Judge
from facilitator.services.rosters import EventPlan, Organizer, PlannedGroup, grant, start_roster
from facilitator.services.trust import TrustedRoster
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
        return self.root / "roster.fpkg"

    @property
    def allowed_signers(self) -> Path:
        return self.root / "allowed_signers"

    @property
    def centre(self) -> Path:
        return self.root / "skfo-2018.fcentre"

    @property
    def organizer_home(self) -> Home:
        return Home(self.root / "home")

    def make(self) -> None:
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise UserFault("folder-not-empty", path=self.root)
        with translated_os_errors(self.root):
            for folder in (self.groups, self.keys, self.packages, self.reports):
                folder.mkdir(parents=True)


@dataclass(frozen=True)
class _Made:
    """One group of the demonstration: its package, what it says of itself, and who leads it."""

    package: ExportedPackage
    group: Group
    moderator: SigningKey


def demo(arguments: Namespace, shell: Shell) -> int:
    """Record groups, sign their packages, enrol and merge them, write the reports, say what lies where."""
    _ = shell.gettext
    places = _Places(arguments.out.absolute())
    places.make()
    event = demonstration_event()
    made = [
        _make_group(number, story, event, places, shell)
        for number, story in enumerate(islice(cycle(demonstration_groups()), arguments.groups), 1)
    ]
    trusted = _enrol(places, event, made)
    merged = _merge(places, made, trusted)
    texts = load_texts("exports", shell.language)
    report = consolidated_report(places.centre)
    write_consolidated_report(report, texts, shell.language, places.reports / "consolidated.docx")
    write_consolidated_workbook(report, texts, shell.language, places.reports / "consolidated.xlsx")
    packages = [each.package for each in made]
    value = {
        "groups": merged.groups,
        "cards": merged.cards,
        "state": merged.state,
        "packages": [{"id": each.id, "principal": each.principal, "path": each.path} for each in packages],
        "roster": places.allowed_signers,
        "roster_package": places.roster,
        "centre": places.centre,
        "reports": sorted(places.reports.iterdir()),
    }
    shell.answer(
        value,
        [
            _("The demonstration lies in {path}").format(path=places.root),
            _("  groups/            {n} files of groups, ready to open").format(n=len(made)),
            _("  packages/          their signed packages"),
            _("  roster.fpkg        who may sign for which group, signed by the organizer (keys in keys/)"),
            _("  allowed_signers    the same for ssh-keygen"),
            _("  {name}  the centre: {n} statements").format(name=places.centre.name, n=merged.cards),
            _("  reports/           Word reports of the groups, the consolidated report for Word and Excel"),
        ],
    )
    if not arguments.no_window and _has_display():
        from ui.cli.window import open_window  # noqa: PLC0415  the command line works where Qt cannot

        return open_window(shell.home, shell.language)
    return 0


def _make_group(number: int, story: Path, event: Event, places: _Places, shell: Shell) -> _Made:
    """Record one group, write its report and its package."""
    name = f"{event.code}-g{number}"
    key = create_key(places.keys / name, None)
    texts = load_texts("exports", shell.language)
    with record_group(places.groups / f"{name}.fgroup", story, event, number) as service:
        package = export_group(service, places.packages / f"{name}.fpkg", key, shell.home.replica())
        write_group_report(group_report_of(service), texts, shell.language, places.reports / f"{name}.docx")
        group = service.snapshot.group
    shell.note(shell.gettext("Group {number}: recorded, signed, reported").format(number=number))
    return _Made(package, group, key)


def _enrol(places: _Places, event: Event, made: Sequence[_Made]) -> TrustedRoster:
    """Make the roster as an organizer does, a version for each moderator who asks."""
    organizer = Organizer(create_key(places.keys / "organizer", None), places.organizer_home)
    groups = [
        PlannedGroup(id=each.group.id, number=each.group.number, theme=each.group.theme) for each in made
    ]
    plan = EventPlan(
        id=event.id,
        code=event.code,
        script=event.script,
        district=event.district,
        city=event.city,
        starts=event.starts,
        ends=event.ends,
        groups=tuple(groups),
    )
    trusted = start_roster(places.roster, [plan], organizer)
    for each in made:
        request = read_request(enrolment_request(each.moderator, each.group.moderator))
        trusted = grant(places.roster, request, [each.package.principal], organizer)
    write_atomically(places.allowed_signers, trusted.files.allowed_signers)
    return trusted


def _merge(places: _Places, made: Sequence[_Made], trusted: TrustedRoster) -> MergeResult:
    with closing(CentreService.open(places.centre)) as centre:
        judge = Judge(trusted.files.signers, datetime.now(UTC))
        return centre.merge([each.package.path for each in made], judge)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
