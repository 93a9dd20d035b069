"""Two clusters become one in one act, and what a vote has left of former rounds is still known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.room.voting import current_round, former_dots, is_option, last_agreement, rounds_about
from facilitator.services.commands import (
    AddCards,
    AddCluster,
    CastDots,
    ChangeCards,
    JoinClusters,
    NewPerson,
    OpenRound,
    SetRoundState,
    ShowFingers,
)
from facilitator.services.group_service import GroupService
from tests.helpers.sessions import begin


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    with begin(tmp_path / "g.fgroup", NewPerson(), NewPerson()) as opened:
        opened.perform(AddCards("rule", ("Решаем вместе", "Отвечаем за день")))
        yield opened


def rules(service: GroupService) -> list[str]:
    return [card.id for card in service.snapshot.cards_of("rule")]


def add_cluster(service: GroupService, step: str, title: str, *cards: str) -> str:
    service.perform(AddCluster(step, title, cards))
    return service.snapshot.clusters_of(step)[-1].id


def open_round(service: GroupService, method: str) -> str:
    service.perform(OpenRound("rules", method))  # type: ignore[arg-type]
    found = current_round(service.snapshot, "rules", method)
    assert found is not None
    return found.id


def reveal(service: GroupService, round_: str) -> None:
    service.perform(SetRoundState(round_, "closed"))
    service.perform(SetRoundState(round_, "revealed"))


def test_all_cards_of_a_cluster_go_into_the_other_and_come_back(service: GroupService) -> None:
    one, two = rules(service)
    people = add_cluster(service, "rules", "Люди", one)
    time = add_cluster(service, "rules", "Время", two)
    before = service.snapshot
    changes = service.perform(JoinClusters(time, people))
    assert (changes.name.code, changes.name.subject) == ("clusters-joined", "Люди")
    assert [each.title for each in service.snapshot.clusters_of("rules")] == ["Люди"]
    assert {card.cluster for card in service.snapshot.cards_of("rule")} == {people}
    service.undo()
    assert service.snapshot == before


def test_a_cluster_is_joined_with_another_of_its_step_only(service: GroupService) -> None:
    one = add_cluster(service, "rules", "Люди")
    elsewhere = add_cluster(service, "barriers", "Деньги")
    for into, code in ((one, "clusters-apart"), (elsewhere, "clusters-apart"), ("nowhere", "record-missing")):
        with pytest.raises(UserFault) as caught:
            service.perform(JoinClusters(one, into))
        assert caught.value.code == code


def test_the_dots_of_former_rounds_are_known_newest_first(service: GroupService) -> None:
    card, other = rules(service)
    person = next(iter(service.snapshot.participants))
    assert former_dots(service.snapshot, "rules", card) == ()
    for dots in (1, 2, 3):
        round_ = open_round(service, "dots")
        service.perform(CastDots(round_, card, person, dots))
        reveal(service, round_)
    assert former_dots(service.snapshot, "rules", card) == (2, 1)
    assert former_dots(service.snapshot, "rules", other) == (0, 0)


def test_the_rounds_about_a_card_are_told_from_those_about_another(service: GroupService) -> None:
    card, other = rules(service)
    people = tuple(service.snapshot.participants)
    for about, fingers in ((card, 2), (other, 5), (card, 4)):
        round_ = open_round(service, "fist")
        service.perform(ShowFingers(round_, about, people, fingers))
        if fingers == 4:
            assert last_agreement(service.snapshot, service.room, "rules", card) is None
        reveal(service, round_)
    assert len(rounds_about(service.snapshot, "rules", card)) == 2
    shown = last_agreement(service.snapshot, service.room, "rules", card)
    assert shown is not None
    assert shown.passed
    assert last_agreement(service.snapshot, service.room, "rules", "another") is None


def test_a_statement_that_was_put_off_is_no_option(service: GroupService) -> None:
    card, _other = rules(service)
    service.perform(ChangeCards((card,), {"status": "parked"}))
    key = open_round(service, "dots")
    assert not is_option(service.snapshot.cards[card], service.snapshot.rounds[key])
