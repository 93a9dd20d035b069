"""``facilitator roster``: an organizer's list of who may sign, version by version."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from facilitator.errors import UserFault
from facilitator.packages.keys import PublicKey
from facilitator.packages.reader import read_package_file
from facilitator.packages.requests import Request, read_request
from facilitator.services.rosters import (
    Organizer,
    grant,
    grant_organizer,
    load_roster,
    read_plan,
    revoke,
    set_events,
    set_recipients,
    start_roster,
)
from facilitator.services.trust import TrustedRoster, TrustStore
from ui.cli.keys import first_use_words, heard, recipients, signing_key
from ui.cli.shell import Shell


def roster(arguments: Namespace, shell: Shell) -> int:
    """Make, change or show a roster."""
    acts: Mapping[str, Callable[[Namespace, Shell], TrustedRoster]] = {
        "new": _new,
        "events": _correct,
        "grant": _grant,
        "revoke": _revoke,
        "recipients": _recipients,
        "show": _show,
    }
    _answer(acts[arguments.act](arguments, shell), arguments.roster, shell)
    return 0


def organizer(arguments: Namespace, shell: Shell) -> Organizer:
    """Return who changes the roster."""
    return Organizer(signing_key(arguments, shell), shell.home)


def _new(arguments: Namespace, shell: Shell) -> TrustedRoster:
    plans = [read_plan(path) for path in arguments.event]
    readers = recipients(arguments.recipient)
    return start_roster(
        arguments.roster, plans, organizer(arguments, shell), readers, digits=heard(arguments)
    )


def _correct(arguments: Namespace, shell: Shell) -> TrustedRoster:
    plans = [read_plan(path) for path in arguments.event]
    return set_events(arguments.roster, plans, organizer(arguments, shell))


def _grant(arguments: Namespace, shell: Shell) -> TrustedRoster:
    request = _request(arguments.request)
    principals = [each for given in arguments.principal for each in given.split(",")]
    if arguments.organizer == bool(principals):
        raise UserFault("grant-unclear")
    shell.note(
        shell.gettext("Compare with {name} by voice: {digits}").format(
            name=request.name, digits=request.key.digits
        )
    )
    if arguments.organizer:
        return grant_organizer(arguments.roster, request, organizer(arguments, shell))
    dates = {"since": arguments.since, "until": arguments.until}
    return grant(arguments.roster, request, principals, organizer(arguments, shell), **dates)


def _revoke(arguments: Namespace, shell: Shell) -> TrustedRoster:
    who, given = organizer(arguments, shell), arguments.signer
    if given is not None:
        key = given if given.startswith("SHA256:") else _request(Path(given)).key.fingerprint
        return revoke(arguments.roster, key, who)
    before = load_roster(arguments.roster, who)
    named = (
        each for each in before.files.signers.grants if arguments.principal in each.principals.split(",")
    )
    keys = dict.fromkeys(PublicKey(each.key).fingerprint for each in named)
    if not keys:
        raise UserFault("key-not-granted", fingerprint=arguments.principal)
    return [revoke(arguments.roster, key, who) for key in keys][-1]


def _recipients(arguments: Namespace, shell: Shell) -> TrustedRoster:
    return set_recipients(arguments.roster, recipients(arguments.recipients), organizer(arguments, shell))


def _show(arguments: Namespace, shell: Shell) -> TrustedRoster:
    return TrustStore(shell.home).admit(read_package_file(arguments.roster), keep=False)


def _request(path: Path) -> Request:
    try:
        return read_request(path.read_bytes())
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except OSError as error:
        raise UserFault("request-unsound", problem=error.strerror) from None


def _answer(trusted: TrustedRoster, path: Path, shell: Shell) -> None:
    said, signers = trusted.files.roster, trusted.files.signers
    grants = [
        {
            "key": PublicKey(each.key).fingerprint,
            "digits": PublicKey(each.key).digits,
            "name": each.comment,
            "principals": each.principals.split(","),
            "namespaces": each.namespaces,
            "valid_after": each.valid_after,
            "valid_before": each.valid_before,
            "revoked": each.key in signers.revoked,
        }
        for each in signers.grants
    ]
    value = {
        "id": trusted.id,
        "version": said.version,
        "previous": said.previous,
        "path": path,
        "organizer": {
            "key": trusted.organizer,
            "digits": trusted.digits,
            "first_use": trusted.first_use,
        },
        "events": said.codes,
        "groups": sorted(said.principals),
        "recipients": said.recipients,
        "grants": grants,
    }
    shell.answer(value, _lines(trusted, shell))


def _lines(trusted: TrustedRoster, shell: Shell) -> list[str]:
    _ = shell.gettext
    said, signers = trusted.files.roster, trusted.files.signers
    lines = [
        _("Roster of {events}, version {version}, package {id}").format(
            events=", ".join(said.codes), version=said.version, id=trusted.id
        ),
        _("Organizer’s key: {digits}").format(digits=trusted.digits),
    ]
    if trusted.first_use:
        lines.append(first_use_words(trusted.digits, shell))
    for each in signers.grants:
        key = PublicKey(each.key)
        parts = [f"  {each.principals}", each.comment or key.fingerprint, key.digits]
        if each.valid_after is not None:
            parts.append(_("from {date}").format(date=_date(each.valid_after)))
        if each.valid_before is not None:
            parts.append(_("until {date}").format(date=_date(each.valid_before)))
        if each.key in signers.revoked:
            parts.append(_("revoked"))
        lines.append("  ".join(parts))
    if said.recipients:
        lines.append(_("Names are encrypted to: {recipients}").format(recipients=", ".join(said.recipients)))
    enrolled = {name for each in signers.grants for name in each.principals.split(",")}
    waiting = sorted(said.principals.keys() - enrolled)
    if waiting:
        lines.append(_("Nobody is enrolled yet for: {groups}").format(groups=", ".join(waiting)))
    return lines


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
