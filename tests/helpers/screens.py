"""Screens for a program that is started by a test: two that nobody sees, or a real X server with one."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    """Return a screen as Qt's offscreen platform reads it; ``x``, ``width`` and ``height`` in pixels."""
    size = {"name": name, "x": x, "y": 0, "width": width, "height": height}
    return size | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


@contextmanager
def offscreen(folder: Path) -> Iterator[Mapping[str, str]]:
    """Yield the environment of a program that runs in ``folder``: a laptop's screen and one for the room."""
    screens = {"screens": [screen("laptop", 0, 1366, 768), screen("projector", 1366, 1920, 1080)]}
    # The path must be relative: Qt takes a colon in it for the next option.
    (folder / "screens.json").write_text(json.dumps(screens), "ascii")
    yield {"QT_QPA_PLATFORM": "offscreen:configfile=screens.json"}


@contextmanager
def real_window(_folder: Path) -> Iterator[Mapping[str, str]]:
    """Yield the environment of a program whose windows open on an X server of their own."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        display = server.stdout.readline().strip()
        try:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"}
        finally:
            server.terminate()
