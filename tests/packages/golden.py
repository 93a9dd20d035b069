"""Golden packages of every kind, as small as they can be, and the judge that all of them are sound to."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from facilitator.domain.records import Participant, Person
from facilitator.packages import (
    Quarantined,
    Refused,
    SigningKey,
    age,
    build_package,
    claimed_id,
    write_collection,
)
from facilitator.packages.bag import ROSTER, ROSTER_PACKAGE, SCRIPT
from facilitator.packages.envelope import Kind
from facilitator.packages.reader import Package, read_assignment, read_roster
from facilitator.packages.roster import Roster, RosterFiles, RosterGroup, roster_files
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from facilitator.services.intake import Judge, read_inner
from tests.packages.age_forge import age_file
from tests.packages.samples import AT, EVENT, GROUP, KEY, OTHER_KEY, PRINCIPAL, envelope, uid


def signing_key(number: int) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


NEIGHBOUR = OTHER_KEY
"""Enrolled for the group next door."""
ORGANIZER, LEAD, REVOKED, EXPIRED, EARLY, STRANGER = map(signing_key, range(6))
LEAD_SECRET = "AGE-SECRET-KEY-1JWPZMHQQHNCH8GPP0K385KV0SJ5WVGSHVH7V27ZSE0U32KKJPL2Q5HHS4R"
RECOVERY_SECRET = "AGE-SECRET-KEY-1446XZ36EFMXJ6VGXZD7MRMWCL0W8JHECRDKM7H9U2JGX3NSLEW8Q3HEXCD"
RECIPIENTS = (
    "age1k5g9q4apxxlnhxzvmhac2znq0zn0kpw7rqp3l837n09hu4ezadzs4fx5y3",
    "age1nahz90gp04pamnwpuy4eqkf5v5fyv9c4up5aqvuj4zvkqwgrz4hqwhvxfk",
)
"""Of the recovery key and of the lead."""
OTHER_RECIPIENT = "age1ja0kn35trjd6h566rdrjnagdjjrj6u5tle4xqd8kq4mqfnwsk5pqcaere6"
PRINCIPALS = {"collection": "skfo-2018.collection", "roster": "skfo-2018.roster"}
"""Under which name a package stands that is not a group's."""
_GRANTED = f'namespaces="{PACKAGE_NAMESPACE}"'
_GRANTS = (
    (PRINCIPAL, _GRANTED, KEY),
    ("skfo-2018.g4", _GRANTED, NEIGHBOUR),
    (PRINCIPAL, _GRANTED, REVOKED),
    (PRINCIPAL, f'{_GRANTED},valid-before="20180901Z"', EXPIRED),
    (PRINCIPAL, f'{_GRANTED},valid-after="20181101Z"', EARLY),
    ("skfo-2018.collection,skfo-2018.roster", _GRANTED, LEAD),
)
_ROSTER = Roster(
    version=1,
    events=(EVENT,),
    groups=tuple(
        RosterGroup(id=uid(number), event=EVENT.id, number=group, theme="family")
        for number, group in ((2, 3), (12, 4))
    ),
    recipients=RECIPIENTS,
)


def roster_by(organizer: SigningKey) -> RosterFiles:
    """What the roster of an organizer says."""
    own = ("skfo-2018.*", f'namespaces="{PACKAGE_NAMESPACE},{ROSTER_NAMESPACE}"', organizer)
    lines = (f"{principals} {options} {key.public_line}\n" for principals, options, key in (*_GRANTS, own))
    return roster_files(_ROSTER, "".join(lines), f"{REVOKED.public_line}\n")


JUDGE = Judge(roster_by(ORGANIZER).signers, AT, age.parse_identities(f"{LEAD_SECRET}\n"))
_WORDS = '{ ru = "Сейчас", en = "Now" }'
SCRIPT_SOURCE = f"""id = "obraz-budushchego-2025"
version = 1
title = {_WORDS}
[[steps]]
id = "present"
day = 1
kind = "collect"
minutes = 60
title = {_WORDS}
question = {_WORDS}
hint = {_WORDS}
[[steps.card_kinds]]
id = "present-norm"
title = {_WORDS}
plural = {_WORDS}
""".encode()


@dataclass(frozen=True)
class Golden:
    """A sound package, whose ``key`` signed it; ``data`` is what is handed over, ``plain`` the bag in it."""

    name: str
    key: SigningKey
    plain: bytes
    data: bytes

    @property
    def namespace(self) -> str:
        return ROSTER_NAMESPACE if self.name == "roster" else PACKAGE_NAMESPACE


def sound(kind: Kind, key: SigningKey) -> bytes:
    """The bag of a small package, signed by any key; where it needs a roster, that of this organizer."""
    recipients = RECIPIENTS if kind == "persons" else ()
    principal = PRINCIPALS.get(kind, PRINCIPAL)
    source = envelope(key, kind=kind, principal=principal, rev=1, parents=(), clock={}, recipients=recipients)
    participant = Participant(id=uid(3), group=uid(2), label="Участник 7")
    match kind:
        case "group":
            return build_package(source, (EVENT, GROUP), key, base=kind).data
        case "persons":
            person = Person(id=uid(3), name="Иван Иванов", consent=True)
            return build_package(source, (person,), key, base=kind).data
        case "roster":
            return build_package(source, (), key, base=kind, files=roster_by(key).payload()).data
        case "assignment":
            files = {ROSTER_PACKAGE: sound("roster", key), SCRIPT: SCRIPT_SOURCE}
            return build_package(source, (EVENT, GROUP, participant), key, base=kind, files=files).data
        case "collection":
            group, target = sound("group", KEY), BytesIO()
            inner = {str(claimed_id(BytesIO(group))): group.__bytes__}
            write_collection(target, source, inner, key, base=kind)
            return target.getvalue()


def _golden(kind: Kind, key: SigningKey) -> Golden:
    plain = sound(kind, key)
    return Golden(kind, key, plain, age_file(plain, RECIPIENTS) if kind == "persons" else plain)


GOLDENS = {
    golden.name: golden
    for golden in (
        _golden("group", KEY),
        _golden("collection", LEAD),
        _golden("roster", ORGANIZER),
        _golden("assignment", ORGANIZER),
        _golden("persons", KEY),
    )
}
NEIGHBOURS = build_package(
    envelope(NEIGHBOUR, principal="skfo-2018.g4", rev=1, parents=(), clock={}),
    (EVENT, msgspec.structs.replace(GROUP, id=uid(12), number=4)),
    NEIGHBOUR,
    base="group",
).data
"""The package of the group next door, sound as well."""


def judged(data: bytes) -> Package:
    """Read what came in as each part of the program would, a collection with all that it holds.

    Raises ``Refused`` or ``Quarantined``; whatever else comes out is a bug.
    """
    for file, look in ((ROSTER, read_roster), (ROSTER_PACKAGE, read_assignment)):
        if file.encode() in data:  # these look at what nobody vouches for yet
            with suppress(Refused, Quarantined):
                look(data, AT)
    package = JUDGE.read(data)
    for inner in package.bag.inner_ids:
        read_inner(package, inner, JUDGE)
    return package
