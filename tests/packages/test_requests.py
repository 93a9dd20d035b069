"""A request to be enrolled: signed by its own key, small enough for a QR code, changed by nobody."""

import json
from typing import Any

import pytest
import segno

from facilitator.errors import UserFault
from facilitator.packages import canonical
from facilitator.packages.requests import MAX_REQUEST, make_request, read_request
from tests.packages.samples import KEY, OTHER_KEY

CREATED = "2018-02-01T10:00:00Z"
TEXT = make_request("Алёна «Первая»", KEY, CREATED)


def test_a_request_says_who_asks_with_which_key() -> None:
    request = read_request(TEXT)
    assert (request.name, request.created) == ("Алёна «Первая»", CREATED)
    assert request.key == KEY.public


def test_the_digits_are_six_groups_of_five() -> None:
    groups = KEY.public.digits.split(" ")
    assert [len(group) for group in groups] == [5] * 6
    assert all(group.isdecimal() for group in groups)
    assert KEY.public.digits != OTHER_KEY.public.digits


def test_a_request_fits_into_a_qr_code() -> None:
    assert segno.make(TEXT.strip(), error="m").version <= 25


def test_spaces_around_a_request_that_was_pasted_do_no_harm() -> None:
    assert read_request(b"\n  " + TEXT + b"\r\n").key == KEY.public


@pytest.mark.parametrize("name", ["", "  ", "а\u202e", "x" * 501])
def test_a_request_needs_a_name(name: str) -> None:
    with pytest.raises(UserFault, match="name-missing"):
        make_request(name, KEY, CREATED)


def changed(**values: Any) -> bytes:
    source = json.loads(TEXT) | values
    return canonical.encode({name: value for name, value in source.items() if value is not None})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"no JSON",
        TEXT[:-20],
        TEXT.replace(b"2018", b"2019"),
        changed(name="Кто-то другой"),
        changed(key=OTHER_KEY.public_line),
        changed(key="ssh-rsa AAAAB3NzaC1yc2E="),
        changed(key="nonsense"),
        changed(schema="fpkg-request/2.0"),
        changed(signature=None),
        changed(signature="nonsense"),
        changed(signature="подпись"),
        changed(surprise=1),
        b" " * MAX_REQUEST + TEXT,
    ],
)
def test_a_request_that_was_changed_is_not_read(text: bytes) -> None:
    with pytest.raises(UserFault, match="request-unsound") as caught:
        read_request(text)
    assert caught.value.facts["problem"]


def test_nobody_asks_for_a_key_that_is_not_theirs() -> None:
    source = json.loads(make_request("Алёна", KEY, CREATED))
    source["key"] = OTHER_KEY.public_line
    plain = {name: value for name, value in source.items() if name != "signature"}
    source["signature"] = KEY.sign("fpkg-request@facilitator", canonical.encode(plain)).decode()
    with pytest.raises(UserFault, match="request-unsound") as caught:
        read_request(canonical.encode(source))
    assert caught.value.facts["problem"] == "another key has signed it"


def test_a_signature_for_something_else_is_no_request() -> None:
    source = json.loads(TEXT)
    plain = {name: value for name, value in source.items() if name != "signature"}
    source["signature"] = KEY.sign("fpkg@facilitator", canonical.encode(plain)).decode()
    with pytest.raises(UserFault, match="request-unsound"):
        read_request(canonical.encode(source))
