"""Who speaks for whom."""

import msgspec

from facilitator.script.joined import folded, joined_into, last_speaker_for, speaker_for
from facilitator.script.model import Script
from tests.unit.script.conftest import Board


def test_a_card_speaks_for_those_joined_into_it_and_for_those_joined_into_them(
    script: Script, board: Board
) -> None:
    one, two, three, other = (board.card("rule", text) for text in ("Раз", "Два", "Три", "Ещё"))
    board.link(two, "joined-into", one)
    board.link(three, "joined-into", two)
    group = board.snapshot()
    assert joined_into(script, group, one.id) == (two, three)
    assert joined_into(script, group, two.id) == (three,)
    assert joined_into(script, group, other.id) == ()
    assert speaker_for(script, group, three.id) == two
    assert last_speaker_for(script, group, three.id) == one.id
    assert last_speaker_for(script, group, one.id) == one.id
    assert speaker_for(script, group, one.id) is None
    assert folded(script, group) == {two.id, three.id}


def test_a_circle_of_joined_cards_from_elsewhere_comes_to_an_end(script: Script, board: Board) -> None:
    one, two = board.card("rule"), board.card("rule")
    board.link(one, "joined-into", two)
    board.link(two, "joined-into", one)
    assert joined_into(script, board.snapshot(), one.id) == (two,)
    assert last_speaker_for(script, board.snapshot(), one.id) == two.id


def test_a_script_of_an_earlier_version_knows_no_joined_cards(script: Script, board: Board) -> None:
    one, two = board.card("rule"), board.card("rule")
    board.link(two, "joined-into", one)
    chain = tuple(relation for relation in script.relations if not relation.joins)
    earlier, group = msgspec.structs.replace(script, relations=chain), board.snapshot()
    assert joined_into(earlier, group, one.id) == ()
    assert speaker_for(earlier, group, two.id) is None
    assert folded(earlier, group) == frozenset()
