"""Statements from files, to be compared outside a centre: pairs in a table, or texts line by line."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from facilitator.errors import UserFault
from facilitator.files import translated_os_errors, write_atomically

PAIR = ("text_a", "text_b")
SCORE = "score"


class NamedText(NamedTuple):
    """A text and what its file calls it: a number or a word."""

    id: str | int
    text: str


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table separated by tabs, with columns ``text_a`` and ``text_b``.

    Raises ``UserFault`` ``file-missing``, ``pairs-unreadable`` with the ``line``; ``EnvironmentFault``.
    """
    lines = _lines(path, "pairs-unreadable")
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if not set(PAIR) <= set(table.fieldnames or ()):
        raise UserFault("pairs-unreadable", path=path, line=1)
    rows = []
    for row in table:
        if None in row or any(value is None for value in row.values()):
            raise UserFault("pairs-unreadable", path=path, line=table.line_num)
        rows.append(row)
    return rows


def write_scores(path: Path, rows: Sequence[Mapping[str, str]], scores: Sequence[float]) -> None:
    """Write the rows with a column ``score``, in the same order, whole or not at all.

    Raises ``EnvironmentFault``.
    """
    columns = [*(rows[0] if rows else PAIR), SCORE]
    lines = ["\t".join(columns)]
    for row, score in zip(rows, scores, strict=True):
        lines.append("\t".join([*row.values(), f"{score:.6f}"]))
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def read_texts(path: Path) -> list[NamedText]:
    """Return the texts of a file with an object ``{"id": …, "text": …}`` in each line.

    Raises ``UserFault`` ``file-missing``, ``texts-unreadable`` with the ``line``; ``EnvironmentFault``.
    """
    texts = []
    for number, line in enumerate(_lines(path, "texts-unreadable"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            key, text = value["id"], value["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise UserFault("texts-unreadable", path=path, line=number) from error
        if not isinstance(key, str | int) or not isinstance(text, str):
            raise UserFault("texts-unreadable", path=path, line=number)
        texts.append(NamedText(key, text))
    return texts


def _lines(path: Path, fault: str) -> list[str]:
    if not path.exists():
        raise UserFault("file-missing", path=path)
    with translated_os_errors(path):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserFault(fault, path=path, line=data.count(b"\n", 0, error.start) + 1) from error
