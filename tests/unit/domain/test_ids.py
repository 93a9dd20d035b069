"""Ids are UUIDs of version 7: they sort by the time they were made."""

import time
import uuid

import pytest

from facilitator.domain.ids import new_id
from facilitator.domain.records import decode_record, encode_record


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_an_id_tells_the_millisecond_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id()).int >> 80
    assert before <= made <= time.time_ns() // 1_000_000


def test_later_ids_sort_after_earlier_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [1_518_087_600_000_000_000 + step * 1_000_000 for step in range(200)]
    made = []
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made.append(new_id())
    assert made == sorted(made)


def test_ids_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_518_087_600_000_000_000)
    assert len({new_id() for _ in range(1_000)}) == 1_000


def test_an_id_is_what_records_take() -> None:
    names = ("id", "group", "source", "target")
    link = {"type": "link", "relation": "replaces", **{name: new_id() for name in names}}
    assert encode_record(decode_record(link)) == link
