"""Every command: what it changes, its name, its inverse, and what it refuses."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from unicodedata import normalize

import pytest

from facilitator.domain.records import Person, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.services.commands import (
    AddCards,
    AddCluster,
    AddPeople,
    ChangeCards,
    ChangeGroup,
    ChangePerson,
    Command,
    GiveDots,
    NewPerson,
    RemoveCards,
    RemoveCluster,
    RemovePerson,
    RenameCluster,
    SetLinks,
    SetStepState,
    TakeRecords,
    WriteText,
)  # fmt: skip
from facilitator.services.group_service import GroupService

NOWHERE = "018f0000-0000-7000-8000-000000000099"
Ids = Mapping[str, str]


class Case(NamedTuple):
    """An act, what undo will call it, and what it comes to."""

    act: Callable[[Ids], Command]
    code: str
    subject: str
    check: Callable[[GroupSnapshot, Ids], bool]


@pytest.fixture
def ids(service: GroupService) -> Ids:
    """A group in full swing: the ids of its records by short names."""
    person, other = service.snapshot.participants
    made = {"person": person, "other": other}

    def do(name: str, command: Command) -> None:
        made[name] = service.perform(command).edits[0].record.id

    do("column", AddCluster("rules", "Люди"))
    do("barrier", AddCards("barrier", ("Нет кадров",), fields={"type": "staffing"}))
    do("second", AddCards("barrier", ("Нет денег",)))
    do("rule", AddCards("rule", ("Учить своих",), author=person, cluster=made["column"]))
    do("link", SetLinks(made["rule"], "overcomes", (made["barrier"],)))
    do("dots", GiveDots(made["rule"], 3))
    do("mission", WriteText("mission", "Жить на своей земле"))
    return made


def texts(group: GroupSnapshot, kind: str) -> list[str]:
    return [card.text for card in group.cards_of(kind)]


def targets(group: GroupSnapshot, ids: Ids) -> set[str]:
    return {link.target for link in group.links_from(ids["rule"], "overcomes")}


CASES = {
    "cards are added in order": Case(
        lambda ids: AddCards("rule", (" Раз ", "Два"), marks=("roadmap-change",)), "card-added", "Раз",
        lambda group, ids: texts(group, "rule") == ["Учить своих", "Раз", "Два"],
    ),
    "a card is added with its links": Case(
        lambda ids: AddCards("rule", ("Раз",), links=(("overcomes", ids["second"]),)), "card-added", "Раз",
        lambda group, ids: [link.relation for link in group.links_to(ids["second"])] == ["overcomes"],
    ),
    "a card is edited": Case(
        lambda ids: ChangeCards((ids["rule"],), {"text": " Учить всех "}), "card-edited", "Учить своих",
        lambda group, ids: group.cards[ids["rule"]].text == "Учить всех"
        and group.cards[ids["rule"]].modified is not None,
    ),
    "cards change their status together": Case(
        lambda ids: ChangeCards((ids["barrier"], ids["second"]), {"status": "accepted"}), "card-status-set",
        "Нет кадров",
        lambda group, ids: {card.status for card in group.cards_of("barrier")} == {"accepted"},
    ),
    "a card becomes private": Case(
        lambda ids: ChangeCards((ids["rule"],), {"private": True}), "card-privacy-set", "Учить своих",
        lambda group, ids: group.cards[ids["rule"]].private,
    ),
    "a card leaves its column": Case(
        lambda ids: ChangeCards((ids["rule"],), {"cluster": None}), "card-clustered", "Учить своих",
        lambda group, ids: group.cards[ids["rule"]].cluster is None,
    ),
    "a card is marked": Case(
        lambda ids: ChangeCards((ids["rule"],), {"marks": ("roadmap-change",)}), "card-marked", "Учить своих",
        lambda group, ids: group.cards[ids["rule"]].marks == ("roadmap-change",),
    ),
    "a card gets another author": Case(
        lambda ids: ChangeCards((ids["rule"],), {"author": ids["other"]}), "card-author-set", "Учить своих",
        lambda group, ids: group.cards[ids["rule"]].author == ids["other"],
    ),
    "a card gets its details": Case(
        lambda ids: ChangeCards((ids["second"],), {"fields": {"type": "financial"}}), "card-details-set",
        "Нет денег", lambda group, ids: group.cards[ids["second"]].fields == {"type": "financial"},
    ),
    "a card is moved": Case(
        lambda ids: ChangeCards((ids["barrier"],), {"position": 7}), "card-moved", "Нет кадров",
        lambda group, ids: texts(group, "barrier") == ["Нет денег", "Нет кадров"],
    ),
    "a card is removed with its links and dots": Case(
        lambda ids: RemoveCards((ids["rule"],)), "card-removed", "Учить своих",
        lambda group, ids: not texts(group, "rule") and not group.links and not group.votes,
    ),
    "the target of a link is removed with the link": Case(
        lambda ids: RemoveCards((ids["barrier"], ids["second"])), "card-removed", "Нет кадров",
        lambda group, ids: not group.links and not texts(group, "barrier"),
    ),
    "a text is written": Case(
        lambda ids: WriteText("image", "Живой\nкрай"), "text-written", "Живой край",
        lambda group, ids: texts(group, "image") == ["Живой\nкрай"],
    ),
    "a text is written anew": Case(
        lambda ids: WriteText("mission", "Жить вместе"), "text-written", "Жить вместе",
        lambda group, ids: texts(group, "mission") == ["Жить вместе"]
        and group.cards_of("mission")[0].id == ids["mission"],
    ),
    "a text is emptied": Case(
        lambda ids: WriteText("mission", " \n"), "text-written", "",
        lambda group, ids: not texts(group, "mission"),
    ),
    "a column is made of cards": Case(
        lambda ids: AddCluster("barriers", " Деньги ", (ids["second"],)), "cluster-added", "Деньги",
        lambda group, ids: group.clusters_of("barriers")[0].id == group.cards[ids["second"]].cluster,
    ),
    "a column comes after the others": Case(
        lambda ids: AddCluster("rules", "Деньги"), "cluster-added", "Деньги",
        lambda group, ids: [each.title for each in group.clusters_of("rules")] == ["Люди", "Деньги"],
    ),
    "a column is renamed": Case(
        lambda ids: RenameCluster(ids["column"], "Кадры"), "cluster-renamed", "Люди",
        lambda group, ids: group.clusters[ids["column"]].title == "Кадры",
    ),
    "a column is removed and its cards stay": Case(
        lambda ids: RemoveCluster(ids["column"]), "cluster-removed", "Люди",
        lambda group, ids: not group.clusters and group.cards[ids["rule"]].cluster is None,
    ),
    "links are set": Case(
        lambda ids: SetLinks(ids["rule"], "overcomes", (ids["second"], ids["second"])), "links-set",
        "Учить своих", lambda group, ids: targets(group, ids) == {ids["second"]},
    ),
    "links are added to those there": Case(
        lambda ids: SetLinks(ids["rule"], "overcomes", (ids["second"], ids["barrier"])), "links-set",
        "Учить своих",
        lambda group, ids: targets(group, ids) == {ids["second"], ids["barrier"]}
        and ids["link"] in group.links,
    ),
    "links are taken away": Case(
        lambda ids: SetLinks(ids["rule"], "overcomes", ()), "links-set", "Учить своих",
        lambda group, ids: not group.links,
    ),
    "dots are counted": Case(
        lambda ids: GiveDots(ids["barrier"], 10_000), "dots-given", "Нет кадров",
        lambda group, ids: group.dots[ids["barrier"]] == 10_000,
    ),
    "dots are counted anew": Case(
        lambda ids: GiveDots(ids["rule"], 5), "dots-given", "Учить своих",
        lambda group, ids: group.dots[ids["rule"]] == 5 and len(group.rounds) == 1,
    ),
    "dots are taken away": Case(
        lambda ids: GiveDots(ids["rule"], 0), "dots-given", "Учить своих",
        lambda group, ids: not group.votes,
    ),
    "people are entered": Case(
        lambda ids: AddPeople((NewPerson("Пётр", "Школа", "тел."), NewPerson(category="business"))),
        "people-added", "2",
        lambda group, ids: [each.label for each in group.participants.values()][2:]
        == ["Участник 3", "Участник 4"] and len(group.persons) == 2,
    ),
    "a person is changed": Case(
        lambda ids: ChangePerson(ids["person"], NewPerson("Ёлкина А. А.", region="05"), consent=True),
        "person-changed", "Участник 1",
        lambda group, ids: group.persons[ids["person"]]
        == Person(id=ids["person"], name="Ёлкина А. А.", consent=True)
        and group.participants[ids["person"]].region == "05",
    ),
    "a name is entered later": Case(
        lambda ids: ChangePerson(ids["other"], NewPerson("Пётр")), "person-changed", "Участник 2",
        lambda group, ids: group.persons[ids["other"]].name == "Пётр",
    ),
    "a name is taken away": Case(
        lambda ids: ChangePerson(ids["person"], NewPerson()), "person-changed", "Участник 1",
        lambda group, ids: not group.persons,
    ),
    "a person is removed and the words stay": Case(
        lambda ids: RemovePerson(ids["person"]), "person-removed", "Участник 1",
        lambda group, ids: not group.persons and group.cards[ids["rule"]].author is None,
    ),
    "the group is changed": Case(
        lambda ids: ChangeGroup({"theme": "rural", "room": "Зал 4"}), "group-changed", "",
        lambda group, ids: (group.group.theme, group.group.room) == ("rural", "Зал 4"),
    ),
    "a step begins": Case(
        lambda ids: SetStepState("present", "running"), "step-running", "present",
        lambda group, ids: [(step.state, bool(step.started)) for step in group.steps.values()]
        == [("running", True)],
    ),
    "a step is finished": Case(
        lambda ids: SetStepState("present", "done"), "step-done", "present",
        lambda group, ids: all(step.started and step.finished for step in group.steps.values()),
    ),
    "records are taken in": Case(
        lambda ids: TakeRecords((Person(id=ids["other"], name="Пётр"),)),
        "records-taken", "1", lambda group, ids: group.persons[ids["other"]].name == "Пётр",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_act_is_done_undone_and_done_again(service: GroupService, ids: Ids, case: Case) -> None:
    before = service.snapshot
    done = service.perform(case.act(ids))
    after = service.snapshot
    assert case.check(after, ids)
    assert (done.direction, done.name) == ("done", service.undo_name)
    assert (done.name.code, done.name.subject) == (case.code, case.subject)
    assert service.redo_name is None

    undone = service.undo()
    assert undone is not None
    assert (undone.direction, undone.name) == ("undone", done.name)
    assert service.snapshot == before
    assert service.redo_name == done.name

    redone = service.redo()
    assert redone is not None
    assert (redone.direction, redone.name, redone.edits) == ("redone", done.name, done.edits)
    assert service.snapshot == after


@pytest.mark.parametrize(
    "act",
    [
        lambda ids: WriteText("image", "  "),
        lambda ids: WriteText("mission", "Жить на своей земле"),
        lambda ids: ChangeCards((ids["rule"],), {"text": "Учить своих"}),
        lambda ids: RenameCluster(ids["column"], "Люди"),
        lambda ids: SetLinks(ids["rule"], "overcomes", (ids["barrier"],)),
        lambda ids: GiveDots(ids["rule"], 3),
        lambda ids: ChangeGroup({"theme": "family"}),
        lambda ids: AddCards("rule", ()),
        lambda ids: RemoveCards(()),
    ],
)
def test_an_act_that_changes_nothing_is_not_written_down(
    service: GroupService, ids: Ids, act: Callable[[Ids], Command]
) -> None:
    before, name = service.snapshot, service.undo_name
    assert service.perform(act(ids)).edits == ()
    assert service.snapshot == before
    assert service.undo_name == name


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda ids: AddCards("deed", ("Текст",)), "kind-unknown"),
        (lambda ids: AddCards("rule", ("Раз", " \u00a0")), "text-empty"),
        (lambda ids: AddCards("rule", ("а" * 2_001,)), "text-too-long"),
        (lambda ids: AddCards("rule", ("а\x00",)), "record-invalid"),
        (lambda ids: AddCards("rule", ("а\ud800",)), "record-invalid"),
        (lambda ids: AddCards("mission", ("Вторая",)), "card-single"),
        (lambda ids: AddCards("image", ("Раз", "Два")), "card-single"),
        (lambda ids: AddCards("rule", ("Раз",), author=NOWHERE), "reference-missing"),
        (lambda ids: AddCards("rule", ("Раз",), cluster=ids["rule"]), "reference-missing"),
        (lambda ids: AddCards("rule", ("Раз",), fields={"end": "2019"}), "field-unknown"),
        (lambda ids: AddCards("barrier", ("Раз",), fields={"type": "magical"}), "field-invalid"),
        (lambda ids: AddCards("action", ("Раз",), fields={"end": "скоро"}), "field-invalid"),
        (lambda ids: AddCards("rule", ("Раз",), marks=("vip",)), "mark-unknown"),
        (lambda ids: AddCards("rule", ("Раз",), links=(("overcomes", NOWHERE),)), "record-missing"),
        (lambda ids: AddCards("rule", ("Раз",), links=(("loves", ids["barrier"]),)), "relation-unknown"),
        (lambda ids: AddCards("rule", ("Раз",), links=(("of", ids["barrier"]),)), "relation-mismatch"),
        (lambda ids: ChangeCards((NOWHERE,), {"text": "Раз"}), "record-missing"),
        (lambda ids: ChangeCards((ids["rule"], ids["barrier"]), {"text": ""}), "text-empty"),
        (lambda ids: ChangeCards((ids["rule"],), {"text": "а" * 2_001}), "text-too-long"),
        (lambda ids: ChangeCards((ids["rule"],), {"status": "lost"}), "record-invalid"),
        (lambda ids: ChangeCards((ids["rule"],), {"cluster": NOWHERE}), "reference-missing"),
        (lambda ids: RemoveCards((ids["rule"], NOWHERE)), "record-missing"),
        (lambda ids: WriteText("mission", "а" * 2_001), "text-too-long"),
        (lambda ids: WriteText("image", "а" * 5_001), "text-too-long"),
        (lambda ids: WriteText("deed", "Раз"), "kind-unknown"),
        (lambda ids: AddCluster("rules", " "), "text-empty"),
        (lambda ids: AddCluster("rules", "а" * 501), "text-too-long"),
        (lambda ids: AddCluster("lunch", "Обед"), "step-unknown"),
        (lambda ids: AddCluster("rules", "Люди", (NOWHERE,)), "record-missing"),
        (lambda ids: RenameCluster(NOWHERE, "Люди"), "record-missing"),
        (lambda ids: RenameCluster(ids["column"], ""), "text-empty"),
        (lambda ids: RemoveCluster(NOWHERE), "record-missing"),
        (lambda ids: SetLinks(NOWHERE, "overcomes", ()), "record-missing"),
        (lambda ids: SetLinks(ids["rule"], "overcomes", (NOWHERE,)), "record-missing"),
        (lambda ids: SetLinks(ids["rule"], "loves", (ids["barrier"],)), "relation-unknown"),
        (lambda ids: SetLinks(ids["barrier"], "overcomes", (ids["rule"],)), "relation-mismatch"),
        (lambda ids: GiveDots(NOWHERE, 1), "record-missing"),
        (lambda ids: GiveDots(ids["rule"], -1), "dots-out-of-range"),
        (lambda ids: GiveDots(ids["rule"], 10_001), "dots-out-of-range"),
        (lambda ids: AddPeople((NewPerson(region="99"),)), "region-unknown"),
        (lambda ids: AddPeople((NewPerson(category="cats"),)), "category-unknown"),
        (lambda ids: AddPeople((NewPerson("а" * 501),)), "record-invalid"),
        (lambda ids: ChangePerson(NOWHERE, NewPerson()), "record-missing"),
        (lambda ids: ChangePerson(ids["person"], NewPerson(region="99")), "region-unknown"),
        (lambda ids: RemovePerson(NOWHERE), "record-missing"),
        (lambda ids: ChangeGroup({"theme": "weather"}), "theme-unknown"),
        (lambda ids: ChangeGroup({"number": 100}), "record-invalid"),
        (lambda ids: ChangeGroup({"moderator": " "}), "record-invalid"),
        (lambda ids: SetStepState("lunch", "done"), "step-unknown"),
    ],
)
def test_an_act_that_is_not_allowed_changes_nothing(
    service: GroupService, ids: Ids, act: Callable[[Ids], Command], code: str
) -> None:
    before, name = service.snapshot, service.undo_name
    with pytest.raises(UserFault) as caught:
        service.perform(act(ids))
    assert caught.value.code == code
    assert service.snapshot == service._file.snapshot() == before
    assert service.undo_name == name


def test_who_has_voted_stays_in_the_list(service: GroupService, ids: Ids) -> None:
    (round_,) = service.snapshot.rounds
    vote = Vote(id=NOWHERE, round=round_, card=ids["rule"], value=1, participant=ids["person"])
    service.perform(TakeRecords((vote,)))
    with pytest.raises(UserFault) as caught:
        service.perform(RemovePerson(ids["person"]))
    assert (caught.value.code, caught.value.facts) == ("person-has-voted", {"label": "Участник 1"})


def test_personal_missions_are_private_unless_agreed(service: GroupService) -> None:
    service.perform(AddCards("personal-mission", ("Моё",)))
    service.perform(AddCards("personal-mission", ("Наше",), private=False))
    assert [card.private for card in service.snapshot.cards_of("personal-mission")] == [True, False]


def test_texts_are_kept_in_nfc(service: GroupService) -> None:
    service.perform(AddCards("rule", (normalize("NFD", "Съёжившийся йод"),)))
    assert texts(service.snapshot, "rule") == ["Съёжившийся йод"]


def test_a_step_put_back_to_waiting_has_not_begun(service: GroupService) -> None:
    for state in ("running", "done", "waiting"):
        service.perform(SetStepState("present", state))
    (step,) = service.snapshot.steps.values()
    assert (step.state, step.started, step.finished) == ("waiting", None, None)


def test_a_long_text_names_its_act_by_its_first_words(service: GroupService) -> None:
    service.perform(AddCards("rule", ("Слово за слово\n" * 20,)))
    assert service.undo_name is not None
    assert len(service.undo_name.subject) <= 60
    assert service.undo_name.subject.endswith("…")
    assert "\n" not in service.undo_name.subject


def test_changing_a_person_keeps_what_the_register_does_not_ask_for(service: GroupService, ids: Ids) -> None:
    service.perform(TakeRecords((Person(id=ids["other"], name="Пётр", position="директор"),)))
    service.perform(ChangePerson(ids["other"], NewPerson("Пётр Ильич")))
    assert service.snapshot.persons[ids["other"]].position == "директор"
