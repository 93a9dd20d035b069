"""The commands that hand a group out and open it: assign, open."""

from argparse import Namespace
from functools import partial
from pathlib import Path

from exports.excel.register import read_register
from facilitator.errors import UserFault
from facilitator.script.catalogues import load_catalogues
from facilitator.services.assignments import Assignment
from facilitator.services.assignments import assign as write_assignment
from facilitator.services.assignments import open_assignment as make_group
from facilitator.services.commands import NewPerson
from ui.cli.keys import first_use_words, heard, signing_key
from ui.cli.roster_commands import organizer
from ui.cli.shell import Shell


def assign(arguments: Namespace, shell: Shell) -> int:
    """Write the assignment of a group, and the names of its people beside it, encrypted."""
    _ = shell.gettext
    people = _people(arguments.participants)
    made = write_assignment(
        arguments.roster,
        arguments.group,
        arguments.out,
        organizer(arguments, shell),
        event=arguments.event,
        moderator=arguments.moderator,
        people=people,
    )
    named = sum(bool(person.name) for person in people)
    lines = [
        _("Assignment of {principal}: {path}").format(principal=made.principal, path=made.path),
        _("Participants: {n}, with names: {named}").format(n=made.participants, named=named),
    ]
    if made.names:
        lines.append(_("Names, encrypted, go with it: {path}").format(path=made.names))
    elif named:
        lines.append(_("Names stay here: the roster says nobody to encrypt them to."))
    value = {
        "id": made.id,
        "principal": made.principal,
        "path": made.path,
        "participants": made.participants,
        "names": made.names,
    }
    shell.answer(value, lines)
    return 0


def _people(path: Path | None) -> tuple[NewPerson, ...]:
    return () if path is None else read_register(path, load_catalogues())


def open_assignment(arguments: Namespace, shell: Shell) -> int:
    """Make a group's file from an assignment; with a key that fits, the names beside it are entered too."""
    _ = shell.gettext
    try:
        opened = _open(arguments, shell, with_names=bool(arguments.key or shell.home.key_path.exists()))
    except UserFault as fault:
        if fault.code != "key-passphrase-needed":
            raise
        opened = _open(arguments, shell, with_names=False)
    trusted = opened.trusted
    if trusted.first_use and arguments.organizer is None:
        shell.note(first_use_words(trusted.digits, shell))
    principal = opened.package.envelope.principal
    lines = [_("Group {principal} is ready: {path}").format(principal=principal, path=arguments.out)]
    named = len(opened.persons)
    lines.append(_("Participants: {n}, with names: {named}").format(n=opened.participants, named=named))
    if opened.names and not named:
        words = _("The names beside it were not read: they are for another key, or yours is locked. {path}")
        lines.append(words.format(path=opened.names))
    value = {
        "principal": principal,
        "path": arguments.out,
        "participants": opened.participants,
        "names": named,
        "roster_version": trusted.files.roster.version,
        "organizer": {"digits": trusted.digits, "first_use": trusted.first_use},
    }
    shell.answer(value, lines)
    return 0


def _open(arguments: Namespace, shell: Shell, *, with_names: bool) -> Assignment:
    return make_group(
        arguments.assignment,
        arguments.out,
        shell.home,
        digits=heard(arguments),
        unlock=partial(signing_key, arguments, shell) if with_names else None,
    )
