"""The command line's own manners: its home, its language, its exit codes, its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator.bootstrap import HOME_VARIABLE
from facilitator.errors import UserFault
from facilitator.services.home import Home
from tests.cli.conftest import Run
from tests.cli.lines import EVENT, GROUP, card, write
from ui.cli import group_commands

PROGRAM = Path(sys.executable).with_name("facilitator.exe" if sys.platform == "win32" else "facilitator")
COMMANDS = ("record", "show", "export", "restore", "verify", "merge", "report", "doctor", "demo")
MISSING = {
    "ru": "error: file-missing: Такого файла нет: нет.fgroup.\n",
    "en": "error: file-missing: There is no such file: нет.fgroup.\n",
}


def program(*arguments: object, home: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the installed program."""
    environment = {**os.environ, HOME_VARIABLE: str(home), "PYTHONIOENCODING": "ascii"}
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("language", MISSING)
def test_the_language_may_stand_before_or_after_the_command(run: Run, language: str) -> None:
    for arguments in (
        ("--lang", language, "show", "нет.fgroup"),
        ("show", "нет.fgroup", f"--lang={language}"),
    ):
        answer = run(*arguments)
        assert (answer.code, answer.out, answer.err) == (3, "", MISSING[language])


def test_without_the_option_the_language_is_the_homes(run: Run, tmp_path: Path) -> None:
    Home(tmp_path / "дом").save_settings(language="en")
    assert run("show", "нет.fgroup").err == MISSING["ru"]
    assert run("--home", tmp_path / "дом", "show", "нет.fgroup").err == MISSING["en"]
    assert run("show", "нет.fgroup", "--home", tmp_path / "дом", "--lang", "ru").err == MISSING["ru"]


def test_a_broken_setting_is_russian(run: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"language": "tlh"}')
    assert run("--home", tmp_path, "show", "нет.fgroup").err == MISSING["ru"]


def test_a_home_given_by_option_outweighs_the_variable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "variable"))
    Home(tmp_path / "variable").save_settings(language="en")
    assert run("show", "нет.fgroup").err == MISSING["en"]
    assert run("show", "--home", tmp_path / "option", "нет.fgroup").err == MISSING["ru"]


@pytest.mark.parametrize("language", MISSING)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_given_for_every_command(run: Run, command: str, language: str) -> None:
    answer = run("--lang", language, *([command] if command else []), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert "--home" in answer.out
    assert command in answer.out
    assert ("папка этой установки" in answer.out) == (language == "ru")


def test_a_bug_is_told_in_one_line_and_its_words_are_kept_nowhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> int:
        raise RuntimeError("Слова участника")

    monkeypatch.setattr(group_commands, "show", stumble)
    answer = run("--home", tmp_path, "show", "g.fgroup")
    (line,) = answer.err.splitlines()
    assert answer.code == 70
    assert line.startswith("error: internal: ")
    assert str(tmp_path / "crash.log") in line
    log = (tmp_path / "crash.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "test_main.py" in log
    assert "Слова" not in log + line


def test_an_interruption_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(group_commands, "show", interrupt)
    answer = run("show", "g.fgroup", "--lang", "en")
    assert (answer.code, answer.err) == (
        3,
        "error: interrupted: Stopped. What was recorded before is safe.\n",
    )


def test_a_sentence_stays_on_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise UserFault("file-missing", path="a\nb.fgroup")

    monkeypatch.setattr(group_commands, "show", refuse)
    assert (
        run("show", "g.fgroup", "--lang", "en").err
        == "error: file-missing: There is no such file: a b.fgroup.\n"
    )


def test_the_installed_program_works_in_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "группа 3.fgroup"
    source = write(tmp_path / "r.jsonl", EVENT, GROUP, card(3, "Ёлка «да»"))
    done = program("record", path, source, home=tmp_path / "home")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"Внесены 3 записи.{os.linesep}", b"")
    shown = program("show", path, home=tmp_path / "home")
    assert "«Ёлка «да»» — " in shown.stdout.decode()
    refused = program("show", tmp_path / "нет.fgroup", home=tmp_path / "home")
    assert refused.returncode == 3
    assert refused.stderr.decode().startswith("error: file-missing: Такого файла нет: ")
    assert refused.stdout == b""


def test_the_installed_program_writes_nothing_into_its_home_to_show_a_group(tmp_path: Path) -> None:
    program("show", tmp_path / "нет.fgroup", home=tmp_path / "home")
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "g.fgroup"
    many = [card(number) for number in range(3, 1_500)]
    program("record", path, write(tmp_path / "r.jsonl", EVENT, GROUP, *many), home=tmp_path)
    command = f'"{PROGRAM}" show "{path}" | head -1; echo ${{PIPESTATUS[0]}}'
    piped = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert piped.stderr == b""
    assert piped.stdout.splitlines()[-1] == b"0"


@pytest.mark.skipif(sys.platform == "win32", reason="names on Windows are Unicode")
def test_a_name_that_is_not_utf8_is_told_of_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable.encode(), b"-m", b"ui.cli", b"--lang", b"en", b"show", b"\xff.fgroup"]
    environment = os.environ | {"FACILITATOR_HOME": str(tmp_path)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ended.returncode == 3
    assert ended.stderr == b"error: file-missing: There is no such file: \\udcff.fgroup.\n"
