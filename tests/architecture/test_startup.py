"""The window paints before anything slow is imported: see ui/desktop/app.py."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLOW = {
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "docx",
    "lxml",
    "cryptography",
    "pyrage",
    "keyring",
    "segno",
    "pymorphy3",
    "dawg_python",
    "facilitator.services.spelling",
    "facilitator.similarity",
    "PySide6.QtNetwork",
}


def modules_after(home: Path, program: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules)"],
        cwd=ROOT,
        env=os.environ | {"FACILITATOR_SELF_CHECK": "1", "FACILITATOR_HOME": str(home)},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(answer.stdout.split())


def test_the_first_paint_waits_for_no_slow_library(tmp_path: Path) -> None:
    modules = modules_after(tmp_path, "from ui.cli.main import main; assert main() == 0")
    assert "ui.desktop.main_window" in modules
    assert not SLOW & modules


def test_a_command_starts_without_qt(tmp_path: Path) -> None:
    modules = modules_after(
        tmp_path, "from ui.cli.main import main; main(['--lang', 'en', 'doctor', 'nothing'])"
    )
    assert not {"PySide6", "ui.desktop"} & modules
