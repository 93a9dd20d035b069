"""One small sound group, and the tools to make it unsound."""

import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st

from facilitator.domain.records import (
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Round,
    Step,
    Vote,
    encode_record,
)
from facilitator.packages import (
    SCHEMA,
    Envelope,
    Origin,
    Signers,
    SigningKey,
    bag,
    canonical,
    load_signers,
    packing,
)
from facilitator.packages.archive import archive_bytes, read_archive
from facilitator.packages.content import count_records
from facilitator.packages.sshsig import PACKAGE_NAMESPACE

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
PRINCIPAL = "skfo-2018.g3"
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=DIRECTIONS)
    | st.sampled_from("\n\tёЁй«»—\u00a0\u0301"),
    max_size=40,
).map(lambda text: normalize("NFC", text))
INFO = bag.BagInfo("2018-10-01", f"{PRINCIPAL}/2")
AT = datetime(2018, 10, 1, 12, tzinfo=UTC)


def uid(number: int) -> str:
    return f"018f0000-0000-7000-8000-{number:012x}"


EVENT = Event(
    id=uid(1),
    code="skfo-2018",
    script="obraz-budushchego-2025",
    district="skfo",
    city="Пятигорск",
    starts="2018-09-30",
    ends="2018-10-02",
)
GROUP = Group(id=uid(2), event=uid(1), number=3, theme="family", moderator="Алёна «Первая»")
CARD = Card(
    id=uid(4), group=uid(2), kind="present-norm", text="Молодёжь уезжает из сёл — «нет работы»", author=uid(3)
)
RECORDS: tuple[AnyRecord, ...] = (
    EVENT,
    GROUP,
    Participant(id=uid(3), group=uid(2), label="Участник\u00a07", region="ru-sta"),
    CARD,
    Card(
        id=uid(5),
        group=uid(2),
        kind="future-norm",
        text="В селе есть\nработа",
        cluster=uid(6),
        marks=("good",),
    ),
    Cluster(id=uid(6), group=uid(2), step="future", title="Труд"),
    Link(id=uid(7), group=uid(2), source=uid(5), target=uid(4), relation="replaces"),
    Round(id=uid(8), group=uid(2), step="future", method="dots", state="open", budget=5),
    Vote(id=uid(9), round=uid(8), card=uid(5), value=3, participant=uid(3)),
    Step(id=f"{uid(2)}/future", group=uid(2), step="future", state="running", started="2018-10-01T09:00:00Z"),
)


def envelope(key: SigningKey = KEY, **changes: object) -> Envelope:
    plain = Envelope(
        schema=SCHEMA,
        kind="group",
        principal=PRINCIPAL,
        origin=Origin(key=key.fingerprint, replica="b1946ac9"),
        rev=2,
        parents=("0" * 64,),
        clock={f"{key.fingerprint}/b1946ac9": (1, "0" * 64)},
        created="2018-10-01T10:00:00Z",
        counts=count_records(RECORDS),
    )
    return msgspec.structs.replace(plain, **changes)


def forge(
    source: Mapping[str, object] | bytes,
    records: Iterable[Mapping[str, object]] | bytes = tuple(map(encode_record, RECORDS)),
    key: SigningKey = KEY,
    namespace: str = PACKAGE_NAMESPACE,
    files: Mapping[str, bytes] | None = None,
    info: bag.BagInfo = INFO,
) -> bytes:
    """Sign whatever it is given: a sound bag around an envelope and records that may make no sense.

    ``files`` are those that a kind holds besides.
    """
    payload = {
        bag.ENVELOPE: source if isinstance(source, bytes) else canonical.encode_lines([source]),
        bag.RECORDS: records if isinstance(records, bytes) else canonical.encode_lines(records),
        **(files or {}),
    }
    return packing.pack("forged", payload, info, lambda signed: key.sign(namespace, signed))[1]


def files_of(package: bytes) -> dict[str, bytes]:
    """The files of a sound archive by their names without the folder's, in their order."""
    archive = read_archive(BytesIO(package))
    return {path.partition("/")[2]: archive.read(path) for path in archive.sizes}


def archive_of(files: Mapping[str, bytes], base: str = "skfo-2018.g3") -> bytes:
    """A sound archive of whatever files it is given."""
    return archive_bytes((f"{base}/{name}", content) for name, content in files.items())


def roster(folder: Path, *lines: str, revoked: Iterable[SigningKey] = ()) -> Signers:
    """Write a roster of ``lines``, or one that grants everything of the event to ``KEY``."""
    path = folder / "allowed_signers"
    default = f'skfo-2018.* namespaces="{PACKAGE_NAMESPACE}" {KEY.public_line}'
    path.write_text("\n".join(lines or [default]) + "\n", encoding="utf-8")
    (folder / "revoked_keys").write_text("".join(f"{key.public_line}\n" for key in revoked))
    return load_signers(path)


def run(
    *command: str | Path, folder: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False)
