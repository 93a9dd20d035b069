"""``facilitator similar``: pairs of a table, texts of a file, the statements of a centre."""

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.services.centre import CentreService
from tests.cli.conftest import Run
from tests.helpers.districts import found, gathered

PAIRS = [
    ("7", "Пустить автобус до хутора", "Автобус до хутора пустить"),
    ("8", "Пустить автобус до хутора", "Открыть клуб вязания"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    lines = ["\t".join(("id", "text_a", "text_b")), *("\t".join(pair) for pair in PAIRS)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    said = ("Пустить автобус до хутора", "Открыть клуб вязания", "До хутора пустить автобус")
    lines = [
        json.dumps({"id": f"т{place}", "text": text}, ensure_ascii=False) for place, text in enumerate(said)
    ]
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    district = found(tmp_path, "skfo-2018", 1, 2)
    path = tmp_path / "skfo.fcentre"
    with closing(CentreService.open(path)) as opened:
        first = district.package(1, "Поднять тариф на перевозку", "Пустить автобус до хутора")
        second = district.package(2, "Снизить тариф на перевозку", "Автобус до хутора пустить")
        gathered(opened, district, tmp_path, bytes(first.data), bytes(second.data))
    return path


def test_pairs_are_scored_in_their_order(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.tsv"
    answer = run("similar", "--pairs", table, "--out", out, "--json")
    assert answer.code == 0
    assert answer.json["pairs"] == 2
    assert answer.json["layers"][0] == "words"
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [(row["id"], row["text_a"], row["text_b"]) for row in rows] == PAIRS
    same, other = (float(row["score"]) for row in rows)
    assert same > 0.7 > other
    assert run("similar", "--pairs", table, "--json").json["scores"] == pytest.approx([same, other], abs=1e-5)
    assert len(run("similar", "--pairs", table).out.splitlines()) == 2
    assert str(out) in run("similar", "--pairs", table, "--out", out).out


def test_texts_are_compared_by_their_ids(run: Run, texts: Path) -> None:
    answer = run("similar", "--texts", texts, "--json")
    ((one, other, score),) = answer.json["pairs"]
    assert (one, other) == ("т0", "т2")
    assert score > 0.7
    assert answer.json["clusters"] == [["т0", "т2"]]
    assert run("similar", "--texts", texts, "--threshold", "1").out == ""
    assert run("similar", "--texts", texts).out.splitlines()[1] == "т0  т2"


def test_statements_of_a_centre_are_compared_across_its_groups(run: Run, centre: Path) -> None:
    pairs = run("similar", centre, "--json").json["pairs"]
    same = next(pair for pair in pairs if not pair["contrasts"])
    opposed = next(pair for pair in pairs if pair["contrasts"])
    assert {card["principal"] for card in same["cards"]} == {"skfo-2018.g1", "skfo-2018.g2"}
    assert (same["kind"], same["by"]) == ("rule", "words")
    assert same["score"] > 0.7
    assert opposed["contrasts"] == ["direction"]
    said = run("--lang", "ru", "similar", centre).out
    assert "противоречат" in said
    assert "Сравнивалось по" in said
    assert not run("similar", centre, "--theme", "nothing", "--json").json["pairs"]


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("pairs", "text_a\tanother\nа\tб\n", "pairs-unreadable", 1),
        ("pairs", "", "pairs-unreadable", 1),
        ("pairs", "text_a\ttext_b\nа\tб\nв\n", "pairs-unreadable", 3),
        ("pairs", "text_a\ttext_b\nа\tб\tв\n", "pairs-unreadable", 2),
        ("texts", '{"id": 1, "text": "а"}\nслово\n', "texts-unreadable", 2),
        ("texts", '{"id": 1}\n', "texts-unreadable", 1),
        ("texts", '{"id": [1], "text": "а"}\n', "texts-unreadable", 1),
        ("texts", "[1]\n", "texts-unreadable", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    run: Run, tmp_path: Path, name: str, content: str, code: str, line: int
) -> None:
    path = tmp_path / "given"
    path.write_text(content, "utf-8")
    answer = run("similar", f"--{name}", path)
    assert answer.code == 3
    assert answer.err.startswith(f"error: {code}: ")
    assert f"{path}, line {line}" in answer.err or f"{path}, строка {line}" in answer.err


def test_a_file_in_another_encoding_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes("text_a\ttext_b\nа\tб\n".encode("cp1251"))
    assert run("similar", "--pairs", path).err.startswith("error: pairs-unreadable: ")
    assert run("similar", "--texts", tmp_path / "none").err.startswith("error: file-missing: ")


@pytest.mark.parametrize(
    "arguments",
    [(), ("--texts", "a", "--pairs", "b"), ("c.fcentre", "--threshold", "2"), ("c", "--threshold", "x")],
)
def test_wrong_usage_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run("similar", *arguments)
    assert answer.code == 2
    assert answer.err.startswith("error: usage: ")
