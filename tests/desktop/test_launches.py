"""A second launch opens its file in the first window, and nothing else comes in by that way.

Expectations 35 and 19 of the desktop.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLockFile, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from facilitator.services.home import Home
from tests.desktop.window import Desk
from tests.helpers.sessions import begin_closed
from ui.desktop import launch_server, launches
from ui.desktop.app import _take_launch
from ui.desktop.launch_server import LIMIT, LaunchServer, path_in
from ui.desktop.launches import THANKS, Launch, socket_name

ROOT = Path(__file__).parents[2]
# The offscreen plugin has no front, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket as a stranger would")


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.02)


class Launcher:
    """Starts the program as the system does, on a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "FACILITATOR_HOME": str(self.home.folder)}
        environment.pop("FACILITATOR_SELF_CHECK", None)
        made = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.started.append(made)
        return made

    def start_first(self) -> "subprocess.Popen[bytes]":
        """Start the program and wait until it listens."""
        first = self.start()
        until(lambda: first.poll() is not None or Path(socket_name(self.home)).exists())
        assert first.poll() is None
        return first

    def opened(self) -> list[str]:
        return [path.name for path, _title in self.home.recent()]

    def end(self) -> None:
        for each in self.started:
            each.kill()
            each.communicate()


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    launcher = Launcher(tmp_path)
    yield launcher
    launcher.end()


def finish(process: "subprocess.Popen[bytes]") -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@UNIX
def test_a_second_launch_opens_its_file_in_the_first_window(launcher: Launcher, tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "Группа №3.fgroup")
    first = launcher.start_first()
    assert finish(launcher.start(str(path))) == (0, b"", b"")
    until(lambda: launcher.opened() == ["Группа №3.fgroup"])
    assert finish(launcher.start()) == (0, b"", b"")
    assert first.poll() is None


@UNIX
def test_two_at_once_become_one(launcher: Launcher, tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "g.fgroup")
    both = launcher.start(), launcher.start(str(path))
    until(lambda: any(each.poll() is not None for each in both))
    (gone,) = [each for each in both if each.poll() is not None]
    assert finish(gone) == (0, b"", b"")
    until(lambda: launcher.opened() == ["g.fgroup"])


@UNIX
def test_what_a_killed_window_left_behind_hinders_nobody(launcher: Launcher, tmp_path: Path) -> None:
    launcher.start_first().kill()
    launcher.started[0].wait()
    assert Path(socket_name(launcher.home)).exists()
    path = begin_closed(tmp_path / "g.fgroup")
    second = launcher.start(str(path))
    until(lambda: launcher.opened() == ["g.fgroup"])
    assert second.poll() is None
    assert finish(launcher.start()) == (0, b"", b"")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks where Linux lists its sockets")
def test_nothing_listens_on_the_network(launcher: Launcher) -> None:
    first = launcher.start_first()
    links = Path(f"/proc/{first.pid}/fd").iterdir()
    ours = {str(link.readlink()).removeprefix("socket:[").removesuffix("]") for link in links}
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        table = Path(f"/proc/net/{kind}")
        lines = table.read_text("ascii").splitlines()[1:] if table.exists() else []
        assert not {line.split()[9] for line in lines} & ours, kind


def start(folder: Path) -> LaunchServer:
    """Be the first launch on a home in a folder, and listen."""
    launch = Launch(Home(folder / "home"))
    assert not launch.hand_over(None)
    server = LaunchServer(launch)
    server.listen()
    return server


def end(server: LaunchServer) -> None:
    server.close()
    server._launch.end()


@pytest.fixture
def listening(qtbot: QtBot, tmp_path: Path) -> Iterator[LaunchServer]:
    server = start(tmp_path)
    yield server
    end(server)


def say(qtbot: QtBot, server: LaunchServer, message: bytes) -> bytes:
    """Speak to the socket as any program of this user could, and return what it answers."""
    answer = b""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(0.02)
        caller.connect(server._launch.socket)
        caller.sendall(message)

        def ended() -> bool:
            nonlocal answer
            try:
                part = caller.recv(64)
            except TimeoutError:
                return False
            answer += part
            return not part

        qtbot.waitUntil(ended, timeout=10_000)
    return answer


