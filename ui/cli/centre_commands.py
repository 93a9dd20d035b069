"""The commands on packages and centres: verify, merge, release."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages.reader import Package, open_package
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.intake import Judge, PackageOutcome, read_inner
from facilitator.services.trust import Trust
from ui.cli.keys import identities, trust
from ui.cli.shell import Shell
from ui.messages import outcome_words, sentence


def verify(arguments: Namespace, shell: Shell) -> int:
    """Say whether a package would be accepted, and each package in a collection; nothing is kept."""
    trusted = trust(arguments, shell, keep=False)
    if not arguments.package.exists():
        raise UserFault("file-missing", path=arguments.package)
    judge = _judge(arguments, trusted)
    package: Package | None = None
    inner: list[dict[str, object]] = []
    outcome = "accepted"
    fault: Quarantined | Refused | None = None
    try:
        with open_package(arguments.package) as source:
            package = judge.read(source)
            inner = [_inner_value(package, key, judge, shell) for key in package.bag.inner_ids]
    except (Quarantined, Refused) as found:
        outcome, fault = "quarantined" if isinstance(found, Quarantined) else "refused", found
    reason = None if fault is None else sentence(fault, shell.texts)
    value = {
        "outcome": outcome,
        "reason": reason,
        "code": fault and fault.code,
        "id": package and package.id,
        "kind": package and package.envelope.kind,
        "principal": package and package.envelope.principal,
        "rev": package and package.envelope.rev,
        "recipients": package and package.envelope.recipients,
        "packages": inner,
    }
    words = outcome_words(shell.gettext)
    lines = [f"{words[outcome]}: {reason or ' · '.join((str(value['principal']), str(value['id'])))}"]
    lines += [f"  {words[str(each['outcome'])]}: {each['reason'] or each['id']}" for each in inner]
    shell.answer(value, lines)
    return 0 if fault is None and all(each["outcome"] == "accepted" for each in inner) else 1


def _inner_value(collection: Package, key: str, judge: Judge, shell: Shell) -> dict[str, object]:
    try:
        package = read_inner(collection, key, judge)
    except (Quarantined, Refused) as found:
        outcome = "quarantined" if isinstance(found, Quarantined) else "refused"
        return {"id": key, "principal": None, "outcome": outcome, "reason": sentence(found, shell.texts)}
    return {"id": key, "principal": package.envelope.principal, "outcome": "accepted", "reason": None}


def merge(arguments: Namespace, shell: Shell) -> int:
    """Take packages into a centre; a bad one does not stop the rest."""
    trusted = trust(arguments, shell, keep=True)
    with closing(CentreService.open(arguments.centre)) as centre:
        result = centre.merge(arguments.packages, _judge(arguments, trusted), trusted.expected)
    return _answer(result, trusted, shell)


def release(arguments: Namespace, shell: Shell) -> int:
    """Judge anew what was put aside."""
    trusted = trust(arguments, shell, keep=True)
    with closing(CentreService.open(arguments.centre, create=False)) as centre:
        result = centre.release(_judge(arguments, trusted), trusted.expected)
    return _answer(result, trusted, shell)


def _judge(arguments: Namespace, trusted: Trust) -> Judge:
    moment = arguments.at or datetime.now(UTC)
    return Judge(trusted.signers, moment, identities(arguments.identity))


def _answer(result: MergeResult, trusted: Trust, shell: Shell) -> int:
    value = {
        "packages": [
            {
                "path": each.path,
                "id": each.id,
                "kind": each.kind,
                "principal": each.principal,
                "collection": each.collection,
                "outcome": each.outcome,
                "code": each.reason,
                "reason": _reason(each, shell),
            }
            for each in result.packages
        ],
        "state": result.state,
        "groups": result.groups,
        "cards": result.cards,
        "missing": result.missing,
        "revoked": result.revoked,
        "forks": [{"principal": each.principal, "rev": each.rev, "ids": each.ids} for each in result.forks],
        "vanished": [
            {
                "principal": each.principal,
                "package": each.package,
                "follows": each.followed,
                "records": [{"type": kind, "id": key} for kind, key in each.keys],
            }
            for each in result.vanished
        ],
        "rosters": [
            {"version": each.files.roster.version, "digits": each.digits, "first_use": each.first_use}
            for each in trusted.rosters
        ],
    }
    shell.answer(value, _lines(result, shell))
    return 1 if any(each.outcome in ("refused", "quarantined") for each in result.packages) else 0


def _lines(result: MergeResult, shell: Shell) -> Iterator[str]:
    _, ngettext = shell.gettext, shell.texts.ngettext
    words = outcome_words(shell.gettext)
    for each in result.packages:
        name = f"{each.path.name}: {each.id or ''}" if each.collection else each.path.name
        reason = _reason(each, shell)
        yield f"{name}: {words[each.outcome]}" + (f": {reason}" if reason else "")
    for loss in result.vanished:
        count = len(loss.records)
        yield ngettext(
            "{principal}: {n} record is no longer there that the package before had",
            "{principal}: {n} records are no longer there that the package before had",
            count,
        ).format(principal=loss.principal, n=count)
    for fork in result.forks:
        yield _("{principal}: revision {rev} exists {n} times; a laptop was cloned or restored").format(
            principal=fork.principal, rev=fork.rev, n=len(fork.ids)
        )
    if result.revoked:
        yield _("Signed by a key that has been revoked since: {groups}. Ask for their packages anew.").format(
            groups=", ".join(result.revoked)
        )
    if result.missing:
        yield _("Not here yet: {groups}").format(groups=", ".join(result.missing))
    yield _("Groups: {groups} · statements: {cards} · state {state}").format(
        groups=result.groups, cards=result.cards, state=result.state
    )


def _reason(outcome: PackageOutcome, shell: Shell) -> str | None:
    if outcome.reason is None:
        return None
    return sentence(EnvironmentFault(outcome.reason, **outcome.facts), shell.texts)
