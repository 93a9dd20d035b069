"""Canonical JSON: one text for one value, so that equal content has equal bytes and equal hashes.

UTF-8 in NFC, keys sorted by code point, no spaces, integers only and below 2^53 either way, at most 8 levels
deep, no control characters but newline and tab, no marks that change the reading direction.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from facilitator.domain.records import UNSPEAKABLE
from facilitator.packages.verdicts import Refused

MAX_DEPTH = 8
MAX_LINE = 1024 * 1024
"""The longest line of a file of JSON lines, in bytes without its newline."""
_CHUNK = 1024 * 1024
_INTEGER_LIMIT = 2**53
_ESCAPED_CONTROL = re.compile(rb"\\[bfru]")
T = TypeVar("T")
U = TypeVar("U")
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()


def encode(value: object) -> bytes:
    """Return the canonical text of a JSON value, without a newline.

    Raises ``Refused`` ``json-not-canonical``, ``json-too-deep``, ``json-line-too-long`` for a value that has
    none.
    """
    _check(value, MAX_DEPTH)
    text = _encoder.encode(value)
    if len(text) > MAX_LINE:
        raise Refused("json-line-too-long", limit=MAX_LINE)
    return text


def decode(text: bytes) -> object:
    """Return the value of a canonical text; the text must be the one that :func:`encode` gives.

    Raises ``Refused`` as :func:`encode` does, and ``json-malformed``.
    """
    if len(text) > MAX_LINE:
        raise Refused("json-line-too-long", limit=MAX_LINE)
    try:
        value: object = _decoder.decode(text)
    except RecursionError:
        raise Refused("json-too-deep", limit=MAX_DEPTH) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("json-malformed") from None
    if encode(value) != text:
        raise Refused("json-not-canonical", problem="spelling")
    return value


def encode_lines(values: Iterable[object]) -> bytes:
    """Return one canonical text a line, each with its newline. Raises as :func:`encode` does."""
    return b"".join(line + b"\n" for line in _each(encode, values))


def decode_lines(text: bytes) -> Iterator[object]:
    """Yield the values of canonical lines. Raises as :func:`decode`, with the ``line``."""
    return _each(_decode_line, io.BytesIO(text))


def _decode_line(line: bytes) -> object:
    if not line.endswith(b"\n"):
        raise Refused("json-not-canonical", problem="last newline")
    return decode(line[:-1])


def decode_lines_as(text: bytes, decoder: msgspec.json.Decoder[T]) -> list[T] | None:
    """Return the values of canonical lines, decoded straight into types that hold neither fractions, large
    integers nor deep nesting; ``None`` where only :func:`decode_lines` can tell whether something is wrong.

    Several times as fast: the text is looked at once instead of every value in it.
    """
    values: list[T] = []
    for chunk in _chunks(text):
        some = _decode_chunk_as(chunk, decoder)
        if some is None:
            return None
        values += some
    return values


def _chunks(text: bytes) -> Iterator[bytes]:
    """Yield whole lines, about a megabyte at a time: one emoji makes a text take four times its room."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + _CHUNK) + 1 or len(text)
        yield text[start:end]
        start = end


def _decode_chunk_as(text: bytes, decoder: msgspec.json.Decoder[T]) -> list[T] | None:
    if len(text) > _CHUNK + MAX_LINE + 1:
        return None
    try:
        values = decoder.decode_lines(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if _encoder.encode_lines(values) != text or max(map(len, text.split(b"\n"))) > MAX_LINE:
        return None
    words = text.decode()
    if _ESCAPED_CONTROL.search(text) or UNSPEAKABLE.search(words):
        return None
    return values if unicodedata.is_normalized("NFC", words) else None


def _each(convert: Callable[[T], U], sources: Iterable[T]) -> Iterator[U]:
    for number, source in enumerate(sources, 1):
        try:
            result = convert(source)
        except Refused as refusal:
            refusal.facts["line"] = number
            raise
        yield result


def _check(value: object, levels: int) -> None:
    """Refuse what has no canonical text; ``levels`` are left for objects and arrays."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict | list | tuple):
        if not levels:
            raise Refused("json-too-deep", limit=MAX_DEPTH)
        if isinstance(value, dict):
            for name, item in value.items():
                _check_text(name)
                _check(item, levels - 1)
        else:
            for item in value:
                _check(item, levels - 1)
    elif isinstance(value, float):
        raise Refused("json-not-canonical", problem="fraction")
    elif isinstance(value, int) and abs(value) >= _INTEGER_LIMIT:
        raise Refused("json-not-canonical", problem="large integer")


def _check_text(text: str) -> None:
    if UNSPEAKABLE.search(text):
        raise Refused("json-not-canonical", problem="control character")
    if not unicodedata.is_normalized("NFC", text):
        raise Refused("json-not-canonical", problem="not NFC")
