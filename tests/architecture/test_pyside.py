"""PySide6 6.12.0 on Python 3.11 loses a reference to None at each void call, and in the end aborts."""

import sys

import PySide6
from PySide6.QtCore import QObject

CALLS = 1_000
# The test's own frames and the interpreter may hold or drop a few.
NOISE = 50


def test_pyside_is_older_than_the_release_that_loses_references() -> None:
    major, minor = map(int, PySide6.__version__.split(".")[:2])
    assert (6, 8) <= (major, minor) < (6, 12)


def test_void_calls_keep_their_references_to_none() -> None:
    qt_object = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        qt_object.setObjectName("a void call")
    assert before - sys.getrefcount(None) < NOISE
