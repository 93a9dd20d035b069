"""The command line's door: ``facilitator`` opens the window, ``facilitator COMMAND`` does one thing and
ends."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path

from facilitator.bootstrap import find_home
from facilitator.errors import EnvironmentFault, Fault
from facilitator.services.home import Home
from facilitator.texts import LANGUAGES, load_texts

THEIRS = 3
BUG = 70  # sysexits.h, EX_SOFTWARE
OPENED = (".fgroup", ".fpkg")

# Looked up only when asked for: the window must not wait for what the commands import.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "record": ("ui.cli.group_commands", "record"),
    "show": ("ui.cli.group_commands", "show"),
    "log": ("ui.cli.log_command", "log"),
    "export": ("ui.cli.group_commands", "export"),
    "restore": ("ui.cli.group_commands", "restore"),
    "verify": ("ui.cli.centre_commands", "verify"),
    "merge": ("ui.cli.centre_commands", "merge"),
    "release": ("ui.cli.centre_commands", "release"),
    "collect": ("ui.cli.lead_commands", "collect"),
    "resolve": ("ui.cli.lead_commands", "resolve"),
    "similar": ("ui.cli.similar_command", "similar"),
    "identity": ("ui.cli.identity_commands", "identity"),
    "keygen-recipient": ("ui.cli.identity_commands", "keygen_recipient"),
    "roster": ("ui.cli.roster_commands", "roster"),
    "assign": ("ui.cli.assignment_commands", "assign"),
    "open": ("ui.cli.assignment_commands", "open_assignment"),
    "associate": ("ui.cli.associate_command", "associate_files"),
    "report": ("ui.cli.report_command", "report"),
    "doctor": ("ui.cli.doctor_command", "doctor"),
    "demo": ("ui.cli.demo_command", "demo"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 well, 1 not sound, 2 wrong usage, 3 theirs, 70 ours."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    file = _file_to_open(given)
    if not given or file:
        return _open_window(find_home(None, os.environ), None, file)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return _run(given)


def _run(given: list[str]) -> int:
    from ui.cli.shell import complain  # noqa: PLC0415
    from ui.messages import sentence  # noqa: PLC0415

    early = _read_early(given)
    texts = load_texts("cli", early.lang if early.lang in LANGUAGES else LANGUAGES[0])
    home: Home | None = None
    try:
        home = find_home(early.home, os.environ)
        language = _language(early.lang, home)
        texts = load_texts("cli", language)
        return _carry_out(given, home, language, texts)
    except Fault as fault:
        complain(fault.code, sentence(fault, texts))
        return THEIRS
    except KeyboardInterrupt:
        complain("interrupted", texts.gettext("Stopped. What was recorded before is safe."))
        return THEIRS
    except Exception as error:
        complain("internal", _bug(error, home, texts))
        return BUG


def _carry_out(given: list[str], home: Home, language: str, texts: NullTranslations) -> int:
    """Understand what was asked for, do it, and see that the answer has been read."""
    from ui.cli.parser import build_parser  # noqa: PLC0415
    from ui.cli.shell import Shell  # noqa: PLC0415

    parsed = build_parser(texts).parse_args(given)
    if parsed.command is None:
        return _open_window(home, language)
    shell = Shell(home, texts, language, getattr(parsed, "json", False))
    module, function = COMMANDS[parsed.command]
    run = getattr(import_module(module), function)
    try:
        code = int(run(parsed, shell))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except OSError as error:
        _silence_stdout()
        raise EnvironmentFault("answer-not-written", reason=error.strerror) from error
    return code


def _silence_stdout() -> None:
    """Keep Python from complaining once more at its end that the answer cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(asked: str | None, home: Home) -> str:
    wanted = asked or home.settings()["language"]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _read_early(given: list[str]) -> argparse.Namespace:
    """Read ``--home`` and ``--lang`` before the parser is built, which speaks the language they name."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--lang")
    try:
        return parser.parse_known_args(given)[0]
    except argparse.ArgumentError:  # an option without its value: the full parser will say so
        return argparse.Namespace(home=None, lang=None)


def _bug(error: Exception, home: Home | None, texts: NullTranslations) -> str:
    """Keep where the bug was, never what people said, and return the sentence that names the file."""
    from facilitator.services.crash_log import record_crash  # noqa: PLC0415

    sentence = texts.gettext("This is a fault of the program. Your files are as they were. Details: {path}")
    try:
        return sentence.format(path=record_crash(home, error) if home else "—")
    except Fault:  # the log cannot be written either
        return sentence.format(path="—")


def _file_to_open(given: list[str]) -> Path | None:
    """Return the file that was double-clicked: the one argument, when it is there and ours."""
    if len(given) != 1:
        return None
    path = Path(given[0])
    return path.absolute() if path.suffix.lower() in OPENED and path.is_file() else None


def _open_window(home: Home, language: str | None, file: Path | None = None) -> int:
    from ui.cli.window import open_window  # noqa: PLC0415

    return open_window(home, language, file)


if __name__ == "__main__":
    sys.exit(main())
