"""What a record must obey: every rule, and the field its fault names."""

from collections.abc import Callable

import msgspec
import pytest

from facilitator.domain.ids import new_id
from facilitator.domain.records import Cluster, FieldValue, Participant, Round, Step
from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues
from facilitator.script.model import Script
from facilitator.script.rules import (
    check_card,
    check_event,
    check_group,
    check_link,
    check_participant,
    check_step,
)
from tests.unit.script.conftest import Board


def fault(check: Callable[[], None]) -> tuple[str, object]:
    """Return the code and the field of the fault that ``check`` raises."""
    with pytest.raises(UserFault) as caught:
        check()
    return caught.value.code, caught.value.facts["field"]


def test_a_card_of_every_kind_is_accepted(script: Script, catalogues: Catalogues, board: Board) -> None:
    for step in script.steps:
        for kind in step.card_kinds:
            check_card(board.card(kind.id, marks=tuple(catalogues.marks)), script, catalogues)


def test_a_card_of_an_unknown_kind_is_refused(script: Script, board: Board) -> None:
    assert fault(lambda: check_card(board.card("wish"), script)) == ("kind-unknown", "kind")


def test_a_blank_card_is_refused(script: Script, board: Board) -> None:
    assert fault(lambda: check_card(board.card("rule", "\u00a0 \n"), script)) == ("text-empty", "text")


@pytest.mark.parametrize(("kind", "limit"), [("rule", 2_000), ("image", 5_000)])
def test_a_text_may_be_as_long_as_its_kind_allows(
    script: Script, board: Board, kind: str, limit: int
) -> None:
    check_card(board.card(kind, "ё" * limit), script)
    with pytest.raises(UserFault) as caught:
        check_card(board.card(kind, "ё" * (limit + 1)), script)
    assert caught.value.code == "text-too-long"
    assert caught.value.facts == {"field": "text", "limit": limit, "length": limit + 1}


def test_a_field_of_another_kind_is_refused(script: Script, board: Board) -> None:
    card = board.card("rule", fields={"indicator": "доля"})
    assert fault(lambda: check_card(card, script)) == ("field-unknown", "fields.indicator")


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("barrier", "type", "legal"),
        ("barrier", "type", ""),
        ("action", "start", "2019"),
        ("action", "start", "2019-02"),
        ("action", "end", "2020-02-29"),
        ("action", "end", ""),
        ("action", "level", "federal"),
        ("action", "document", "Приказ"),
        ("action", "base", 12),
        ("action", "coexecutors", ["НКО", "Школы"]),
    ],
)
def test_a_fitting_value_is_accepted(
    script: Script, board: Board, kind: str, field: str, value: FieldValue
) -> None:
    check_card(board.card(kind, fields={field: value}), script)


@pytest.mark.parametrize(
    ("kind", "field", "value", "problem"),
    [
        ("barrier", "type", "moral", "not-an-option"),
        ("barrier", "type", ["legal"], "not-an-option"),
        ("action", "level", 1, "not-an-option"),
        ("action", "start", "скоро", "not-a-date"),
        ("action", "start", "2019-13", "not-a-date"),
        ("action", "start", "2019-1", "not-a-date"),
        ("action", "start", "٢٠١٩", "not-a-date"),
        ("action", "end", "2019-02-29", "not-a-date"),
        ("action", "end", "2019-02-28\n", "not-a-date"),
        ("action", "end", "0000", "not-a-date"),
        ("action", "end", 2019, "not-a-date"),
        ("action", "end", ["2019"], "not-a-date"),
    ],
)
def test_an_unfitting_value_is_refused(
    script: Script, board: Board, kind: str, field: str, value: FieldValue, problem: str
) -> None:
    with pytest.raises(UserFault) as caught:
        check_card(board.card(kind, fields={field: value}), script)
    assert caught.value.code == "field-invalid"
    assert (caught.value.facts["field"], caught.value.facts["problem"]) == (f"fields.{field}", problem)
    assert caught.value.facts["allowed"]


def test_an_unknown_mark_is_refused_where_the_catalogues_are_given(
    script: Script, catalogues: Catalogues, board: Board
) -> None:
    card = board.card("rule", marks=("proposal", "hot"))
    check_card(card, script)
    assert fault(lambda: check_card(card, script, catalogues)) == ("mark-unknown", "marks")


def test_a_link_joins_what_its_relation_joins(script: Script, board: Board) -> None:
    image, rule, barrier = board.card("image"), board.card("rule"), board.card("barrier")
    check_link(board.link(image, "draws-on", rule), image, rule, script)
    backwards = board.link(rule, "draws-on", image)
    assert fault(lambda: check_link(backwards, rule, image, script)) == ("relation-mismatch", "source")
    astray = board.link(image, "draws-on", barrier)
    assert fault(lambda: check_link(astray, image, barrier, script)) == ("relation-mismatch", "target")
    unknown = board.link(image, "likes", rule)
    assert fault(lambda: check_link(unknown, image, rule, script)) == ("relation-unknown", "relation")


def test_an_event_has_a_known_script_and_district(catalogues: Catalogues, board: Board) -> None:
    check_event(board.event, catalogues)
    other = msgspec.structs.replace(board.event, script="obraz-2035")
    assert fault(lambda: check_event(other, catalogues)) == ("script-unknown", "script")
    other = msgspec.structs.replace(board.event, district="yug")
    assert fault(lambda: check_event(other, catalogues)) == ("district-unknown", "district")


def test_a_group_has_a_known_theme(catalogues: Catalogues, board: Board) -> None:
    check_group(board.group, catalogues)
    other = msgspec.structs.replace(board.group, theme="weather")
    assert fault(lambda: check_group(other, catalogues)) == ("theme-unknown", "theme")


def test_a_participant_may_have_a_known_region_and_category(catalogues: Catalogues, board: Board) -> None:
    def someone(**values: str) -> Participant:
        return Participant(id=new_id(), group=board.group.id, label="Участник 7", **values)

    check_participant(someone(), catalogues)
    check_participant(someone(region="26", category="nko"), catalogues)
    assert fault(lambda: check_participant(someone(region="99"), catalogues)) == ("region-unknown", "region")
    assert fault(lambda: check_participant(someone(category="guests"), catalogues)) == (
        "category-unknown",
        "category",
    )


def test_clusters_rounds_and_progress_belong_to_a_step_of_the_script(script: Script, board: Board) -> None:
    group = board.group.id
    check_step(Step(id=f"{group}/rules", group=group, step="rules", state="done"), script)
    for record in (
        Cluster(id=new_id(), group=group, step="rule", title="Столбец"),
        Round(id=new_id(), group=group, step="rule", method="dots", state="open"),
        Step(id=f"{group}/rule", group=group, step="rule", state="done"),
    ):
        assert fault(lambda record=record: check_step(record, script)) == ("step-unknown", "step")