@UNIX
def test_a_file_that_is_there_and_ours_is_asked_for(
    qtbot: QtBot, listening: LaunchServer, tmp_path: Path
) -> None:
    asked: list[Path | None] = []
    listening.asked.connect(asked.append)
    path = tmp_path / "г.fgroup"
    path.touch()
    assert say(qtbot, listening, os.fsencode(path) + b"\n") == THANKS
    assert say(qtbot, listening, b"\nand more") == THANKS
    assert asked == [path, None]


@UNIX
@pytest.mark.parametrize(
    "message",
    [
        b"g.fgroup\n",
        b"/etc/passwd\n",
        b"/nowhere/g.fgroup\n",
        b"file:///etc/passwd\n",
        b"https://example.org/g.fgroup\n",
        b"/\0g.fgroup\n",
        b"\xff\xfe\n",
        b"/" + b"a" * LIMIT + b".fgroup\n",
        b"x" * (4 * LIMIT),
    ],
)
def test_anything_else_is_passed_over(qtbot: QtBot, listening: LaunchServer, message: bytes) -> None:
    asked: list[object] = []
    listening.asked.connect(asked.append)
    assert say(qtbot, listening, message) == b""
    assert not asked


@UNIX
def test_who_says_nothing_is_not_waited_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch_server, "_LISTEN", 30)
    server = start(tmp_path)
    assert say(qtbot, server, b"") == b""
    assert say(qtbot, server, b"/unfinished") == b""
    end(server)


@UNIX
def test_only_this_user_can_speak_to_the_window(listening: LaunchServer) -> None:
    assert Path(listening._launch.socket).stat().st_mode & 0o077 == 0


def test_a_path_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.fpkg"
    path.touch()
    assert path_in(os.fsencode(path)) == path
    assert path_in(os.fsencode(path) + b"\0") is None
    assert path_in(b"/" * LIMIT + b"/a.fpkg") is None


def test_every_home_has_a_socket_of_its_own(tmp_path: Path) -> None:
    names = {socket_name(Home(tmp_path / name)) for name in ("a", "b")}
    assert len(names) == 2
    assert all(len(os.fsencode(name)) < 100 for name in names)


def test_a_window_that_does_not_answer_keeps_nobody_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launches, "PATIENCE", 0.2)
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    held = QLockFile(str(home.folder / "window.lock"))
    assert held.tryLock(0)
    second = Launch(home)
    assert not second.hand_over(None)
    assert not second.is_first
    end(start(tmp_path))
    held.unlock()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    end(start(tmp_path))
    tmp_path.chmod(0o700)


def test_a_home_that_is_no_folder_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    end(start(tmp_path))


def test_a_system_without_qtnetwork_opens_a_window_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launches, "PATIENCE", 0.2)
    monkeypatch.setitem(sys.modules, "PySide6.QtNetwork", None)
    first, second = start(tmp_path), start(tmp_path)
    end(second)
    end(first)


def test_a_second_launch_that_cannot_reach_the_first_goes_on_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launches, "PATIENCE", 0.2)
    first = start(tmp_path)
    monkeypatch.setitem(sys.modules, "PySide6.QtNetwork", None)
    assert not Launch(Home(tmp_path / "home")).hand_over(None)
    end(first)


def test_where_no_socket_can_be_made_the_next_launch_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launches, "socket_name", lambda _home: str(tmp_path / "nowhere" / "socket"))
    first = start(tmp_path)
    assert not first._launch.is_first
    end(first)


def test_on_macos_the_system_itself_hands_over_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    server = LaunchServer(Launch(Home(tmp_path / "home")))
    path = tmp_path / "g.fgroup"
    path.touch()
    with qtbot.waitSignal(server.asked) as asked:
        assert server.eventFilter(server, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
    assert not server.eventFilter(server, QEvent(QEvent.Type.Show))
    assert asked.args == [path]


def test_what_is_being_typed_is_kept_when_a_second_launch_opens_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    practice = desk.open_practice()
    practice.go_to("step:image")
    practice.focus_entry()
    desk.type("Слово, за которым не было паузы. ")
    _take_launch(desk.window, begin_closed(tmp_path / "g.fgroup"))
    desk.wait(lambda: desk.window.workspace not in (None, practice))
    assert desk.session.path.name == "g.fgroup"
    desk.window.open_practice()
    desk.wait(lambda: desk.window.workspace is not None and desk.session.path.name == "practice.fgroup")
    assert "Слово, за которым не было паузы." in desk.cards("image")[0].text
    _take_launch(desk.window, None)
    assert desk.session.path.name == "practice.fgroup"
    desk.leave()
