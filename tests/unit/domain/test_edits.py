"""Edits undo one another and come back from the journal as they went."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.edits import Edit, added, decode_edits, encode_edits, inverse, removed
from facilitator.domain.records import AnyRecord
from tests.helpers.records import records

edits = st.one_of(
    st.builds(Edit, records, records),
    st.builds(Edit, records, st.none()),
    st.builds(Edit, st.none(), records),
)


@given(st.lists(edits, max_size=4).map(tuple))
def test_edits_come_back_from_json(given_edits: tuple[Edit, ...]) -> None:
    written = json.dumps(encode_edits(given_edits), ensure_ascii=False)
    assert decode_edits(json.loads(written)) == given_edits


@given(st.lists(edits, max_size=4).map(tuple))
def test_the_inverse_of_the_inverse_is_the_same(given_edits: tuple[Edit, ...]) -> None:
    assert inverse(inverse(given_edits)) == given_edits


@given(st.lists(records, max_size=4))
def test_removing_undoes_adding_last_first(given_records: list[AnyRecord]) -> None:
    assert inverse(added(given_records)) == removed(reversed(given_records))


@given(edits)
def test_an_edit_is_about_the_record_after_it_or_the_one_removed(edit: Edit) -> None:
    assert edit.record == (edit.before if edit.after is None else edit.after)


def test_an_edit_of_nothing_is_a_bug() -> None:
    with pytest.raises(ValueError, match="one side"):
        Edit(None, None).record  # noqa: B018  reading the property is what raises
