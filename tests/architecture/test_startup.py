"""The window paints before anything slow is imported: see ui/desktop/app.py."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLOW = {"sqlalchemy", "alembic", "openpyxl", "docx", "lxml", "cryptography"}


def modules_after(statement: str) -> set[str]:
    program = f"import sys; {statement}; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return set(answer.stdout.split())


def test_the_first_paint_waits_for_no_slow_library() -> None:
    assert not SLOW & modules_after("import ui.desktop.app")


def test_the_command_line_starts_without_qt() -> None:
    assert not {"PySide6", "ui.desktop"} & modules_after("import ui.cli.main")
