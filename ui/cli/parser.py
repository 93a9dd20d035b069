"""The command line's words: commands, their arguments, and what is said of them."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from typing import Any, NoReturn

from facilitator.texts import LANGUAGES
from ui.cli.shell import complain

WRONG_USAGE = 2


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, as every other error is told."""

    def __init__(self, *, texts: NullTranslations, **options: Any) -> None:
        super().__init__(**options)
        self._texts = texts

    def error(self, message: str) -> NoReturn:
        hint = self._texts.gettext("The command was not understood ({detail}). Help: facilitator --help")
        complain("usage", hint.format(detail=message))
        sys.exit(WRONG_USAGE)


def build_parser(texts: NullTranslations) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; ``command`` names what was asked for."""
    _ = texts.gettext
    common = _Parser(texts=texts, add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", type=Path, metavar="DIR", help=_("folder of this installation"))
    common.add_argument("--lang", choices=LANGUAGES, help=_("language of the answers"))
    common.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    parser = _Parser(
        texts=texts,
        prog="facilitator",
        parents=[common],
        description=_("Without a command the window opens."),
    )
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"))

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, texts=texts, help=summary, description=summary, parents=[common])

    _add_group_commands(command, texts)
    _add_centre_commands(command, texts)
    _add_identity_commands(command, texts, common)
    _add_roster_commands(command, texts, common)
    _add_other_commands(command, texts)
    return parser


_Adder = Callable[[str, str], argparse.ArgumentParser]


def _add_group_commands(command: _Adder, texts: NullTranslations) -> None:
    _ = texts.gettext
    group = _("GROUP.fgroup")
    record = command("record", _("take records from a file into a group; all or nothing"))
    record.add_argument("group", type=Path, metavar=group)
    record.add_argument("records", type=Path, metavar="RECORDS.jsonl")
    show = command("show", _("tell what a group's file holds and which gaps its chain has"))
    show.add_argument("group", type=Path, metavar=group)
    log = command("log", _("tell who did what when in a group, or write it as a table"))
    log.add_argument("group", type=Path, metavar=group)
    log.add_argument("--out", type=Path, metavar="FILE", help=_("a table for Excel: .csv or .xlsx"))
    export = command("export", _("write a group's signed package"))
    export.add_argument("group", type=Path, metavar=group)
    export.add_argument("package", type=Path, metavar="OUT.fpkg")
    _add_key(export, texts)
    export.add_argument(
        "--encrypt-to",
        action="append",
        default=[],
        metavar="RECIPIENT",
        help=_("age recipient, or a file of them; two at least"),
    )
    export.add_argument(
        "--persons",
        action="store_true",
        help=_("the names of those who agreed, instead of the work"),
    )
    restore = command("restore", _("put a copy in the place of a group's file"))
    restore.add_argument("group", type=Path, metavar=group)
    choice = restore.add_mutually_exclusive_group()
    choice.add_argument("--list", action="store_true", help=_("list the copies"))
    choice.add_argument(
        "--backup", metavar="NAME", help=_("the copy to take; the newest sound one otherwise")
    )


def _add_centre_commands(command: _Adder, texts: NullTranslations) -> None:
    _ = texts.gettext
    centre = _("CENTRE.fcentre")
    verify = command("verify", _("say whether a package would be accepted"))
    verify.add_argument("package", type=Path, metavar="PACKAGE")
    merge = command("merge", _("take packages into a centre"))
    merge.add_argument("centre", type=Path, metavar=centre)
    merge.add_argument("packages", type=Path, nargs="+", metavar="PACKAGE")
    release = command("release", _("judge what was put aside anew, by a roster that has caught up"))
    release.add_argument("centre", type=Path, metavar=centre)
    for parser in (verify, merge, release):
        _add_roster(parser, texts)
        parser.add_argument(
            "--identity", type=Path, action="append", metavar="FILE", help=_("age secret that opens packages")
        )
    collect = command("collect", _("write a collection of all packages of a centre, byte for byte"))
    collect.add_argument("centre", type=Path, metavar=centre)
    collect.add_argument("package", type=Path, metavar="OUT.fpkg")
    collect.add_argument("--event", metavar="CODE", help=_("the event, where the centre holds several"))
    resolve = command("resolve", _("show how the packages of a group differ, or settle which one counts"))
    resolve.add_argument("centre", type=Path, metavar=centre)
    resolve.add_argument("--principal", required=True, metavar="P", help=_("the group, such as skfo-2018.g3"))
    resolve.add_argument("--take", metavar="PACKAGE_ID", help=_("the package that counts from now on"))
    for parser in (collect, resolve):
        _add_key(parser, texts)


def _add_identity_commands(command: _Adder, texts: NullTranslations, common: argparse.ArgumentParser) -> None:
    _ = texts.gettext
    identity = command("identity", _("make, bring, show or enrol the key of this installation"))
    acts = _subcommands(identity, texts, common)
    new = acts("new", _("make the key of this installation"))
    bring = acts("import", _("take an OpenSSH key that was made elsewhere"))
    bring.add_argument("keyfile", type=Path, metavar="KEYFILE")
    for parser in (new, bring):
        parser.add_argument(
            "--replace", action="store_true", help=_("a former key is kept under another name")
        )
    show = acts("show", _("show the fingerprint and the digits to compare by voice"))
    request = acts("request", _("write the request to be enrolled"))
    request.add_argument("out", type=Path, nargs="?", metavar="OUT.json")
    request.add_argument("--name", help=_("your name, as the organizer knows you"))
    for parser in (new, bring, show, request):
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="F", help=_("file with the key's passphrase")
        )
    pair = command("keygen-recipient", _("make a pair for encryption: a secret and whom to encrypt to"))
    pair.add_argument("out", type=Path, metavar="OUT")


def _add_roster_commands(command: _Adder, texts: NullTranslations, common: argparse.ArgumentParser) -> None:
    _ = texts.gettext
    roster = command("roster", _("make and change the list of who may sign; each change is a new version"))
    acts = _subcommands(roster, texts, common)
    new = acts("new", _("begin a roster from the files of its events"))
    correct = acts("events", _("correct events and groups; who may sign stays"))
    grant = acts("grant", _("let the key of a request sign for groups"))
    revoke = acts("revoke", _("refuse all that a key has signed or will sign"))
    encrypt = acts("recipients", _("name whom names and contacts are encrypted to"))
    show = acts("show", _("show what a roster says"))
    for parser in (new, correct, grant, revoke, encrypt, show):
        parser.add_argument("roster", type=Path, metavar="ROSTER.fpkg")
    for parser in (new, correct):
        parser.add_argument("--event", type=Path, action="append", required=True, metavar="EVENT.json")
    _add_digits(new, texts)
    new.add_argument("--recipient", action="append", default=[], metavar="RECIPIENT")
    grant.add_argument("request", type=Path, metavar="REQUEST.json")
    grant.add_argument(
        "--principal", action="append", default=[], metavar="P", help=_("the group, such as skfo-2018.g3")
    )
    grant.add_argument("--organizer", action="store_true", help=_("the key may change the roster too"))
    grant.add_argument("--since", type=_moment, metavar="DATE", help=_("valid from the start of this day"))
    grant.add_argument("--until", type=_last_moment, metavar="DATE", help=_("valid to the end of this day"))
    whom = revoke.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "signer", type=str, nargs="?", metavar="SIGNER", help=_("request file, or fingerprint SHA256:…")
    )
    whom.add_argument("--principal", metavar="P", help=_("every key that may sign for just this group"))
    encrypt.add_argument("recipients", nargs="+", metavar="RECIPIENT")
    for parser in (new, correct, grant, revoke, encrypt, show):
        _add_key(parser, texts)
    assign = command("assign", _("hand a group out to its moderator"))
    assign.add_argument("roster", type=Path, metavar="ROSTER.fpkg")
    assign.add_argument("--group", type=_group_count, required=True, metavar="N")
    assign.add_argument("--out", type=Path, required=True, metavar="FILE.fpkg")
    assign.add_argument("--event", metavar="CODE", help=_("the event, where the roster has several"))
    assign.add_argument("--moderator", metavar="NAME", help=_("who leads the group; as enrolled otherwise"))
    assign.add_argument("--participants", type=Path, metavar="PEOPLE.xlsx", help=_("register of the group"))
    _add_key(assign, texts)
    opened = command("open", _("make a group's file from an assignment"))
    opened.add_argument("assignment", type=Path, metavar="ASSIGNMENT.fpkg")
    opened.add_argument("--out", type=Path, required=True, metavar=_("GROUP.fgroup"))
    _add_digits(opened, texts)
    _add_key(opened, texts)


def _subcommands(
    parser: argparse.ArgumentParser, texts: NullTranslations, common: argparse.ArgumentParser
) -> _Adder:
    acts = parser.add_subparsers(dest="act", required=True, metavar=texts.gettext("COMMAND"))

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, texts=texts, help=summary, description=summary, parents=[common])

    return add


def _add_key(parser: argparse.ArgumentParser, texts: NullTranslations) -> None:
    _ = texts.gettext
    parser.add_argument(
        "--key",
        type=Path,
        metavar="KEY",
        help=_("OpenSSH private key, ed25519; your own otherwise"),
    )
    parser.add_argument("--passphrase-file", type=Path, metavar="F", help=_("file with the key's passphrase"))


def _add_roster(parser: argparse.ArgumentParser, texts: NullTranslations) -> None:
    _ = texts.gettext
    parser.add_argument(
        "--roster",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help=_("roster package, or allowed_signers with revoked_keys beside it; may be given again"),
    )
    parser.add_argument(
        "--at",
        type=_moment,
        metavar="TIME",
        help=_("judge validity at this time, such as 2018-02-09T18:00Z"),
    )
    _add_digits(parser, texts)


def _add_digits(parser: argparse.ArgumentParser, texts: NullTranslations) -> None:
    parser.add_argument(
        "--organizer",
        action="append",
        metavar="DIGITS",
        help=texts.gettext("the digits of the organizer's key, as you have heard them"),
    )


def _add_other_commands(command: _Adder, texts: NullTranslations) -> None:
    _ = texts.gettext
    report = command("report", _("write a report of a group's file or a centre"))
    report.add_argument("source", type=Path, metavar="SOURCE")
    report.add_argument("--kind", choices=("group", "consolidated"), required=True)
    report.add_argument("--format", choices=("docx", "xlsx"), required=True)
    report.add_argument("--out", type=Path, required=True, metavar="FILE")
    doctor = command("doctor", _("check a group's file or a centre, and its copies"))
    doctor.add_argument("path", type=Path, metavar="PATH")
    similar = command("similar", _("tell which statements are alike"))
    source = similar.add_mutually_exclusive_group(required=True)
    source.add_argument("centre", type=Path, nargs="?", metavar=_("CENTRE.fcentre"))
    source.add_argument("--texts", type=Path, metavar="FILE.jsonl", help=_("texts, an id and a text a line"))
    source.add_argument("--pairs", type=Path, metavar="FILE.tsv", help=_("pairs to score, two texts a line"))
    similar.add_argument("--theme", metavar="THEME", help=_("groups of one theme only"))
    similar.add_argument(
        "--threshold", type=_share, default=0.5, metavar="X", help=_("how alike at least, 0 to 1")
    )
    similar.add_argument("--out", type=Path, metavar="FILE", help=_("where the scores of the pairs go"))
    command("associate", _("let a double click on groups and packages open the window"))
    demo = command("demo", _("record, sign, merge and report a demonstration"))
    demo.add_argument("out", type=Path, metavar="OUT")
    demo.add_argument(
        "--groups", type=_group_count, default=8, metavar="N", help=_("how many groups, 1 to 99")
    )
    demo.add_argument("--no-window", action="store_true", help=_("do not open the window afterwards"))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a time: {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _last_moment(text: str) -> datetime:
    moment = _moment(text)
    return moment + timedelta(days=1, seconds=-1) if len(text) == len("2018-02-09") else moment


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"not a number from 0 to 1: {text}")
    return share


def _group_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise argparse.ArgumentTypeError(f"not a number from 1 to 99: {text}")
    return int(text)
