"""A personal mission is published by its author's agreement, and only as it was agreed to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.services.commands import AddCards, AgreeToPublish, ChangeCards, NewPerson, SplitCard
from facilitator.services.group_service import GroupService
from tests.helpers.sessions import begin


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    with begin(tmp_path / "g.fgroup", NewPerson(), NewPerson()) as opened:
        yield opened


def test_a_published_mission_is_private_again_when_its_words_change(service: GroupService) -> None:
    author = next(iter(service.snapshot.participants))
    service.perform(AddCards("personal-mission", ("Навещать соседку",), author=author))
    (mission,) = service.snapshot.cards_of("personal-mission")
    service.perform(AgreeToPublish(mission.id))
    service.perform(ChangeCards((mission.id,), {"cluster": None, "marks": ["proposal"]}))
    assert not service.snapshot.cards[mission.id].private
    service.perform(ChangeCards((mission.id,), {"text": "Навещать всех соседей"}))
    assert service.snapshot.cards[mission.id].private
    service.undo()
    assert not service.snapshot.cards[mission.id].private
    assert service.snapshot.cards[mission.id].text == "Навещать соседку"


def test_a_published_mission_is_private_again_when_somebody_else_is_its_author(service: GroupService) -> None:
    one, other = list(service.snapshot.participants)[:2]
    service.perform(AddCards("personal-mission", ("Навещать соседку",), author=one))
    (mission,) = service.snapshot.cards_of("personal-mission")
    service.perform(AgreeToPublish(mission.id))
    service.perform(ChangeCards((mission.id,), {"author": other}))
    assert service.snapshot.cards[mission.id].private


def test_the_parts_of_a_published_mission_are_private(service: GroupService) -> None:
    author = next(iter(service.snapshot.participants))
    service.perform(AddCards("personal-mission", ("Навещать соседку. Звонить брату",), author=author))
    (mission,) = service.snapshot.cards_of("personal-mission")
    service.perform(AgreeToPublish(mission.id))
    service.perform(SplitCard(mission.id, ("Навещать соседку", "Звонить брату")))
    assert [card.private for card in service.snapshot.cards_of("personal-mission")] == [True, True]
    service.undo()
    assert [card.private for card in service.snapshot.cards_of("personal-mission")] == [False]
