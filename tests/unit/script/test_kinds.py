"""Kinds of step: the registry is total, a ninth step is data alone, open points say what is left to do."""

import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.script import kinds
from facilitator.script.chain import find_gaps
from facilitator.script.kinds import STEP_KINDS, open_points
from facilitator.script.loader import load_script
from facilitator.script.model import Script
from facilitator.script.rules import check_card, check_link
from tests.unit.script.conftest import Board

NINTH_STEP = """
[[steps]]
id = "risks"
day = 2
kind = "collect"
minutes = 20
title = { ru = "Риски", en = "Risks" }
question = { ru = "Что может пойти не так?", en = "What may go wrong?" }
hint = { ru = "По одному риску на мероприятие.", en = "One risk to an action." }
[[steps.card_kinds]]
id = "risk"
title = { ru = "Риск", en = "Risk" }
plural = { ru = "Риски", en = "Risks" }

[[relations]]
id = "threatens"
sources = ["risk"]
targets = ["action"]
title = { ru = "угрожает", en = "threatens" }
inverse = { ru = "под угрозой", en = "is threatened by" }

[[requirements]]
kind = "risk"
any_of = ["->threatens"]
words = { ru = "не угрожает ни одному мероприятию", en = "threatens no action" }

"""

RELATIONS_HEAD = '[[relations]]\nid = "replaces"'


def points(script: Script, board: Board, step: str) -> dict[str, int]:
    return {point.code: point.count for point in open_points(script.step(step), script, board.snapshot())}


def test_every_module_of_a_kind_stands_in_the_registry_once() -> None:
    modules = {module.name for module in pkgutil.iter_modules(kinds.__path__)} - {"kind"}
    assert {kind.id for kind in STEP_KINDS} == modules
    assert len(STEP_KINDS) == len(modules)


def test_a_ninth_step_of_a_known_kind_is_a_change_of_data_alone(
    rewritten: Callable[[str, str], Path], board: Board
) -> None:
    script = load_script(rewritten(RELATIONS_HEAD, NINTH_STEP + RELATIONS_HEAD))
    assert [step.id for step in script.steps][-1] == "risks"
    assert points(script, board, "risks") == {"no-statements": 1}
    risk, action = board.card("risk", "Закон не примут"), board.card("action")
    check_card(risk, script)
    assert points(script, board, "risks") == {"statements-unlinked": 1}
    assert (risk.id, "risk", "threatens") in find_gaps(script, board.snapshot())
    link = board.link(risk, "threatens", action)
    check_link(link, risk, action, script)
    assert points(script, board, "risks") == {}


def test_collecting_wants_statements_and_their_links(script: Script, board: Board) -> None:
    assert points(script, board, "future") == {"no-statements": 1}
    future = board.card("future-norm")
    board.card("future-norm")
    assert points(script, board, "future") == {"statements-unlinked": 2}
    board.link(future, "replaces", board.card("present-norm"))
    assert points(script, board, "future") == {"statements-unlinked": 1}


def test_a_step_does_not_wait_for_later_ones(script: Script, board: Board) -> None:
    barrier = board.card("barrier")
    board.card("present-norm")
    board.link(barrier, "hinders", board.card("future-norm"))
    assert points(script, board, "present") == {}
    assert points(script, board, "barriers") == {}


def test_parked_statements_do_not_count(script: Script, board: Board) -> None:
    board.card("rule", status="parked")
    assert points(script, board, "rules") == {"no-statements": 1}


def test_the_mission_is_one_and_personal_missions_are_no_duty(script: Script, board: Board) -> None:
    board.card("personal-mission")
    assert points(script, board, "mission") == {"text-missing": 1}
    board.card("mission")
    assert points(script, board, "mission") == {}
    board.card("mission")
    assert points(script, board, "mission") == {"text-repeated": 1}


@pytest.mark.parametrize(
    ("sentences", "open_point"),
    [
        (0, {"too-few-sentences": 3}),
        (2, {"too-few-sentences": 1}),
        (3, {}),
        (10, {}),
        (12, {"too-many-sentences": 2}),
    ],
)
def test_the_image_has_three_to_ten_sentences(
    script: Script, board: Board, sentences: int, open_point: dict[str, int]
) -> None:
    image = board.card("image", "Каждый услышан. " * sentences or "…")
    board.link(image, "draws-on", board.card("mission"))
    assert points(script, board, "image") == open_point


def test_the_image_is_written_once_and_draws_on_what_came_before(script: Script, board: Board) -> None:
    assert points(script, board, "image") == {"text-missing": 1}
    board.card("image", "Мы вместе. Мы рядом. Мы слышим.")
    assert points(script, board, "image") == {"sources-missing": 1}
    board.card("image", "Мы вместе. Мы рядом. Мы слышим.")
    assert points(script, board, "image") == {"text-repeated": 1, "sources-missing": 2}


def test_the_matrix_wants_every_column_and_every_cell_linked(script: Script, board: Board) -> None:
    assert points(script, board, "effects") == {"columns-empty": 3}
    counterparty, product, effect = (board.card(kind) for kind in ("counterparty", "product", "effect"))
    assert points(script, board, "effects") == {"cells-unlinked": 3}
    board.link(product, "by", counterparty)
    assert points(script, board, "effects") == {"cells-unlinked": 2}
    board.link(effect, "of", product)
    assert points(script, board, "effects") == {}


def test_the_plan_counts_rows_that_cannot_be_closed(script: Script, board: Board) -> None:
    assert points(script, board, "roadmap") == {"no-actions": 1}
    action = board.card("action", fields={"end": "2019", "document": "Приказ"})
    assert points(script, board, "roadmap") == {"rows-open": 1}
    board.link(action, "removes", board.card("barrier"))
    board.link(action, "responsible", board.card("counterparty"))
    assert points(script, board, "roadmap") == {}
    board.card("action")
    assert points(script, board, "roadmap") == {"rows-open": 1}
