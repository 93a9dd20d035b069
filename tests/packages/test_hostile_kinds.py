"""Packages of the other kinds that make no sense, whoever signs them: each is refused for its reason."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO

import pytest

from facilitator.domain.records import AnyRecord, Card, Participant, Person, encode_record
from facilitator.packages import Quarantined, Refused, SigningKey, claimed_id
from facilitator.packages.archive import MAX_ENTRIES
from facilitator.packages.bag import (
    ALLOWED_SIGNERS,
    MAX_COLLECTION,
    MAX_SMALL_FILE,
    REVOKED_KEYS,
    ROSTER,
    ROSTER_PACKAGE,
    SCRIPT,
    BagInfo,
    inner_name,
)
from facilitator.packages.content import count_records
from facilitator.packages.envelope import Kind, encode_envelope
from facilitator.packages.packing import pack_into
from facilitator.packages.reader import read_assignment, read_package, read_roster
from facilitator.packages.signers import parse_signers
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from tests.packages.age_forge import age_file
from tests.packages.golden import (
    GOLDENS,
    LEAD,
    NEIGHBOUR,
    NEIGHBOURS,
    ORGANIZER,
    PRINCIPALS,
    RECIPIENTS,
    SCRIPT_SOURCE,
    STRANGER,
    judged,
    roster_by,
    sound,
)
from tests.packages.samples import AT, EVENT, GROUP, INFO, KEY, PRINCIPAL, envelope, forge, uid

Files = Mapping[str, bytes]
LISTS = roster_by(ORGANIZER).payload()
HANDED_OUT = {ROSTER_PACKAGE: GOLDENS["roster"].plain, SCRIPT: SCRIPT_SOURCE}
PERSON = Person(id=uid(3), name="Иван Иванов", consent=True)
CARD = Card(id=uid(4), group=uid(2), kind="present-norm", text="Так принято")
ID, ROSTER_ID = (str(claimed_id(BytesIO(GOLDENS[name].plain))) for name in ("group", "roster"))
BOTH = f'namespaces="{ROSTER_NAMESPACE},{PACKAGE_NAMESPACE}"'
PARTICIPANT = Participant(id=uid(3), group=uid(2), label="Участник 7")


def made(
    kind: Kind,
    key: SigningKey,
    records: Iterable[AnyRecord] = (),
    files: Files | None = None,
    **changes: object,
) -> bytes:
    """A package of any kind with whatever files and records, under a sound envelope but for the changes."""
    records = tuple(records)
    principal = PRINCIPALS.get(kind, PRINCIPAL)
    plain = envelope(key, kind=kind, principal=principal, counts=count_records(records))
    source = encode_envelope(plain) | changes
    namespace = ROSTER_NAMESPACE if kind == "roster" else PACKAGE_NAMESPACE
    info = BagInfo(INFO.date, f"{source['principal']}/2")
    return forge(source, tuple(map(encode_record, records)), key, namespace, files, info)


def verdict(data: bytes) -> str:
    try:
        judged(data)
    except (Refused, Quarantined) as fault:
        return fault.code
    return "accepted"


def by_code(value: object) -> str:
    """How a case is called in the list of tests."""
    return value if isinstance(value, str) else "package"


def sealed(data: bytes) -> bytes:
    return age_file(data, RECIPIENTS)


def test_what_makes_sense_is_accepted() -> None:
    inner = {inner_name(ID): GOLDENS["group"].plain}
    assert verdict(made("roster", ORGANIZER, files=LISTS)) == "accepted"
    assert verdict(made("assignment", ORGANIZER, (EVENT, GROUP, PARTICIPANT), HANDED_OUT)) == "accepted"
    assert verdict(made("collection", LEAD, files=inner)) == "accepted"
    assert verdict(sealed(made("persons", KEY, (PERSON,), recipients=RECIPIENTS))) == "accepted"


def said(**changes: object) -> dict[str, bytes]:
    """The lists of a roster whose ``roster.json`` says something else."""
    text = json.dumps(
        json.loads(LISTS[ROSTER]) | changes, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return {ROSTER: f"{text}\n".encode()}


FIRST, SECOND = json.loads(LISTS[ROSTER])["groups"]
THERE = json.loads(LISTS[ROSTER])["events"][0]


@pytest.mark.parametrize(
    "changed",
    [
        {ROSTER: b""},
        {ROSTER: LISTS[ROSTER] * 2},
        {ROSTER: b"5\n"},
        said(version=0),
        said(version="1"),
        said(surprise=1),
        said(events=[]),
        said(events=[THERE, THERE]),
        said(events=[THERE | {"city": " "}]),
        said(events=[THERE | {"starts": "2018-02-30"}]),
        said(groups=[FIRST, FIRST]),
        said(groups=[FIRST, SECOND | {"number": FIRST["number"]}]),
        said(groups=[FIRST | {"event": uid(99)}]),
        said(recipients=["age1"]),
        said(previous="../.."),
        {ALLOWED_SIGNERS: LISTS[ALLOWED_SIGNERS] + b"nonsense\n"},
        {ALLOWED_SIGNERS: LISTS[ALLOWED_SIGNERS] + b'* valid-after="00010101" ssh-ed25519 AAAA\n'},
        {REVOKED_KEYS: b"nonsense\n"},
        {REVOKED_KEYS: "ёлка\n".encode("cp1251")},
    ],
)
def test_a_roster_that_makes_no_sense_is_refused(changed: Files) -> None:
    data = made("roster", ORGANIZER, files=LISTS | changed)
    assert verdict(data) == "roster-invalid"
    with pytest.raises(Refused, match="roster-invalid"):
        read_roster(data, AT)


def test_a_roster_names_who_signs_it() -> None:
    own = made("roster", STRANGER, files=LISTS)
    for look in (judged, lambda data: read_roster(data, AT)):
        with pytest.raises(Quarantined, match="key-unknown"):
            look(own)
    neighbours = made("roster", NEIGHBOUR, files=LISTS)
    with pytest.raises(Refused, match="principal-not-granted"):
        read_roster(neighbours, AT)


def test_a_roster_stands_under_the_name_of_its_event() -> None:
    data = made("roster", ORGANIZER, files=LISTS, principal="skfo-2018.g3")
    with pytest.raises(Refused, match="principal-mismatch"):
        read_roster(data, AT)


def test_a_roster_holds_no_records() -> None:
    assert verdict(made("roster", ORGANIZER, (EVENT,), LISTS)) == "record-misplaced"


@pytest.mark.parametrize(
    ("kind", "principal", "files"),
    [
        ("collection", PRINCIPAL, {inner_name(ID): GOLDENS["group"].plain}),
        ("group", "skfo-2018.collection", {}),
        ("group", "skfo-2018.g03", {}),
        ("group", ".g3", {}),
    ],
)
def test_a_package_is_for_a_principal_of_its_kind(kind: Kind, principal: str, files: Files) -> None:
    """Whoever leads a group may sign for it, and for no collection of it."""
    records = (EVENT, GROUP) if kind == "group" else ()
    assert verdict(made(kind, LEAD, records, files, principal=principal)) == "principal-mismatch"


@pytest.mark.parametrize("look", [read_roster, read_assignment])
def test_nothing_else_is_looked_at_as_a_roster_or_an_assignment(look: type) -> None:
    with pytest.raises(Refused, match="kind-mismatch"):
        look(GOLDENS["group"].plain, AT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made("assignment", KEY, (EVENT, GROUP), HANDED_OUT), "not-by-organizer"),
        (made("assignment", ORGANIZER, (EVENT, GROUP, PARTICIPANT, CARD), HANDED_OUT), "record-misplaced"),
        (made("assignment", ORGANIZER, (EVENT,), HANDED_OUT), "group-unsound"),
        (made("assignment", ORGANIZER, (EVENT, GROUP), HANDED_OUT | {SCRIPT: b"id = 5\n"}), "script-invalid"),
        (made("assignment", ORGANIZER, (EVENT, GROUP), HANDED_OUT | {SCRIPT: b"\xff"}), "script-invalid"),
        (
            made("assignment", ORGANIZER, (EVENT, GROUP), HANDED_OUT | {SCRIPT: bytes(MAX_SMALL_FILE + 1)}),
            "file-too-large",
        ),
        (
            made(
                "assignment",
                ORGANIZER,
                (EVENT, GROUP),
                HANDED_OUT | {ROSTER_PACKAGE: bytes(MAX_SMALL_FILE + 1)},
            ),
            "archive-not-canonical",
        ),
        (
            made(
                "assignment", ORGANIZER, (EVENT, GROUP), HANDED_OUT | {ROSTER_PACKAGE: GOLDENS["group"].plain}
            ),
            "kind-mismatch",
        ),
        (
            made(
                "assignment",
                ORGANIZER,
                (EVENT, GROUP),
                HANDED_OUT | {ROSTER_PACKAGE: sound("roster", STRANGER)},
            ),
            "not-by-organizer",
        ),
    ],
    ids=by_code,
)
def test_an_assignment_that_makes_no_sense_is_refused(data: bytes, code: str) -> None:
    assert verdict(data) == code


@pytest.mark.parametrize(
    ("grants", "code"),
    [
        (f"skfo-2018.* {BOTH}", "accepted"),
        (f"skfo-2018.g* {BOTH}", "not-by-organizer"),
        (f'skfo-2018.* {BOTH},valid-before="20180101Z"', "not-by-organizer"),
        ('skfo-2018.* namespaces="fpkg@facilitator"', "not-by-organizer"),
    ],
)
def test_only_who_may_change_the_roster_now_hands_groups_out(grants: str, code: str) -> None:
    files = dict(LISTS)
    files[ALLOWED_SIGNERS] += f"{grants} {STRANGER.public_line}\n".encode()
    roster = made("roster", ORGANIZER, files=files)
    data = made("assignment", STRANGER, (EVENT, GROUP), HANDED_OUT | {ROSTER_PACKAGE: roster})
    signers = parse_signers(f"* {STRANGER.public_line}\n".encode(), b"")
    if code == "accepted":
        assert read_package(data, signers, AT).roster is not None
    else:
        with pytest.raises(Refused, match=code):
            read_package(data, signers, AT)


def test_a_group_that_the_roster_does_not_expect_is_not_handed_out() -> None:
    group = encode_record(GROUP) | {"number": 9}
    source = encode_envelope(envelope(ORGANIZER, kind="assignment", principal="skfo-2018.g9"))
    source |= {"counts": {"event": 1, "group": 1}}
    info = BagInfo(INFO.date, "skfo-2018.g9/2")
    data = forge(source, [encode_record(EVENT), group], ORGANIZER, files=HANDED_OUT, info=info)
    assert verdict(data) == "principal-mismatch"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made("persons", KEY, (PERSON,), recipients=RECIPIENTS), "persons-in-clear"),
        (sealed(made("persons", KEY, (PERSON,), recipients=RECIPIENTS[:1])), "recipients-too-few"),
        (sealed(made("persons", KEY, (PERSON,))), "recipients-too-few"),
        (sealed(made("persons", KEY, (PERSON, PERSON), recipients=RECIPIENTS)), "group-unsound"),
        (sealed(made("persons", KEY, (EVENT, GROUP), recipients=RECIPIENTS)), "record-misplaced"),
        (sealed(made("group", KEY, (EVENT, GROUP, PERSON))), "record-private"),
    ],
    ids=by_code,
)
def test_names_travel_encrypted_and_alone(data: bytes, code: str) -> None:
    assert verdict(data) == code


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({inner_name("0" * 64): GOLDENS["group"].plain}, "inner-mismatch"),
        ({inner_name(ID): NEIGHBOURS}, "inner-mismatch"),
        ({inner_name(ID): GOLDENS["group"].plain[:-1]}, "archive-not-canonical"),
        ({inner_name(ID): bytes(MAX_SMALL_FILE + 1)}, "archive-not-canonical"),
        ({inner_name(ROSTER_ID): GOLDENS["roster"].plain}, "kind-unsupported"),
        ({inner_name(ID): GOLDENS["group"].plain, inner_name("f" * 64): b""}, "archive-not-canonical"),
        ({}, "kind-mismatch"),
    ],
)
def test_a_collection_is_no_better_than_what_is_in_it(files: Files, code: str) -> None:
    assert verdict(made("collection", LEAD, files=files)) == code


def test_a_collection_holds_no_records_of_its_own() -> None:
    data = made("collection", LEAD, (EVENT,), {inner_name(ID): GOLDENS["group"].plain})
    assert verdict(data) == "record-misplaced"


def test_more_files_than_may_be_read_are_not_packed() -> None:
    payload = {inner_name(f"{number:064x}"): b"".__bytes__ for number in range(MAX_ENTRIES)}
    with pytest.raises(Refused, match="archive-too-many-files"):
        pack_into(BytesIO(), "collection", payload, INFO, lambda signed: b"", MAX_COLLECTION)
