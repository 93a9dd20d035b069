"""The commands on packages and centres: verify, merge."""

from argparse import Namespace
from datetime import UTC, datetime

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.packages.reader import read_package, read_package_file
from facilitator.packages.signers import load_signers
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.centre import CentreService, PackageOutcome
from ui.cli.shell import Shell
from ui.messages import sentence


def verify(arguments: Namespace, shell: Shell) -> int:
    """Say whether a package would be accepted; nothing is kept."""
    signers = load_signers(arguments.roster)
    if not arguments.package.exists():
        raise UserFault("file-missing", path=arguments.package)
    fault: Fault | None = None
    package = None
    outcome = "accepted"
    try:
        package = read_package(
            read_package_file(arguments.package), signers, arguments.at or datetime.now(UTC)
        )
    except Quarantined as quarantined:
        outcome, fault = "quarantined", quarantined
    except Refused as refused:
        outcome, fault = "refused", refused
    reason = None if fault is None else sentence(fault, shell.texts)
    value = {
        "outcome": outcome,
        "reason": reason,
        "id": package and package.id,
        "principal": package and package.envelope.principal,
        "rev": package and package.envelope.rev,
    }
    words = _outcome_words(shell)[outcome]
    shell.answer(
        value, [f"{words}: {reason}" if reason else f"{words}: {value['principal']} · {value['id']}"]
    )
    return 0 if fault is None else 1


def merge(arguments: Namespace, shell: Shell) -> int:
    """Take packages into a centre; a bad one does not stop the rest."""
    signers = load_signers(arguments.roster)
    centre = CentreService.open(arguments.centre)
    try:
        result = centre.merge(arguments.packages, signers, arguments.at or datetime.now(UTC))
    finally:
        centre.close()
    packages = [
        {"path": each.path, "id": each.id, "outcome": each.outcome, "reason": _reason(each, shell)}
        for each in result.packages
    ]
    words = _outcome_words(shell)
    lines = [
        f"{each.path.name}: {words[each.outcome]}"
        + (f": {reason}" if (reason := _reason(each, shell)) else "")
        for each in result.packages
    ]
    lines.append(
        shell.gettext("Groups: {groups} · statements: {cards} · state {state}").format(
            groups=result.groups, cards=result.cards, state=result.state
        )
    )
    value = {"packages": packages, "state": result.state, "groups": result.groups, "cards": result.cards}
    shell.answer(value, lines)
    return 1 if any(each.outcome in ("refused", "quarantined") for each in result.packages) else 0


def _reason(outcome: PackageOutcome, shell: Shell) -> str | None:
    if outcome.reason is None:
        return None
    return sentence(EnvironmentFault(outcome.reason, **outcome.facts), shell.texts)


def _outcome_words(shell: Shell) -> dict[str, str]:
    _ = shell.gettext
    return {
        "accepted": _("accepted"),
        "duplicate": _("already here"),
        "superseded": _("older than what is here"),
        "conflict": _("conflict"),
        "quarantined": _("put aside"),
        "refused": _("refused"),
    }
