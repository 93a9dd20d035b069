"""Records side by side, as a lead reads them."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from facilitator.domain.records import (
    RECORD_TYPES,
    AnyRecord,
    Card,
    Cluster,
    Link,
    Participant,
    Person,
    Round,
    Step,
    Vote,
)
from facilitator.merge.comparison import Difference, differences
from facilitator.script.catalogues import load_catalogues
from facilitator.script.loader import bundled_script
from facilitator.texts import load_texts
from tests.merge.laptops import EVENT, uid
from ui.desktop.dates import long_moment
from ui.desktop.lead.record_names import field_words, type_words
from ui.desktop.lead.record_words import MOST_LETTERS, SPOKEN_FOR, RecordWords

GROUP = uid(3)
CARD = Card(id=uid(11), group=GROUP, kind="rule", text="Слушать до конца", created="2018-02-08T10:00:00Z")
OTHER = Card(id=uid(12), group=GROUP, kind="norm", text="Очередь в опеку", author=uid(21))
PERSON = Participant(id=uid(21), group=GROUP, label="Участник 4", region="05")
CLUSTER = Cluster(id=uid(31), group=GROUP, step="norms", title="Быт")
KNOWN: tuple[AnyRecord, ...] = (CARD, OTHER, PERSON, CLUSTER)


def say(language: str = "ru", script: bool = True) -> RecordWords:
    known = bundled_script(EVENT.script) if script else None
    return RecordWords(KNOWN, known, load_catalogues(), load_texts("desktop", language), language)


def compared(*versions: AnyRecord) -> tuple[str, ...]:
    (difference,) = differences([[version] for version in versions])
    return say().difference(difference).cells


def test_a_text_that_differs_is_all_there_is_to_say() -> None:
    changed = replace(CARD, text="Слушать и записывать", modified="2018-02-08T11:00:00Z")
    assert compared(CARD, changed) == ("Слушать до конца", "Слушать и записывать")


def test_what_differs_besides_the_text_is_named() -> None:
    changed = replace(CARD, status="accepted", cluster=CLUSTER.id, author=PERSON.id)
    assert compared(CARD, changed) == (
        "Слушать до конца\nАвтор: —\nКластер: —\nСостояние: обсуждается",
        "Слушать до конца\nАвтор: Участник 4\nКластер: Быт\nСостояние: принято",
    )


def test_a_moment_is_named_only_where_nothing_else_differs() -> None:
    touched = replace(CARD, modified="2018-02-08T11:00:00Z")
    moment = datetime(2018, 2, 8, 11, tzinfo=UTC)
    assert compared(CARD, touched) == (
        "Слушать до конца\nИзменено: —",
        f"Слушать до конца\nИзменено: {long_moment(moment, 'ru')}",
    )


def test_fields_have_their_titles_and_options() -> None:
    kind = next(
        kind
        for step in bundled_script(EVENT.script).steps
        for kind in step.card_kinds
        if any(field.options for field in kind.fields)
    )
    field = next(field for field in kind.fields if field.options)
    card = replace(CARD, kind=kind.id)
    filled = replace(card, fields={field.id: field.options[0].id}, marks=("no-such-mark",))
    expected = f"Подробности: {field.title.ru}: {field.options[0].title.ru}"
    assert compared(card, filled)[1] == f"Слушать до конца\nОтметки: no-such-mark\n{expected}"


def test_links_and_dots_are_told_by_the_statements_they_belong_to() -> None:
    link = Link(id=uid(41), group=GROUP, source=CARD.id, target=OTHER.id, relation="replaces")
    vote = Vote(id=uid(51), round=uid(61), card=CARD.id, value=3)
    assert say().loss(link) == "Связь: «Слушать до конца» → «Очередь в опеку»"
    assert compared(vote, replace(vote, value=5)) == (
        "«Слушать до конца»\nГолоса: 3",
        "«Слушать до конца»\nГолоса: 5",
    )
    assert say().loss(replace(link, target=uid(99))) == "Связь: «Слушать до конца» → «…»"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (OTHER, "norm: Очередь в опеку"),
        (PERSON, "Участник: Участник 4"),
        (CLUSTER, "Кластер: Быт"),
        (Round(id=uid(61), group=GROUP, step="nowhere", method="dots", state="open"), "Голосование: nowhere"),
        (EVENT, "Сессия: Пятигорск"),
    ],
)
def test_each_type_has_its_name(record: AnyRecord, words: str) -> None:
    assert say().loss(record) == words


def test_every_field_that_can_differ_has_a_name() -> None:
    in_packages = [kind for kind in RECORD_TYPES.values() if kind is not Person]
    fields = {field for kind in in_packages for field in kind.__struct_fields__}
    assert fields - SPOKEN_FOR == field_words(str).keys()
    assert set(RECORD_TYPES) - {"card", "person"} == type_words(str).keys()


def test_states_and_regions_are_in_words() -> None:
    step = Step(id=f"{GROUP}/rules", group=GROUP, step="rules", state="running")
    assert compared(step, replace(step, state="done"))[0].endswith("Состояние: идёт")
    region = load_catalogues().subjects["05"].title.ru
    assert compared(PERSON, replace(PERSON, region=None)) == (
        f"Участник 4\nРегион: {region}",
        "Участник 4\nРегион: —",
    )


def test_of_long_texts_the_place_is_shown_where_they_part() -> None:
    long = "слово " * 100
    one, two = compared(replace(CARD, text=f"{long}первый"), replace(CARD, text=f"{long}второй"))
    assert one.startswith("…слово слово")
    assert one.endswith("первый")
    assert two.endswith("второй")
    assert len(one) < 200
    endless = compared(replace(CARD, text="а" * 4_000), replace(CARD, text="б" * 4_000))
    assert [len(cell) for cell in endless] == [MOST_LETTERS, MOST_LETTERS]


def test_a_script_that_is_not_known_here_costs_only_titles() -> None:
    words = say("en", script=False)
    assert words.what(CARD) == "rule"
    missing = Difference("card", CARD.id, (CARD, None))
    assert words.difference(missing).cells == ("Слушать до конца", "— not in this package —")
