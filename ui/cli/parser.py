"""The command line's words: commands, their arguments, and what is said of them."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
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
    export = command("export", _("write a group's signed package"))
    export.add_argument("group", type=Path, metavar=group)
    export.add_argument("package", type=Path, metavar="OUT.fpkg")
    export.add_argument(
        "--key", type=Path, required=True, metavar="KEY", help=_("OpenSSH private key, ed25519")
    )
    export.add_argument("--passphrase-file", type=Path, metavar="F", help=_("file with the key's passphrase"))
    restore = command("restore", _("put a copy in the place of a group's file"))
    restore.add_argument("group", type=Path, metavar=group)
    choice = restore.add_mutually_exclusive_group()
    choice.add_argument("--list", action="store_true", help=_("list the copies"))
    choice.add_argument(
        "--backup", metavar="NAME", help=_("the copy to take; the newest sound one otherwise")
    )


def _add_centre_commands(command: _Adder, texts: NullTranslations) -> None:
    _ = texts.gettext
    verify = command("verify", _("say whether a package would be accepted"))
    verify.add_argument("package", type=Path, metavar="PACKAGE")
    merge = command("merge", _("take packages into a centre"))
    merge.add_argument("centre", type=Path, metavar="CENTRE.fcentre")
    merge.add_argument("packages", type=Path, nargs="+", metavar="PACKAGE")
    for parser in (verify, merge):
        parser.add_argument(
            "--roster",
            type=Path,
            required=True,
            metavar="FILE",
            help=_("allowed_signers; revoked_keys beside it counts"),
        )
        parser.add_argument(
            "--at",
            type=_moment,
            metavar="TIME",
            help=_("judge validity at this time, such as 2018-02-09T18:00Z"),
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


def _group_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise argparse.ArgumentTypeError(f"not a number from 1 to 99: {text}")
    return int(text)
