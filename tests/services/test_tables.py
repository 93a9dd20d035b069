"""Acts that make and link at once: a block of cells, a target that is not there yet, a source in a text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.services.commands import (
    AddCards,
    ChangeCards,
    ClearTable,
    Command,
    EnterTable,
    NewCard,
    SetLinks,
    WriteText,
)
from facilitator.services.group_service import ActName, GroupService
from tests.helpers.sessions import begin

NOWHERE = "0" * 8 + "-0000-7000-8000-" + "0" * 12


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    with begin(tmp_path / "g.fgroup") as opened:
        opened.perform(AddCards("counterparty", ("Школа",)))
        opened.perform(AddCards("future-norm", ("Помощь рядом", "Срок известен")))
        opened.perform(AddCards("action", ("Открыть курсы",)))
        yield opened


def one(service: GroupService, kind: str) -> Card:
    return service.snapshot.cards_of(kind)[-1]


def texts(group: GroupSnapshot, kind: str) -> list[str]:
    return [card.text for card in group.cards_of(kind)]


def leads(service: GroupService, card: Card, relation: str) -> list[str]:
    return [
        service.snapshot.cards[link.target].text for link in service.snapshot.links_from(card.id, relation)
    ]


def undone_at_once(service: GroupService, command: Command) -> ActName:
    """Carry out an act and see that one undo takes all of it back, and redo does all of it again."""
    before = service.snapshot
    name = service.perform(command).name
    after = service.snapshot
    assert after != before
    service.undo()
    assert service.snapshot == before
    service.redo()
    assert service.snapshot == after
    return name


def refused(service: GroupService, command: Command) -> str:
    before = service.snapshot
    with pytest.raises(UserFault) as caught:
        service.perform(command)
    assert service.snapshot is before
    return caught.value.code


def test_a_table_is_entered_in_one_act(service: GroupService) -> None:
    school, action = one(service, "counterparty"), one(service, "action")
    table = EnterTable(
        changes={action.id: {"text": "Провести курсы", "fields": {"end": "2019"}}},
        cards=(NewCard("product", "Курс"), NewCard("effect", "Меньше отказов", {"indicator": "доля"})),
        links=((0, "by", school.id), (1, "of", 0), (action.id, "delivers", 0)),
    )
    assert undone_at_once(service, table) == ActName("table-entered", "Провести курсы")
    assert one(service, "action").fields == {"end": "2019"}
    assert leads(service, one(service, "product"), "by") == ["Школа"]
    assert leads(service, one(service, "effect"), "of") == ["Курс"]
    assert leads(service, one(service, "action"), "delivers") == ["Курс"]


def test_new_cards_stand_in_the_order_given_and_a_link_that_is_there_is_not_made_twice(
    service: GroupService,
) -> None:
    service.perform(EnterTable(cards=(NewCard("action", "Раз"), NewCard("action", "Два"))))
    assert texts(service.snapshot, "action") == ["Открыть курсы", "Раз", "Два"]
    school, action = one(service, "counterparty"), one(service, "action")
    link = EnterTable(links=((action.id, "responsible", school.id),))
    service.perform(link)
    assert service.perform(link).edits == ()


def test_a_table_with_a_cell_that_is_not_allowed_changes_nothing(service: GroupService) -> None:
    school = one(service, "counterparty")
    good = NewCard("product", "Курс")
    assert refused(service, EnterTable(cards=(good, NewCard("deed", "Раз")))) == "kind-unknown"
    assert refused(service, EnterTable(cards=(good, NewCard("product", "я" * 2_001)))) == "text-too-long"
    assert refused(service, EnterTable({NOWHERE: {"text": "Раз"}}, (good,))) == "record-missing"
    assert refused(service, EnterTable(cards=(good,), links=((school.id, "by", 0),))) == "relation-mismatch"


def test_a_target_that_is_not_there_is_made_and_linked_in_one_act(service: GroupService) -> None:
    school, action = one(service, "counterparty"), one(service, "action")
    service.perform(SetLinks(action.id, "responsible", (school.id,)))
    name = undone_at_once(service, SetLinks(action.id, "responsible", (), made=(" Фонд ",)))
    assert name == ActName("target-added", "Фонд")
    assert leads(service, action, "responsible") == ["Фонд"]
    assert texts(service.snapshot, "counterparty") == ["Школа", "Фонд"]
    assert refused(service, SetLinks(action.id, "responsible", (), made=(" ",))) == "text-empty"


def test_a_source_is_inserted_and_linked_in_one_act(service: GroupService) -> None:
    first, second = service.snapshot.cards_of("future-norm")
    name = undone_at_once(service, WriteText("image", "Помощь рядом.", (("draws-on", first.id),)))
    assert name == ActName("source-inserted", "Помощь рядом")
    image = one(service, "image")
    assert leads(service, image, "draws-on") == ["Помощь рядом"]
    longer = "Помощь рядом. Срок известен."
    links = (("draws-on", first.id), ("draws-on", second.id))
    undone_at_once(service, WriteText("image", longer, links))
    assert one(service, "image").text == longer
    assert sorted(leads(service, image, "draws-on")) == ["Помощь рядом", "Срок известен"]
    service.perform(WriteText("image", "Иначе."))
    assert len(leads(service, image, "draws-on")) == 2
    wrong = WriteText("image", "Ещё.", (("draws-on", one(service, "action").id),))
    assert refused(service, wrong) == "relation-mismatch"


def test_a_block_of_cells_is_cleared_in_one_act(service: GroupService) -> None:
    service.perform(AddCards("action", ("Провести курсы", "Купить парты")))
    first, second, third = service.snapshot.cards_of("action")
    school = one(service, "counterparty")
    for action in (first, second):
        service.perform(SetLinks(action.id, "responsible", (school.id,)))
        service.perform(ChangeCards((action.id,), {"fields": {"start": "2019", "end": "2020", "base": "1"}}))
    table = ClearTable(
        (third.id,),
        ((first.id, "responsible"), (second.id, "responsible")),
        {first.id: ("start", "end"), second.id: ("end",)},
    )
    assert undone_at_once(service, table) == ActName("table-cleared", "Купить парты")
    assert texts(service.snapshot, "action") == ["Открыть курсы", "Провести курсы"]
    assert [card.fields for card in service.snapshot.cards_of("action")] == [
        {"base": "1"},
        {"start": "2019", "base": "1"},
    ]
    assert leads(service, first, "responsible") == leads(service, second, "responsible") == []


def test_what_belongs_to_a_card_goes_with_it(service: GroupService) -> None:
    action, school = one(service, "action"), one(service, "counterparty")
    service.perform(SetLinks(action.id, "responsible", (school.id,)))
    service.perform(ChangeCards((action.id,), {"fields": {"end": "2020"}}))
    table = ClearTable((action.id,), ((action.id, "responsible"),), {action.id: ("end",)})
    assert undone_at_once(service, table) == ActName("card-removed", "Открыть курсы")
    assert not service.snapshot.links


def test_one_kind_of_clearing_is_called_as_it_is(service: GroupService) -> None:
    action = one(service, "action")
    service.perform(ChangeCards((action.id,), {"fields": {"start": "2019", "end": "2020"}}))
    table = ClearTable(fields={action.id: ("start", "end")})
    assert undone_at_once(service, table) == ActName("card-details-set", "Открыть курсы")
    assert service.perform(ClearTable()).edits == ()
    assert refused(service, ClearTable(fields={NOWHERE: ("end",)})) == "record-missing"
