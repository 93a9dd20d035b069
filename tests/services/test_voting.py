"""Rounds of voting: what may be given while they are open, and what is hidden until they are revealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.domain.records import Round
from facilitator.errors import UserFault
from facilitator.room.notes import FistSubject
from facilitator.room.voting import (
    Tally,
    agreement,
    asked_about,
    current_round,
    dots_of,
    is_option,
    last_agreement,
    open_round,
    options,
    subject_of,
    tallies,
    voters,
)
from facilitator.services.commands import (
    AddCards,
    CastDots,
    ChangeCards,
    Command,
    GiveDots,
    NewPerson,
    OpenRound,
    RemoveCards,
    RemovePerson,
    SetRoundState,
    ShowFingers,
    WriteText,
)
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group
from tests.helpers.sessions import begin

THREE = (NewPerson(), NewPerson(), NewPerson())


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    with begin(tmp_path / "g.fgroup", *THREE) as opened:
        opened.perform(AddCards("rule", ("Решаем вместе", "Отвечаем за день", "Говорим прямо")))
        yield opened


def people(service: GroupService) -> list[str]:
    return sorted(service.snapshot.participants)


def rules(service: GroupService) -> list[str]:
    return [card.id for card in service.snapshot.cards_of("rule")]


def begin_round(service: GroupService, method: str = "dots", step: str = "rules", budget: int = 3) -> Round:
    service.perform(OpenRound(step, method, budget))  # type: ignore[arg-type]
    round_ = current_round(service.snapshot, step, method)
    assert round_ is not None
    return round_


def refused(service: GroupService, command: Command) -> str:
    before = service.snapshot
    with pytest.raises(UserFault) as caught:
        service.perform(command)
    assert service.snapshot == before
    return caught.value.code


def reveal(service: GroupService, round_: Round) -> None:
    service.perform(SetRoundState(round_.id, "closed"))
    service.perform(SetRoundState(round_.id, "revealed"))


def test_dots_by_person_are_hidden_until_revealed(service: GroupService) -> None:
    one, two, _three = people(service)
    first, second, _third = rules(service)
    round_ = begin_round(service)
    for person, card, dots in ((one, first, 2), (one, second, 1), (two, first, 3)):
        service.perform(CastDots(round_.id, card, person, dots))
    assert service.snapshot.dots == {}
    assert voters(service.snapshot, round_.id) == {one, two}
    assert dots_of(service.snapshot, round_.id, one) == {first: 2, second: 1}
    service.perform(SetRoundState(round_.id, "closed"))
    assert service.snapshot.dots == {}
    service.perform(SetRoundState(round_.id, "revealed"))
    assert service.snapshot.dots == {first: 5, second: 1}
    assert tallies(service.snapshot, round_.id) == {first: Tally(5, 2), second: Tally(1, 1)}


def test_nobody_gives_more_dots_than_they_have(service: GroupService) -> None:
    one = people(service)[0]
    first, second, _third = rules(service)
    round_ = begin_round(service)
    service.perform(CastDots(round_.id, first, one, 3))
    assert refused(service, CastDots(round_.id, second, one, 1)) == "dots-over-budget"
    assert refused(service, CastDots(round_.id, first, one, -1)) == "dots-over-budget"
    service.perform(CastDots(round_.id, first, one, 2))
    service.perform(CastDots(round_.id, second, one, 1))
    service.perform(CastDots(round_.id, second, one, 0))
    assert dots_of(service.snapshot, round_.id, one) == {first: 2}


def test_dots_counted_by_hand_keep_to_what_all_have_together(service: GroupService) -> None:
    first, second, _third = rules(service)
    round_ = begin_round(service)
    service.perform(GiveDots(first, 7))
    assert refused(service, GiveDots(second, 3)) == "dots-over-people"
    service.perform(GiveDots(second, 2))
    assert service.snapshot.dots == {}
    reveal(service, round_)
    assert service.snapshot.dots == {first: 7, second: 2}
    assert tallies(service.snapshot, round_.id)[first] == Tally(7, 0)


def test_the_two_ways_of_counting_are_not_mixed(service: GroupService) -> None:
    one = people(service)[0]
    first, second, _third = rules(service)
    round_ = begin_round(service)
    service.perform(CastDots(round_.id, first, one, 1))
    assert refused(service, GiveDots(second, 1)) == "round-per-person"
    service.perform(CastDots(round_.id, first, one, 0))
    service.perform(GiveDots(second, 1))
    assert refused(service, CastDots(round_.id, first, one, 1)) == "round-by-hand"


def test_what_is_voted_on_is_frozen_and_late_cards_are_recorded_all_the_same(service: GroupService) -> None:
    first = rules(service)[0]
    round_ = begin_round(service)
    assert open_round(service.snapshot, "rules") == round_
    assert refused(service, ChangeCards((first,), {"text": "Иначе"})) == "round-open"
    assert refused(service, ChangeCards((first,), {"status": "parked"})) == "round-open"
    assert refused(service, RemoveCards((first,))) == "round-open"
    service.perform(ChangeCards((first,), {"marks": ("growth-point",)}))
    assert len(options(service.snapshot, service.script, round_)) == 3
    reveal(service, round_)
    service.perform(ChangeCards((first,), {"text": "Иначе"}))
    assert open_round(service.snapshot, "rules") is None
    assert open_round(service.snapshot, "present") is None


def test_a_card_recorded_after_the_opening_is_no_option(
    service: GroupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = people(service)[0]
    round_ = begin_round(service)
    monkeypatch.setattr(
        "facilitator.services.commands.command.Desk.now", lambda _desk: "2999-01-01T00:00:00Z"
    )
    service.perform(AddCards("rule", ("Поздняя мысль",)))
    late = service.snapshot.cards_of("rule")[-1]
    assert not is_option(late, round_)
    assert refused(service, CastDots(round_.id, late.id, one, 1)) == "not-an-option"
    assert refused(service, GiveDots(late.id, 1)) == "not-an-option"


def test_an_imported_round_has_every_standing_card_as_an_option(service: GroupService) -> None:
    card = service.snapshot.cards_of("rule")[0]
    imported = Round(
        id="7d1f5f0e-1b53-4a44-9d6c-6b5cf2c7d0ad", group=card.group, step="rules", method="dots", state="open"
    )
    assert is_option(card, imported)


def test_states_follow_each_other(service: GroupService) -> None:
    first, one = rules(service)[0], people(service)[0]
    round_ = begin_round(service)
    assert refused(service, OpenRound("rules", "dots")) == "round-unfinished"
    assert refused(service, SetRoundState(round_.id, "revealed")) == "round-order"
    service.perform(SetRoundState(round_.id, "closed"))
    assert refused(service, CastDots(round_.id, first, one, 1)) == "round-not-open"
    service.perform(SetRoundState(round_.id, "open"))
    service.perform(CastDots(round_.id, first, one, 1))
    reveal(service, round_)
    assert refused(service, SetRoundState(round_.id, "open")) == "round-order"
    second = begin_round(service, budget=5)
    service.perform(CastDots(second.id, first, one, 5))
    reveal(service, second)
    assert service.snapshot.dots == {first: 5}
    assert [each.budget for each in service.snapshot.rounds_of("rules", "dots")] == [3, 5]


def test_dots_of_the_round_before_are_hidden_while_another_is_not_revealed(service: GroupService) -> None:
    first, second, _third = rules(service)
    one = people(service)[0]
    former = begin_round(service)
    service.perform(CastDots(former.id, first, one, 3))
    reveal(service, former)
    assert service.snapshot.dots == {first: 3}
    again = begin_round(service)
    assert service.snapshot.dots == {}
    service.perform(CastDots(again.id, second, one, 2))
    service.perform(SetRoundState(again.id, "closed"))
    assert service.snapshot.dots == {}
    service.perform(SetRoundState(again.id, "revealed"))
    assert service.snapshot.dots == {second: 2}
    service.undo()
    assert service.snapshot.dots == {}
    for _ in range(3):
        service.undo()
    assert service.snapshot.dots == {first: 3}


def test_a_round_in_which_nobody_gave_a_dot_leaves_the_one_before(service: GroupService) -> None:
    first, one = rules(service)[0], people(service)[0]
    former = begin_round(service)
    service.perform(CastDots(former.id, first, one, 3))
    reveal(service, former)
    reveal(service, begin_round(service))
    assert service.snapshot.dots == {first: 3}


@pytest.mark.parametrize("budget", [0, -1, 101])
def test_nobody_can_be_given_no_dots_or_too_many(service: GroupService, budget: int) -> None:
    assert refused(service, OpenRound("rules", "dots", budget)) == "budget-out-of-range"


def test_a_wrong_count_can_be_mended_when_fewer_people_are_in_the_list(service: GroupService) -> None:
    first, second, _third = rules(service)
    begin_round(service)
    service.perform(GiveDots(first, 7))
    service.perform(GiveDots(second, 2))
    service.perform(RemovePerson(people(service)[0]))
    assert refused(service, GiveDots(second, 3)) == "dots-over-people"
    service.perform(GiveDots(first, 6))
    service.perform(GiveDots(second, 0))
    assert sum(vote.value for vote in service.snapshot.votes.values()) == 6


def test_who_gave_dots_stays_and_the_last_of_the_list_can_vote_alone(service: GroupService) -> None:
    one, two, three = people(service)
    first = rules(service)[0]
    round_ = begin_round(service)
    service.perform(CastDots(round_.id, first, one, 3))
    service.perform(RemovePerson(two))
    service.perform(RemovePerson(three))
    assert refused(service, RemovePerson(one)) == "person-has-voted"
    reveal(service, round_)
    assert tallies(service.snapshot, round_.id) == {first: Tally(3, 1)}


def test_dots_on_a_statement_put_off_in_between_can_be_taken_back(service: GroupService) -> None:
    first, second, _third = rules(service)
    one = people(service)[0]
    round_ = begin_round(service)
    service.perform(CastDots(round_.id, first, one, 3))
    service.perform(SetRoundState(round_.id, "closed"))
    service.perform(ChangeCards((first,), {"status": "parked"}))
    service.perform(SetRoundState(round_.id, "open"))
    assert refused(service, CastDots(round_.id, second, one, 1)) == "dots-over-budget"
    service.perform(CastDots(round_.id, first, one, 1))
    assert refused(service, CastDots(round_.id, first, one, 2)) == "not-an-option"
    service.perform(CastDots(round_.id, first, one, 0))
    service.perform(CastDots(round_.id, second, one, 3))
    assert dots_of(service.snapshot, round_.id, one) == {second: 3}


def test_a_late_statement_is_not_frozen_and_is_counted_in_no_way(
    service: GroupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = begin_round(service)
    monkeypatch.setattr(
        "facilitator.services.commands.command.Desk.now", lambda _desk: "2999-01-01T00:00:00Z"
    )
    service.perform(AddCards("rule", ("Поздняя мыссль",)))
    late = service.snapshot.cards_of("rule")[-1].id
    service.perform(ChangeCards((late,), {"text": "Поздняя мысль"}))
    service.perform(SetRoundState(round_.id, "closed"))
    assert refused(service, GiveDots(late, 1)) == "not-an-option"
    service.perform(RemoveCards((late,)))


def test_dots_counted_on_the_wall_without_a_round_are_shown_at_once(service: GroupService) -> None:
    first = rules(service)[0]
    service.perform(GiveDots(first, 40))
    assert service.snapshot.dots == {first: 40}
    service.perform(GiveDots(first, 41))
    service.perform(GiveDots(rules(service)[1], 0))
    assert len(service.snapshot.rounds) == 1
    assert refused(service, GiveDots(first, 10_001)) == "dots-out-of-range"
    service.perform(GiveDots(first, 0))
    assert service.snapshot.dots == {}


def test_a_fist_of_five_keeps_both_rounds_and_what_was_objected(service: GroupService) -> None:
    service.perform(WriteText("mission", "Мы вместе ради семей"))
    (mission,) = service.snapshot.cards_of("mission")
    one, two, three = people(service)
    first = begin_round(service, "fist", "mission")
    assert first.budget is None
    assert subject_of(service.snapshot, first.id) is None
    service.perform(ShowFingers(first.id, mission.id, (one, two, three), 5))
    service.perform(ShowFingers(first.id, mission.id, (two,), 1, " Слишком общо "))
    shown = agreement(service.snapshot, first.id)
    assert (shown.hands, shown.doubtful, shown.passed, shown.divided) == (3, 1, False, True)
    assert shown.objections == ("Слишком общо",)
    reveal(service, first)
    second = begin_round(service, "fist", "mission")
    service.perform(ShowFingers(second.id, mission.id, (one, two, three), 4, "лишнее возражение"))
    reveal(service, second)
    shown = agreement(service.snapshot, second.id)
    assert (shown.passed, shown.divided, shown.objections) == (True, False, ())
    assert [each.id for each in service.snapshot.rounds_of("mission", "fist")] == [first.id, second.id]
    assert not agreement(service.snapshot, "nothing").divided


def test_a_text_stays_as_it_is_while_hands_are_shown(service: GroupService) -> None:
    service.perform(WriteText("mission", "Помогаем вовремя"))
    (mission,) = service.snapshot.cards_of("mission")
    round_ = begin_round(service, "fist", "mission")
    assert refused(service, WriteText("mission", "Помогаем всем")) == "round-open"
    service.perform(ShowFingers(round_.id, mission.id, tuple(people(service)), 5))
    assert refused(service, WriteText("mission", "")) == "round-open"
    service.perform(SetRoundState(round_.id, "closed"))
    service.perform(WriteText("mission", "Помогаем всем"))
    assert service.snapshot.cards_of("mission")[0].text == "Помогаем всем"


def test_only_the_statement_that_hands_are_shown_about_is_frozen(service: GroupService) -> None:
    first, second, _ = rules(service)
    round_ = begin_round(service, "fist")
    service.perform(ChangeCards((first,), {"text": "Решаем сообща"}))
    service.perform(ShowFingers(round_.id, first, (people(service)[0],), 4))
    assert refused(service, ChangeCards((first,), {"text": "Иначе"})) == "round-open"
    service.perform(ChangeCards((second,), {"text": "Отвечаем за два дня"}))


def test_what_a_fist_is_about_is_known_before_the_first_hand_and_after_a_restart(tmp_path: Path) -> None:
    with begin(tmp_path / "g.fgroup", *THREE) as service:
        service.perform(AddCards("rule", ("Решаем вместе", "Отвечаем за день")))
        first, second = rules(service)
        service.keep(FistSubject(step="rules", card=first))
        begin_round(service, "fist")
    with open_group(tmp_path / "g.fgroup") as service:
        round_ = current_round(service.snapshot, "rules", "fist")
        assert round_ is not None
        assert asked_about(service.snapshot, service.room, round_) == first
        assert refused(service, ChangeCards((first,), {"text": "Иначе"})) == "round-open"
        assert refused(service, RemoveCards((first,))) == "round-open"
        service.perform(ChangeCards((second,), {"text": "Отвечаем за два дня"}))
        service.perform(SetRoundState(round_.id, "closed"))
        service.perform(RemoveCards((first,)))
        assert asked_about(service.snapshot, service.room, round_) is None


def test_opinions_of_the_round_before_do_not_show_while_hands_are_shown_anew(service: GroupService) -> None:
    first, second, _third = rules(service)
    service.keep(FistSubject(step="rules", card=first))
    round_ = begin_round(service, "fist")
    service.perform(ShowFingers(round_.id, first, (people(service)[0],), 0))
    assert last_agreement(service.snapshot, service.room, "rules", first) is None
    reveal(service, round_)
    shown = last_agreement(service.snapshot, service.room, "rules", first)
    assert shown is not None
    assert shown.doubtful == 1
    assert last_agreement(service.snapshot, service.room, "rules", second) is None
    begin_round(service, "fist")
    assert last_agreement(service.snapshot, service.room, "rules", first) is None


def test_a_fist_is_about_one_text_and_five_fingers(service: GroupService) -> None:
    first, second, _third = rules(service)
    one = people(service)[0]
    round_ = begin_round(service, "fist")
    assert refused(service, ShowFingers(round_.id, first, (one,), 6)) == "fingers-out-of-range"
    service.perform(ShowFingers(round_.id, first, (one,), 3))
    assert subject_of(service.snapshot, round_.id) == first
    assert refused(service, ShowFingers(round_.id, second, (one,), 3)) == "fist-of-another"


def test_every_act_of_a_round_can_be_taken_back(service: GroupService) -> None:
    first, one = rules(service)[0], people(service)[0]
    before = service.snapshot
    round_ = begin_round(service)
    service.perform(CastDots(round_.id, first, one, 2))
    reveal(service, round_)
    for _ in range(4):
        service.undo()
    assert service.snapshot == before
