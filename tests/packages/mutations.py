"""Ways to make a package that nobody may take in, from one that everybody may.

Each mutation is given a source of chance and a golden package and returns the bytes of a bag; unless it
happens to give the golden package back, the program must refuse them or put them aside.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random

from facilitator.domain.records import encode_record
from facilitator.packages import SigningKey, claimed_id
from facilitator.packages.archive import read_archive
from facilitator.packages.bag import (
    ALLOWED_SIGNERS,
    ENVELOPE,
    MANIFEST,
    RECORDS,
    REVOKED_KEYS,
    ROSTER,
    ROSTER_PACKAGE,
    SCRIPT,
    SIGNATURE,
    SIGNED,
    inner_name,
)
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from tests.packages import edits
from tests.packages.age_forge import MAGIC, age_file, header, payload, stanza
from tests.packages.golden import (
    EARLY,
    EXPIRED,
    GOLDENS,
    KEY,
    LEAD,
    NEIGHBOUR,
    NEIGHBOURS,
    OTHER_RECIPIENT,
    RECIPIENTS,
    REVOKED,
    STRANGER,
    Golden,
)
from tests.packages.samples import EVENT, archive_of, files_of
from tests.packages.zips import NUMBERS, Part, zip_of

Files = dict[str, bytes]
INFO = "bag-info.txt"
NAMES = (
    "data/run.sh",
    "../../etc/passwd",
    "/etc/passwd",
    "fetch.txt",
    "data/package.json ",
    "data/Package.json",
)
NAMES += (
    "d\u0430ta/package.json",
    "data/package.json.",
    "data\\package.json",
    "data/",
    "",
    "data/\0.json",
    "x" * 300,
)
_EDITS: dict[str, tuple[edits.Edit, ...]] = {
    ALLOWED_SIGNERS: (edits.with_other_words, edits.lines_moved, edits.without_a_line),
    REVOKED_KEYS: (edits.with_other_words,),
    SCRIPT: (edits.with_other_pieces, edits.without_a_line),
    **dict.fromkeys(
        (ENVELOPE, RECORDS, ROSTER), (edits.with_other_values, edits.respelled, edits.lines_moved)
    ),
}


def damaged(rng: Random, golden: Golden) -> bytes:
    """Other bytes somewhere in the archive."""
    return scrambled(rng, golden.plain)


def scrambled(rng: Random, data: bytes) -> bytes:
    """Bytes flipped, cut, repeated, exchanged, or taken from another package."""
    other = rng.choice(list(GOLDENS.values())).data
    start, end = sorted(rng.choices(range(len(data) + 1), k=2))
    size = rng.choice((1, 2, 4, 8))
    return rng.choice(
        (
            lambda: edits.flipped(rng, data),
            lambda: data[:start] + data[end:],
            lambda: data[start:],
            lambda: data[:end],
            lambda: data[:end] + data[start:],
            lambda: data[:start] + bytes(end - start) + data[end:],
            lambda: data[:start] + other[start:],
            lambda: data[:start] + rng.choice((b"\0", b"\xff")) * size + data[start + size :],
            lambda: data + rng.randbytes(size),
            lambda: rng.randbytes(size) + data,
        )
    )()


def rezipped(rng: Random, golden: Golden) -> bytes:
    """Another archive of the same files: renamed, moved, repeated, added, left out, or with other headers."""
    archive = read_archive(BytesIO(golden.plain))
    parts = [Part(name=path.encode(), content=archive.read(path)) for path in archive.sizes]
    place = rng.randrange(len(parts))
    part = parts[place]
    name = f"{golden.name}/{rng.choice(NAMES)}".encode()
    field = rng.choice(list(NUMBERS))
    number = rng.choice((0, 1, 8, 20, 45, len(part.content) + 1, 2 ** NUMBERS[field] - 1))
    changed = replace(part, **{field: number})
    extra = rng.choice((b"\x01\0\0\0", b"\x01\0\x08\0" + bytes(8), b"x"))
    endings = (
        {"comment": b"word"},
        {"after": b"\0"},
        {"before": b"#!/bin/sh\n"},
        {"gap": b"\0"},
        {"start": 0},
    )
    return rng.choice(
        (
            lambda: zip_of([*parts[:place], replace(part, name=name), *parts[place + 1 :]]),
            lambda: zip_of(rng.sample(parts, len(parts))),
            lambda: zip_of([*parts, part]),
            lambda: zip_of([*parts, *(Part(name=b"group/%d" % number, content=b"") for number in range(65))]),
            lambda: zip_of([*parts, Part(name=name, content=b"x")]),
            lambda: zip_of([*parts[:place], *parts[place + 1 :]]),
            lambda: zip_of([*parts[:place], changed, *parts[place + 1 :]]),
            lambda: zip_of([*parts[:place], replace(part, extra=extra), *parts[place + 1 :]]),
            lambda: zip_of([*parts[:place], replace(part, central_extra=extra), *parts[place + 1 :]]),
            lambda: zip_of([*parts[:place], replace(part, trailer=b"PK\x07\x08"), *parts[place + 1 :]]),
            lambda: zip_of([*parts[:place], replace(part, listed=False), *parts[place + 1 :]]),
            lambda: zip_of(parts, count=rng.choice((0, 1, 65_535))),
            lambda: zip_of(parts, **rng.choice(endings)),
        )
    )()


def rehashed(rng: Random, golden: Golden) -> bytes:
    """Other content under manifests made anew: the signature does not fit any more."""
    files = _with_another_content(rng, files_of(golden.plain))
    if rng.random() < 0.3:
        return archive_of(files, golden.name)
    return archive_of(_hashed(files), golden.name)


def resigned(rng: Random, golden: Golden) -> bytes:
    """The same or other content, signed by somebody who may not sign it."""
    files = files_of(golden.plain)
    keys = (KEY, NEIGHBOUR, LEAD, REVOKED, EXPIRED, EARLY, STRANGER)
    key = rng.choice([key for key in keys if key is not golden.key])
    if rng.random() < 0.5:
        files[ENVELOPE] = files[ENVELOPE].replace(golden.key.fingerprint.encode(), key.fingerprint.encode())
    if key is NEIGHBOUR and golden.name == "group" and rng.random() < 0.5:
        files[ENVELOPE] = files[ENVELOPE].replace(b"skfo-2018.g3", b"skfo-2018.g4")
        files[INFO] = files[INFO].replace(b"skfo-2018.g3", b"skfo-2018.g4")
    if rng.random() < 0.5:
        files = _with_another_content(rng, files)
    return signed(files, key, golden.namespace, golden.name)


def signed_for_something_else(rng: Random, golden: Golden) -> bytes:
    """The right key in the wrong namespace, or the right signature in another spelling."""
    files = files_of(golden.plain)
    namespace = rng.choice(
        (PACKAGE_NAMESPACE, ROSTER_NAMESPACE, "file", "", "fpkg@facilitator\0", "FPKG@facilitator")
    )
    if rng.random() < 0.5 and namespace != golden.namespace:
        return signed(files, golden.key, namespace, golden.name)
    files[SIGNATURE] = edits.rearmored(rng, files[SIGNATURE])
    return archive_of(files, golden.name)


def nonsense(rng: Random, golden: Golden) -> bytes:
    """What its rightful signer must not sign either: respelled, of another kind, miscounted, mislabelled."""
    files = files_of(golden.plain)
    name = rng.choice([name for name in (ENVELOPE, RECORDS, ROSTER) if name in files])
    envelope = files[ENVELOPE]
    kind = rng.choice([kind for kind in (*GOLDENS, "letter") if kind != golden.name])
    tag = rng.choice((INFO, "bagit.txt"))
    person = b'{"id":"018f0000-0000-7000-8000-000000000003","name":"x","type":"person"}\n'
    event = edits.written(encode_record(EVENT)) + b"\n"
    clock = f'"clock":{{"{golden.key.fingerprint}/b1946ac9":[1,"{"0" * 64}"]}}'
    changes = (
        lambda: {name: edits.respelled(rng, files[name])},
        lambda: {ENVELOPE: envelope.replace(b'"kind":"' + golden.name.encode(), b'"kind":"' + kind.encode())},
        lambda: {ENVELOPE: envelope.replace(b'"counts":{', b'"counts":{"card":1,', 1)},
        lambda: {ENVELOPE: envelope.replace(b'"created":"2018', b'"created":"2019', 1)},
        lambda: {each: files[each].replace(b"2018-10", b"2019-10") for each in (ENVELOPE, INFO)},
        lambda: {ENVELOPE: envelope.replace(b'"rev":1', b'"rev":2', 1)},
        lambda: {
            ENVELOPE: envelope.replace(b"fpkg/1.0", rng.choice((b"fpkg/2.0", b"fpkg/0.9", b"fpkg/1")), 1)
        },
        lambda: {ENVELOPE: envelope.replace(golden.key.fingerprint.encode(), STRANGER.fingerprint.encode())},
        lambda: {ENVELOPE: envelope.replace(b"skfo-2018.", b"skfo-2019.", 1)},
        lambda: {ENVELOPE: envelope.replace(b'"clock":{}', clock.encode())},
        lambda: {ENVELOPE: envelope.replace(f',"{RECIPIENTS[1]}"'.encode(), b"")},
        lambda: {ENVELOPE: _counting(b'{"event":1}', envelope), RECORDS: event},
        lambda: {RECORDS: files[RECORDS] + person},
        lambda: {RECORDS: files[RECORDS] * 2 or b"{}\n"},
        lambda: {RECORDS: files[RECORDS].replace(b'"number":3', b'"number":5') or b"5\n"},
        lambda: {RECORDS: files[RECORDS].replace(EVENT.id.encode(), b"0" * 8 + EVENT.id[8:].encode(), 1)},
        lambda: {tag: edits.flipped(rng, files[tag])},
        lambda: {name: bytes([rng.choice(b'\n["5a{')]) * rng.choice((10, 300_000, 1_200_000, 8_000_000))},
    )
    return signed(files | rng.choice(changes)(), golden.key, golden.namespace, golden.name)


def usurped(rng: Random, golden: Golden) -> bytes:
    """A roster of a stranger's own making, or an assignment with it: sound in itself, and trusted nowhere."""
    line = b"skfo-2018.* " + STRANGER.public_line.encode() + b"\n"
    roster = files_of(GOLDENS["roster"].plain)
    roster[ALLOWED_SIGNERS] += line
    if rng.random() < 0.5:
        roster = _with_another_content(rng, roster)
    roster[ENVELOPE] = by_stranger(roster[ENVELOPE])
    usurping = signed(roster, STRANGER, ROSTER_NAMESPACE, "roster")
    if golden.name != "assignment":
        return usurping
    files = files_of(golden.plain) | {ROSTER_PACKAGE: usurping}
    files = _with_another_content(rng, files)
    files[ENVELOPE] = by_stranger(files[ENVELOPE])
    return signed(files, STRANGER, PACKAGE_NAMESPACE, "assignment")


