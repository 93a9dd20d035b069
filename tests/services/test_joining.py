"""Splitting and joining statements: nobody's words, authors or links are lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from facilitator.domain.records import Card
from facilitator.errors import UserFault
from facilitator.script.chain import find_gaps
from facilitator.services.commands import (
    AddCards,
    Command,
    Desk,
    JoinCards,
    NewPerson,
    OpenRound,
    SeparateCard,
    SetLinks,
    SplitCard,
    WriteText,
)
from facilitator.services.group_service import GroupService
from tests.helpers.sessions import begin


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    with begin(tmp_path / "g.fgroup", NewPerson(), NewPerson()) as opened:
        opened.perform(AddCards("barrier", ("Нет дорог", "Нет денег")))
        one, two = sorted(opened.snapshot.participants)
        roads, money = (card.id for card in opened.snapshot.cards_of("barrier"))
        opened.perform(
            AddCards("rule", ("Едем сами; ищем вместе",), author=one, links=(("overcomes", roads),))
        )
        opened.perform(AddCards("rule", ("Ищем деньги вместе",), author=two, links=(("overcomes", money),)))
        yield opened


def rules(service: GroupService) -> tuple[Card, ...]:
    return service.snapshot.cards_of("rule")


def refused(service: GroupService, command: Command) -> str:
    with pytest.raises(UserFault) as caught:
        service.perform(command)
    return caught.value.code


def targets(service: GroupService, card: Card) -> set[str]:
    links = service.snapshot.links_from(card.id, "overcomes")
    return {service.snapshot.cards[link.target].text for link in links}


def test_the_parts_of_a_statement_keep_its_author_place_and_links(service: GroupService) -> None:
    before = rules(service)[0]
    service.perform(SplitCard(before.id, ("Едем сами", " ", "Ищем вместе")))
    first, second, other = rules(service)
    assert [card.text for card in (first, second, other)] == [
        "Едем сами",
        "Ищем вместе",
        "Ищем деньги вместе",
    ]
    assert first.id == before.id
    assert first.author == second.author == before.author
    assert targets(service, first) == targets(service, second) == {"Нет дорог"}
    service.undo()
    assert rules(service)[0] == before


def test_what_is_split_has_two_parts_and_is_no_agreed_text(service: GroupService) -> None:
    assert refused(service, SplitCard(rules(service)[0].id, ("Едем сами", ""))) == "parts-too-few"
    service.perform(WriteText("mission", "Мы вместе"))
    (mission,) = service.snapshot.cards_of("mission")
    assert refused(service, SplitCard(mission.id, ("Мы", "вместе"))) == "card-single"
    assert refused(service, SplitCard(rules(service)[0].id, ("я" * 2_001, "да"))) == "text-too-long"


def test_joined_cards_stay_with_their_authors_and_the_one_that_speaks_has_all_links(
    service: GroupService,
) -> None:
    one, two = rules(service)
    service.perform(JoinCards(one.id, (one.id, two.id), f" {one.text} "))
    one, two = rules(service)
    assert one.text == "Едем сами; ищем вместе"
    assert (two.text, two.status) == ("Ищем деньги вместе", "parked")
    assert one.author != two.author
    assert targets(service, one) == {"Нет дорог", "Нет денег"}
    (link,) = service.snapshot.links_to(one.id, "joined-into")
    assert link.source == two.id
    assert "rule" not in {gap.kind for gap in find_gaps(service.script, service.snapshot)}
    service.perform(SeparateCard(two.id))
    assert rules(service)[1].status == "open"
    assert service.snapshot.links_to(one.id, "joined-into") == ()


def test_joining_copies_no_link_twice_and_none_between_the_joined(service: GroupService) -> None:
    one, two = rules(service)
    (roads, *_rest) = service.snapshot.cards_of("barrier")
    service.perform(SetLinks(two.id, "overcomes", (roads.id,)))
    service.perform(JoinCards(one.id, (two.id,)))
    assert len(service.snapshot.links_from(one.id, "overcomes")) == 1
    service.perform(AddCards("rule", ("Ещё",)))
    three = rules(service)[2]
    service.perform(JoinCards(three.id, (one.id,)))
    assert {link.source for link in service.snapshot.links_to(three.id, "joined-into")} == {one.id}
    assert service.snapshot.links_from(three.id, "joined-into") == ()


def test_only_cards_of_one_kind_are_joined(service: GroupService) -> None:
    rule = rules(service)[0]
    barrier = service.snapshot.cards_of("barrier")[0]
    for cards in ((), (rule.id,), (barrier.id,)):
        assert refused(service, JoinCards(rule.id, cards)) == "join-mismatch"


def test_a_wording_for_all_is_a_card_of_its_own_and_nobodys_words_are_lost(service: GroupService) -> None:
    one, two = rules(service)
    service.perform(JoinCards(one.id, (two.id,), "Едем сами, деньги ищем вместе"))
    first, wording, second = rules(service)
    assert (first.text, second.text) == (one.text, two.text)
    assert first.status == second.status == "parked"
    assert (wording.text, wording.author, wording.status) == ("Едем сами, деньги ищем вместе", None, "open")
    assert targets(service, wording) == {"Нет дорог", "Нет денег"}
    joined = {link.source for link in service.snapshot.links_to(wording.id, "joined-into")}
    assert joined == {one.id, two.id}


def test_a_card_for_which_another_speaks_is_not_joined_once_more(service: GroupService) -> None:
    one, two = rules(service)
    service.perform(AddCards("rule", ("Ещё",)))
    three = rules(service)[2]
    service.perform(JoinCards(one.id, (two.id,)))
    for into, cards in ((two.id, (one.id,)), (two.id, (three.id,)), (three.id, (two.id,))):
        assert refused(service, JoinCards(into, cards)) == "join-mismatch"


def test_what_is_voted_on_is_neither_split_nor_joined(service: GroupService) -> None:
    one, two = rules(service)
    service.perform(OpenRound("rules", "dots"))
    assert refused(service, SplitCard(one.id, ("Едем", "Ищем"))) == "round-open"
    assert refused(service, JoinCards(one.id, (two.id,))) == "round-open"


def test_a_script_of_an_earlier_version_knows_no_joining(service: GroupService) -> None:
    chain = tuple(relation for relation in service.script.relations if not relation.joins)
    script = msgspec.structs.replace(service.script, relations=chain)
    desk = replace(Desk(service.script, service.catalogues), script=script)
    one, two = rules(service)
    for command in (JoinCards(one.id, (two.id,)), SeparateCard(one.id)):
        with pytest.raises(UserFault, match="joining-unknown"):
            command.carry_out(service.snapshot, desk)
    parts = SplitCard(one.id, ("Едем", "Ищем")).carry_out(service.snapshot, desk)
    assert len(parts.edits) == 3
