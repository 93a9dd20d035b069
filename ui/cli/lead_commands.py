"""The commands that a lead signs: collect, resolve."""

from argparse import Namespace
from contextlib import closing

from facilitator.domain.records import encode_record
from facilitator.errors import UserFault
from facilitator.merge.comparison import Difference
from facilitator.services.centre import CentreService
from facilitator.services.commands.command import describe
from facilitator.services.lead import collect as write_collection
from facilitator.services.lead import resolve as settle
from ui.cli.keys import signing_key
from ui.cli.shell import Shell
from ui.messages import outcome_words


def collect(arguments: Namespace, shell: Shell) -> int:
    """Write a collection of a centre's packages."""
    _ = shell.gettext
    key = signing_key(arguments, shell)
    with closing(CentreService.open(arguments.centre, create=False)) as centre:
        made = write_collection(centre, arguments.package, key, event=arguments.event)
    lines = [
        _("Collection {principal}, revision {rev}: written and checked. {path}").format(
            principal=made.principal, rev=made.rev, path=made.path
        ),
        _("Groups: {groups} · packages: {packages}").format(
            groups=len(made.packages), packages=sum(made.packages.values())
        ),
    ]
    value = {
        "id": made.id,
        "principal": made.principal,
        "rev": made.rev,
        "path": made.path,
        "packages": dict(made.packages),
    }
    shell.answer(value, lines)
    return 0


def resolve(arguments: Namespace, shell: Shell) -> int:
    """Settle which package of a group counts, or show how they differ when none is named."""
    with closing(CentreService.open(arguments.centre, create=False)) as centre:
        if arguments.take is None:
            return _show_differences(centre, arguments.principal, shell)
        outcome = settle(centre, arguments.principal, arguments.take, signing_key(arguments, shell))
        state = centre.result().state
    words = outcome_words(shell.gettext)[outcome.outcome]
    line = shell.gettext("{principal}: {outcome}, package {id}").format(
        principal=arguments.principal, outcome=words, id=outcome.id
    )
    shell.answer(
        {"id": outcome.id, "outcome": outcome.outcome, "taken": arguments.take, "state": state}, [line]
    )
    return 0


def _show_differences(centre: CentreService, principal: str, shell: Shell) -> int:
    """Tell which packages stand and where they differ; 1 while there is something to settle."""
    heads = centre.lineage().heads.get(principal, ())
    if not heads:
        raise UserFault("group-not-here", principal=principal)
    rows = centre.differences(principal)
    value = {
        "heads": [{"id": head.id, "origin": head.origin, "rev": head.rev} for head in heads],
        "differences": [
            {
                "type": row.type,
                "id": row.id,
                "versions": [None if version is None else encode_record(version) for version in row.versions],
            }
            for row in rows
        ],
    }
    lines = [shell.gettext("Package {id}, revision {rev}").format(id=head.id, rev=head.rev) for head in heads]
    shell.answer(value, [*lines, *(line for row in rows for line in _difference_lines(row))])
    return 1 if len(heads) > 1 else 0


def _difference_lines(row: Difference) -> list[str]:
    versions = ("—" if version is None else f"«{describe(version)}»" for version in row.versions)
    return [f"{row.type} {row.id}", *(f"  {number}. {words}" for number, words in enumerate(versions, 1))]