def collected(rng: Random, golden: Golden) -> bytes:
    """A collection that its lead signs, and in it a package that is not what it is called, or not sound."""
    group = GOLDENS["group"]
    files = files_of(GOLDENS["collection"].plain)
    strange = rng.choice((NEIGHBOURS, *(each.data for each in GOLDENS.values()), scrambled(rng, group.data)))
    mutant = rng.choice((rezipped, rehashed, resigned, signed_for_something_else, nonsense))(rng, group)
    inner = rng.choice((strange, mutant))
    called = hashlib.sha256(rng.choice((inner, b"another"))).hexdigest()
    if inner != group.data and rng.random() < 0.5:
        called = claimed_id(BytesIO(inner)) or called
        if inner == NEIGHBOURS:
            called = called[::-1]
    if rng.random() < 0.5:
        files = {name: content for name, content in files.items() if not name.startswith("data/packages/")}
    files[inner_name(called)] = inner
    return signed(files, LEAD, PACKAGE_NAMESPACE, "collection")


def whatever(rng: Random, golden: Golden) -> bytes:
    """Other content that its rightful signer has signed: the only mutation that may turn out sound."""
    files = _with_another_content(rng, files_of(golden.plain))
    return signed(files, golden.key, golden.namespace, golden.name)


def sealed_wrongly(rng: Random, golden: Golden) -> bytes:
    """An age file around a sound package that is not whole, or not for us."""
    ours = stanza(RECIPIENTS[1])
    stanzas = [*map(stanza, RECIPIENTS), b"-> scrypt " + b"A" * 22 + b" 60\n" + b"A" * 43 + b"\n"]
    begun, content = MAGIC + b"".join(stanzas) + b"--- " + b"A" * 43 + b"\n", payload(golden.plain)
    return rng.choice(
        (
            lambda: scrambled(rng, golden.data),
            lambda: age_file(golden.plain, [OTHER_RECIPIENT]),
            lambda: age_file(golden.plain, [], [stanzas[-1]]),
            lambda: begun + content,
            lambda: MAGIC + edits.lines_moved(rng, begun) + content,
            lambda: header([ours]) + scrambled(rng, content),
            lambda: header([ours]) + content + content[16:],
            lambda: header([ours] * 200) + content,
            lambda: header([ours, stanzas[-1]]) + content[:16],
        )
    )()


