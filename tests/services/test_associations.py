"""A double click on a file of ours starts the program with it."""

import configparser
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from facilitator.errors import UserFault
from facilitator.services.associations import FILE_TYPES, associate, program_command

AWKWARD = 'Папка "1" $x `y` \\ 5%'


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep associations elsewhere")
def test_the_system_learns_our_files(tmp_path: Path) -> None:
    program = tmp_path / AWKWARD / "start"
    associate((str(program), "-m", "ui.cli"), tmp_path)
    kinds = ElementTree.parse(tmp_path / "mime" / "packages" / "facilitator.xml").getroot()
    patterns = [glob.attrib["pattern"] for glob in kinds.iter() if glob.tag.endswith("glob")]
    assert patterns == [f"*{kind.suffix}" for kind in FILE_TYPES]
    assert "*.fpkg" in (tmp_path / "mime" / "globs2").read_text("utf-8")
    subprocess.run(["update-mime-database", tmp_path / "mime"], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep associations elsewhere")
def test_the_command_is_written_so_that_a_shell_of_the_desktop_reads_it(tmp_path: Path) -> None:
    program = tmp_path / AWKWARD
    associate((str(program), "-m", "ui.cli"), tmp_path)
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(tmp_path / "applications" / "facilitator.desktop", "utf-8")
    said = entry["Desktop Entry"]
    unescaped = said["Exec"].replace("\\\\", "\\").replace("%%", "%")
    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {unescaped}"], capture_output=True, check=True
    ).stdout
    assert words.decode().splitlines() == [str(program), "-m", "ui.cli", "%f"]
    assert said["MimeType"].split(";")[:-1] == [kind.mime for kind in FILE_TYPES]


def test_what_starts_the_program_starts_it(tmp_path: Path) -> None:
    answer = subprocess.run(
        [*program_command(), "--home", tmp_path, "--lang", "en", "identity", "show"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (answer.returncode, answer.stderr.split(":")[1]) == (3, " key-missing")


def test_a_system_that_keeps_them_in_the_bundle_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UserFault, match="association-unsupported"):
        associate(program_command())
