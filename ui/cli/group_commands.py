"""The commands on a group's file: record, show, export, restore."""

from argparse import Namespace
from collections import Counter
from dataclasses import asdict

from facilitator.domain.records import encode_record
from facilitator.script.chain import find_gaps
from facilitator.services.exporting import export_group
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group, restore_group
from facilitator.services.records_file import record_file
from facilitator.storage.backup import list_backups
from ui.cli.keys import recipients, signing_key
from ui.cli.shell import Shell


def record(arguments: Namespace, shell: Shell) -> int:
    """Take records from a file into a group's file."""
    taken = record_file(arguments.group, arguments.records)
    line = shell.texts.ngettext("Recorded {n} record.", "Recorded {n} records.", taken).format(n=taken)
    shell.answer({"recorded": taken, "path": arguments.group}, [line])
    return 0


def show(arguments: Namespace, shell: Shell) -> int:
    """Tell what a group's file holds and which gaps its chain has."""
    with open_group(arguments.group) as service:
        shell.answer(_summary(service), _summary_lines(service, shell))
    return 0


def _summary(service: GroupService) -> dict[str, object]:
    group = service.snapshot
    states = {step.step: step.state for step in group.steps.values()}
    return {
        "event": _bare(encode_record(group.event)),
        "group": _bare(encode_record(group.group)),
        "counts": dict(Counter(card.kind for card in group.cards.values())),
        "steps": [
            {
                "step": step.id,
                "state": states.get(step.id, "waiting"),
                "cards": len(group.cards_of(*(kind.id for kind in step.card_kinds))),
            }
            for step in service.script.steps
        ],
        "gaps": [gap._asdict() for gap in find_gaps(service.script, group)],
    }


def _bare(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name != "type"}


def _summary_lines(service: GroupService, shell: Shell) -> list[str]:
    _ = shell.gettext
    group, script = service.snapshot, service.script
    theme = service.catalogues.themes[group.group.theme].title.in_language(shell.language)
    lines = [
        _("{city}, {starts}: group {number}, “{theme}”").format(
            city=group.event.city, starts=group.event.starts, number=group.group.number, theme=theme
        )
    ]
    for step in script.steps:
        count = len(group.cards_of(*(kind.id for kind in step.card_kinds)))
        lines.append(f"  {step.title.in_language(shell.language)}: {count}")
    gaps = find_gaps(script, group)
    words = {
        (need.kind, need.missing): need.words.in_language(shell.language) for need in script.requirements
    }
    lines.append(_("Gaps in the chain: {n}").format(n=len(gaps)))
    for gap in gaps:
        lines.append(f"  «{' '.join(group.cards[gap.card].text.split())}» — {words[gap.kind, gap.missing]}")
    return lines


def export(arguments: Namespace, shell: Shell) -> int:
    """Write a group's signed package, or that of its people's names, encrypted to those who may read it."""
    _ = shell.gettext
    key = signing_key(arguments, shell)
    readers = recipients(arguments.encrypt_to)
    with open_group(arguments.group) as service:
        made = export_group(
            service,
            arguments.package,
            key,
            shell.home.replica(),
            content="persons" if arguments.persons else "group",
            recipients=readers or (service.roster.recipients if arguments.persons and service.roster else ()),
        )
    lines = [
        _("Package {principal}, revision {rev}: written and checked. {path}").format(
            principal=made.principal, rev=made.rev, path=made.path
        )
    ]
    if made.recipients:
        lines.append(_("Only these can read it: {recipients}").format(recipients=", ".join(made.recipients)))
    shell.answer(asdict(made), lines)
    return 0


def restore(arguments: Namespace, shell: Shell) -> int:
    """List the copies of a group's file, or put one in its place."""
    _ = shell.gettext
    if arguments.list:
        backups = list_backups(arguments.group)
        value = [{"name": each.name, "made": each.made.isoformat(), "sound": each.sound} for each in backups]
        verdicts = {True: _("sound"), False: _("DAMAGED")}
        lines = [f"{each.name}  {verdicts[each.sound]}  {each.size}" for each in backups]
        shell.answer({"backups": value}, lines or [_("There are no copies of this file.")])
        return 0
    chosen, aside = restore_group(arguments.group, arguments.backup)
    lines = [_("Restored from the copy {name}.").format(name=chosen.name)]
    if aside:
        lines.append(_("The former file is kept: {path}").format(path=aside))
    shell.answer({"restored": chosen.name, "former": aside}, lines)
    return 0