MUTATIONS: tuple[Callable[[Random, Golden], bytes], ...] = (
    *(damaged, rezipped, rezipped, rehashed, resigned, resigned, signed_for_something_else),
    *(nonsense, nonsense, usurped, collected),
)


def _with_another_content(rng: Random, files: Files) -> Files:
    """Change one file of the payload, in a way that its format knows if it has one."""
    name = rng.choice([name for name in files if name.startswith("data/")])
    known = _EDITS.get(name, ())
    edit = rng.choice((*known, *known, edits.misquoted, edits.flipped))
    return files | {name: edit(rng, files[name])}


def _hashed(files: Files) -> Files:
    """Make the manifests and the number of bytes fit the payload."""
    content = {name: files[name] for name in sorted(files) if name.startswith("data/")}
    total = f"Payload-Oxum: {sum(map(len, content.values()))}.{len(content)}\n".encode()
    tags = {"bagit.txt": files["bagit.txt"], INFO: re.sub(rb"Payload-Oxum: .*\n", total, files[INFO])}
    tags[MANIFEST] = _manifest(content)
    tags[SIGNED] = _manifest({name: tags[name] for name in sorted(tags)})
    return tags | {SIGNATURE: files[SIGNATURE]} | content


def _manifest(files: Files) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def signed(files: Files, key: SigningKey, namespace: str, base: str) -> bytes:
    """The bag of these files with all that hangs on the payload made anew."""
    files = _hashed(files)
    files[SIGNATURE] = key.sign(namespace, files[SIGNED])
    return archive_of(files, base)


def _counting(counts: bytes, envelope: bytes) -> bytes:
    return re.sub(rb'("counts":{[^}]*},)?"created"', b'"counts":' + counts + b',"created"', envelope)


def by_stranger(envelope: bytes) -> bytes:
    """An envelope that says a stranger has signed it."""
    return re.sub(rb"SHA256:[^\"]{43}", STRANGER.fingerprint.encode(), envelope, count=1)
