"""Gaps in the chain, in both directions."""

import msgspec

from facilitator.domain.edits import Edit, added, inverse, removed
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import Gap, Gaps, find_gaps
from facilitator.script.model import Script
from tests.unit.script.conftest import Board


def missing(script: Script, board: Board) -> list[tuple[str, str]]:
    return [(gap.kind, gap.missing) for gap in find_gaps(script, board.snapshot())]


def test_a_lone_card_of_each_kind_lacks_all_it_needs(script: Script, board: Board) -> None:
    for kind in ("action", "effect", "product", "counterparty", "image", "rule", "barrier", "future-norm"):
        board.card(kind)
    for kind in ("present-norm", "mission", "personal-mission"):
        board.card(kind)
    assert missing(script, board) == [
        ("present-norm", "replaces"),
        ("future-norm", "replaces"),
        ("barrier", "hinders"),
        ("barrier", "overcomes|removes"),
        ("rule", "overcomes"),
        ("image", "draws-on"),
        ("counterparty", "by|responsible"),
        ("product", "by"),
        ("product", "of"),
        ("product", "delivers"),
        ("effect", "of"),
        ("action", "delivers|removes"),
        ("action", "responsible"),
        ("action", "end"),
        ("action", "document"),
    ]


def test_a_whole_chain_has_no_gaps(script: Script, board: Board) -> None:
    present, future, barrier = board.card("present-norm"), board.card("future-norm"), board.card("barrier")
    rule, image, counterparty = board.card("rule"), board.card("image"), board.card("counterparty")
    product, effect = board.card("product"), board.card("effect")
    action = board.card("action", fields={"end": "2019-12", "document": ["Приказ", "Соглашение"]})
    board.link(future, "replaces", present)
    board.link(barrier, "hinders", future)
    board.link(rule, "overcomes", barrier)
    board.link(image, "draws-on", future)
    board.link(product, "by", counterparty)
    board.link(effect, "of", product)
    board.link(action, "delivers", product)
    board.link(action, "responsible", counterparty)
    assert find_gaps(script, board.snapshot()) == ()


def test_either_of_two_ways_closes_a_barrier(script: Script, board: Board) -> None:
    first, second, third = (board.card("barrier", position=position) for position in range(3))
    board.link(board.card("rule"), "overcomes", first)
    board.link(board.card("action"), "removes", second)
    gaps = [gap for gap in find_gaps(script, board.snapshot()) if gap.missing == "overcomes|removes"]
    assert gaps == [Gap(third.id, "barrier", "overcomes|removes")]


def test_gaps_follow_the_order_of_the_cards(script: Script, board: Board) -> None:
    last, first = board.card("rule", position=2), board.card("rule", position=1)
    assert [gap.card for gap in find_gaps(script, board.snapshot())] == [first.id, last.id]


def test_parked_and_rejected_cards_have_no_gaps_and_close_none(script: Script, board: Board) -> None:
    barrier = board.card("barrier", status="accepted")
    board.link(board.card("rule", status="parked"), "overcomes", barrier)
    board.link(board.card("action", status="rejected"), "removes", barrier)
    board.link(barrier, "hinders", board.card("future-norm", status="parked"))
    assert missing(script, board) == [("barrier", "hinders"), ("barrier", "overcomes|removes")]


def test_a_link_of_another_relation_closes_nothing(script: Script, board: Board) -> None:
    product, action = board.card("product"), board.card("action")
    board.link(action, "responsible", product)
    assert ("product", "delivers") in missing(script, board)
    assert ("action", "delivers|removes") in missing(script, board)


def test_a_link_to_a_card_that_is_gone_closes_nothing(script: Script, board: Board) -> None:
    rule, barrier = board.card("rule"), board.card("barrier")
    board.link(rule, "overcomes", barrier)
    board.records.remove(barrier)
    assert missing(script, board) == [("rule", "overcomes")]


def test_a_field_of_nothing_but_spaces_is_missing(script: Script, board: Board) -> None:
    board.card("action", fields={"end": " ", "document": ["", " "]})
    assert {("action", "end"), ("action", "document")} <= set(missing(script, board))


def test_a_number_fills_a_field(script: Script, board: Board) -> None:
    board.card("action", fields={"document": 442})
    assert ("action", "document") not in missing(script, board)


def test_gaps_that_follow_the_acts_are_those_found_anew(script: Script, board: Board) -> None:
    present, future, barrier = board.card("present-norm"), board.card("future-norm"), board.card("barrier")
    rule, action = board.card("rule"), board.card("action", fields={"end": "2019-12"})
    group = board.snapshot()
    gaps = Gaps(script, group)
    replaces, hinders = board.link(future, "replaces", present), board.link(barrier, "hinders", future)
    overcomes = board.link(rule, "overcomes", barrier)
    moved = msgspec.structs.replace(overcomes, source=action.id, relation="removes")
    parked = msgspec.structs.replace(future, status="parked")
    acts = [
        added([replaces, hinders]),
        added([overcomes]),
        (Edit(overcomes, moved),),
        (Edit(future, parked),),
        removed([moved, action]),
        (Edit(rule, msgspec.structs.replace(rule, text="Иначе")),),
        added([board.card("rule")]),
        (Edit(board.group, msgspec.structs.replace(board.group, room="12")),),
    ]
    for edits in [*acts, *map(inverse, reversed(acts))]:
        group = group.apply(edits)
        gaps.follow(edits, group)
        assert_found_anew(gaps, script, group)


def assert_found_anew(gaps: Gaps, script: Script, group: GroupSnapshot) -> None:
    anew = find_gaps(script, group)
    assert {key: gaps.of(key) for key in group.cards} == {
        key: tuple(gap for gap in anew if gap.card == key) for key in group.cards
    }
    assert gaps.total == len(anew)
    for kind, missing in {(gap.kind, gap.missing) for gap in anew} | {("rule", "overcomes")}:
        assert set(gaps.lacking(kind, missing)) == {gap.card for gap in anew if gap[1:] == (kind, missing)}
    assert gaps.count("rule", "overcomes") == sum(gap[1:] == ("rule", "overcomes") for gap in anew)
    assert set(gaps.cards) == {gap.card for gap in anew}
