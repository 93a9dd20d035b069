"""Records: every type comes back as it went, and what does not fit is refused by the name of its field."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.records import (
    CARD_TEXT_LIMIT,
    RECORD_TYPES,
    AnyRecord,
    decode_record,
    encode_record,
    record_type,
    timestamp,
)  # fmt: skip
from facilitator.errors import UserFault
from tests.helpers.records import BY_TYPE, DIRECTION_MARKS, records

ID = "018f0000-0000-7000-8000-{:012x}".format
EVENT = {
    "type": "event", "id": ID(1), "code": "skfo-2018", "script": "obraz-budushchego-2025", "district": "skfo",
    "city": "Пятигорск", "starts": "2018-02-08", "ends": "2018-02-09",
}  # fmt: skip
GROUP = {"type": "group", "id": ID(2), "event": ID(1), "number": 3, "theme": "family", "moderator": "Алёна"}
CARD = {"type": "card", "id": ID(4), "group": ID(2), "kind": "rule", "text": "Правило"}
VOTE = {"type": "vote", "id": ID(9), "round": ID(8), "card": ID(4), "value": 3}
STEP = {"type": "step", "id": f"{ID(2)}/rules", "group": ID(2), "step": "rules", "state": "done"}
MISSING = object()


def fault_of(source: object, *, lenient: bool = False) -> dict[str, Any]:
    with pytest.raises(UserFault) as caught:
        decode_record(source, lenient=lenient)
    assert caught.value.code == "record-invalid"
    return caught.value.facts


def changed(record: dict[str, Any], field: str, value: object) -> dict[str, Any]:
    others = {name: kept for name, kept in record.items() if name != field}
    return others if value is MISSING else {**others, field: value}


@pytest.mark.parametrize("kind", RECORD_TYPES)
@given(data=st.data())
def test_every_type_comes_back_as_it_went(kind: str, data: st.DataObject) -> None:
    record = data.draw(BY_TYPE[kind])
    assert record_type(record) == kind
    written = json.dumps(encode_record(record), ensure_ascii=False)
    assert decode_record(json.loads(written)) == record


@given(records)
def test_what_holds_its_default_is_left_out(record: AnyRecord) -> None:
    encoded = encode_record(record)
    assert encoded["type"] == record_type(record)
    assert None not in encoded.values()


@pytest.mark.parametrize("source", [None, 1, "card", [], [CARD], True])
def test_what_is_not_an_object_is_not_a_record(source: object) -> None:
    assert fault_of(source) == {"field": "", "problem": "not a JSON object"}


@pytest.mark.parametrize("kind", ["deed", "Card", "", None, 1, [], {}, MISSING])
def test_an_unknown_type_is_named(kind: object) -> None:
    assert fault_of(changed(CARD, "type", kind))["field"] == "type"


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (CARD, "colour", "red"),
        (CARD, "text", MISSING),
        (CARD, "text", ""),
        (CARD, "text", " \n\u00a0\u2028"),
        (CARD, "text", "а" * (CARD_TEXT_LIMIT + 1)),
        (CARD, "text", 7),
        (CARD, "text", None),
        (CARD, "kind", "Правило"),
        (CARD, "kind", "-rule"),
        (CARD, "kind", "a" * 64),
        (CARD, "kind", "rule\n"),
        (CARD, "status", "lost"),
        (CARD, "marks", "vip"),
        (CARD, "fields", []),
        (CARD, "fields", {"end": 1.5}),
        (CARD, "fields", {"end": True}),
        (CARD, "fields", {"end": None}),
        (CARD, "fields", {"end": 2**53}),
        (CARD, "fields", {"end": {"deep": "er"}}),
        (CARD, "position", 2**53),
        (CARD, "position", -(2**53)),
        (CARD, "position", 10**400),
        (CARD, "position", float("nan")),
        (CARD, "position", "1"),
        (CARD, "private", 1),
        (CARD, "created", "2018-02-08 10:00:00Z"),
        (CARD, "created", "2018-02-08T10:00:00"),
        (CARD, "created", "2018-02-08T10:00:00+03:00"),
        (CARD, "created", "2018-02-08T25:00:00Z"),
        (CARD, "modified", "2018-13-08T10:00:00Z"),
        (CARD, "id", ID(4).upper()),
        (CARD, "id", ID(4).replace("-", "")),
        (CARD, "id", ID(4) + "\n"),
        (CARD, "id", "{" + ID(4) + "}"),
        (CARD, "author", "Участник 7"),
        (EVENT, "starts", "2018-02-30"),
        (EVENT, "ends", "2018-2-9"),
        (EVENT, "ends", "٢٠١٨-02-09"),
        (EVENT, "starts", "0000-01-01"),
        (EVENT, "city", " "),
        (EVENT, "city", "а" * 501),
        (EVENT, "title", "\t"),
        (EVENT, "code", "СКФО"),
        (EVENT, "code", "a" * 41),
        (GROUP, "number", 0),
        (GROUP, "number", 100),
        (GROUP, "moderator", "\u00a0"),
        (VOTE, "value", -1),
        (VOTE, "value", 10_001),
        (VOTE, "objection", ""),
        (STEP, "state", "over"),
        (STEP, "started", "2018-02-29T10:00:00Z"),
        (STEP, "note", "а" * 2_001),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_field(
    record: dict[str, Any], field: str, value: object
) -> None:
    facts = fault_of(changed(record, field, value))
    assert str(facts["field"]).partition("[")[0] == field
    assert facts["problem"]


@pytest.mark.parametrize("mark", ["\x00", "\x0b", "\x1b", "\ud800", *DIRECTION_MARKS])
@pytest.mark.parametrize(
    ("field", "wrap"),
    [("text", str), ("fields", lambda mark: {"end": mark}), ("fields", lambda mark: {mark: "2019"}),
     ("marks", lambda mark: [mark])],
)  # fmt: skip
def test_what_cannot_be_spoken_is_refused_wherever_it_stands(mark: str, field: str, wrap: Any) -> None:
    assert fault_of(changed(CARD, field, wrap(f"а{mark}"))) == {
        "field": field, "problem": "contains control characters"
    }  # fmt: skip


def test_people_keep_their_words() -> None:
    said = "Ёлка — «да»…\n\tа\u00a0то–и\u2028съёжимся"
    assert encode_record(decode_record(changed(CARD, "text", said)))["text"] == said


def test_texts_come_in_nfc() -> None:
    said = normalize("NFD", "Ёжик и йод")
    kept = encode_record(decode_record({**CARD, "text": said, "fields": {"result": said}}))
    assert kept["text"] == "Ёжик и йод"
    assert kept["fields"] == {"result": "Ёжик и йод"}


def test_a_field_of_a_newer_schema_is_dropped_from_a_package_only() -> None:
    newer = {**CARD, "mood": "good"}
    assert fault_of(newer)["field"] == "mood"
    assert encode_record(decode_record(newer, lenient=True)) == CARD
    assert fault_of({**newer, "text": 1}, lenient=True)["field"] == "text"


def test_a_time_may_have_parts_of_a_second() -> None:
    assert decode_record({**CARD, "created": "2018-02-08T10:00:00.123456Z"})


@given(st.datetimes(min_value=datetime(1900, 1, 2), timezones=st.just(timezone(timedelta(hours=3)))))
def test_a_moment_is_written_in_utc_to_the_second(moment: datetime) -> None:
    written = timestamp(moment)
    assert datetime.fromisoformat(written) == moment.replace(microsecond=0)
    assert decode_record({**CARD, "created": written})
