"""One text for one value."""

import sys
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.packages import Refused, canonical
from tests.packages.samples import texts

scalars = st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@given(values.filter(lambda value: depth(value) <= canonical.MAX_DEPTH))
def test_a_value_comes_back_from_its_text(value: object) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@given(st.lists(values.filter(lambda value: depth(value) <= canonical.MAX_DEPTH), max_size=4))
def test_lines_come_back_from_their_text(sources: list[object]) -> None:
    assert list(canonical.decode_lines(canonical.encode_lines(sources))) == sources


@given(st.binary(max_size=40) | st.text(' {}[]":,\\u0019ntfeё-.', max_size=20).map(str.encode))
def test_a_text_that_is_read_is_the_text_that_would_be_written(text: bytes) -> None:
    try:
        value = canonical.decode(text)
    except Refused:
        return
    assert canonical.encode(value) == text


def test_the_text_is_sorted_compact_utf8() -> None:
    assert (
        canonical.encode({"ё": [1, None], "я": True, "a": "«/»\n"})
        == '{"a":"«/»\\n","я":true,"ё":[1,null]}'.encode()
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "json-malformed"),
        (b"{", "json-malformed"),
        (b'"\xff"', "json-malformed"),
        (b'{"a": 1}', "json-not-canonical"),
        (b'{"b":1,"a":1}', "json-not-canonical"),
        (b'{"a":1,"a":1}', "json-not-canonical"),
        (b'"\\u0451"', "json-not-canonical"),
        (b'"\\u0001"', "json-not-canonical"),
        (b'"\\r"', "json-not-canonical"),
        ('"\u202e"'.encode(), "json-not-canonical"),
        ('{"\u2066":1}'.encode(), "json-not-canonical"),
        ('"е\u0308"'.encode(), "json-not-canonical"),
        (b"1.0", "json-not-canonical"),
        (b"-0", "json-not-canonical"),
        (b"9007199254740992", "json-not-canonical"),
        (b"-9007199254740992", "json-not-canonical"),
        (b"[" * 9 + b"]" * 9, "json-too-deep"),
        (b"[" * 100_000 + b"]" * 100_000, "json-too-deep"),
        (b'"' + b"a" * canonical.MAX_LINE + b'"', "json-line-too-long"),
    ],
)
def test_any_other_text_is_refused(text: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        canonical.decode(text)
    assert refusal.value.code == code


def test_the_limits_themselves_are_allowed() -> None:
    assert canonical.decode(b"[" * 8 + b"9007199254740991" + b"]" * 8)
    assert canonical.decode(b'"' + b"a" * (canonical.MAX_LINE - 2) + b'"')


def test_a_line_too_long_is_not_written() -> None:
    with pytest.raises(Refused) as refusal:
        canonical.encode_lines([1, "a" * canonical.MAX_LINE])
    assert (refusal.value.code, refusal.value.facts["line"]) == ("json-line-too-long", 2)


@pytest.mark.parametrize(("text", "line"), [(b"1\n2", 2), (b"1\n\n2\n", 2), (b"1\n2 \n", 2), (b"\n", 1)])
def test_lines_name_the_line_at_fault(text: bytes, line: int) -> None:
    with pytest.raises(Refused) as refusal:
        list(canonical.decode_lines(text))
    assert refusal.value.facts["line"] == line


class Words(msgspec.Struct):
    text: str


DECODER = msgspec.json.Decoder(Words)


@given(st.lists(texts, max_size=4))
def test_the_quick_way_reads_what_the_long_way_reads(words: list[str]) -> None:
    text = canonical.encode_lines([{"text": word} for word in words])
    quick = canonical.decode_lines_as(text, DECODER)
    assert quick is not None
    assert [{"text": value.text} for value in quick] == list(canonical.decode_lines(text))


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b'{"text":1}\n',
        b'{"text":"a"}',
        b'{"text": "a"}\n',
        b'{"text":"a"}\n\n',
        b'{"text":"a","text":"a"}\n',
        b'{"more":1,"text":"a"}\n',
        b'{"text":"\\u0001"}\n',
        b'{"text":"\\r"}\n',
        b'{"text":"\xff"}\n',
        '{"text":"\u202e"}\n'.encode(),
        '{"text":"е\u0308"}\n'.encode(),
        b'{"text":"' + b"a" * canonical.MAX_LINE + b'"}\n',
        b'{"text":' + b"[" * 100_000,
    ],
)
def test_the_quick_way_leaves_the_rest_to_the_long_way(text: bytes) -> None:
    assert canonical.decode_lines_as(text, DECODER) is None


@given(st.lists(texts, max_size=8), st.integers(0, 40))
def test_the_quick_way_reads_the_same_piece_by_piece(words: list[str], size: int) -> None:
    text = canonical.encode_lines([{"text": word} for word in words])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_CHUNK", size)
        assert canonical.decode_lines_as(text, DECODER) == [Words(word) for word in words]
        assert canonical.decode_lines_as(text + b"{", DECODER) is None


def test_the_quick_way_looks_at_no_more_than_a_few_megabytes_at_a_time() -> None:
    line = canonical.encode_lines([{"text": "a" * 4_990 + "😀"}])
    text = line * (32 * 1024 * 1024 // len(line))
    ignoring = msgspec.json.Decoder(object)
    values = canonical.decode_lines_as(text, ignoring)
    assert values is not None
    room = sum(sys.getsizeof(value["text"]) for value in values)  # type: ignore[index]
    del values
    tracemalloc.start()
    canonical.decode_lines_as(text, ignoring)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < room + 24 * 1024 * 1024


def test_a_line_far_too_long_is_not_looked_at_the_quick_way() -> None:
    text = b'"%s"\n' % (b"a" * 3 * canonical.MAX_LINE)
    assert canonical.decode_lines_as(text, msgspec.json.Decoder(str)) is None
    with pytest.raises(Refused, match="json-line-too-long"):
        list(canonical.decode_lines(text))
