"""From the page to the disk: the key is looked at and opened here, and the package written. Knows no Qt.

All of it happens on the group's thread, and so do the imports, which are slow.
"""

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.files import translated_os_errors
from facilitator.services.group_service import GroupService
from facilitator.services.home import Home

if TYPE_CHECKING:
    from facilitator.packages.keys import PublicKey, SigningKey
    from facilitator.services.exporting import Content, ExportedPackage

ANOTHER_PLACE_HELPS = frozenset(
    {"disk-full", "folder-missing", "folder-read-only", "cannot-write", "written-otherwise", "file-exists"}
)

Lock = Literal["none", "remembered", "passphrase"]


@dataclass(frozen=True)
class OwnKey:
    """This computer's key as it lies there, and what opens it: nothing, the system's keyring, or a person."""

    public: "PublicKey"
    lock: Lock


@dataclass(frozen=True)
class Secret:
    """What a person has typed to open the key, and whether the computer shall remember it."""

    passphrase: str | None = None
    remember: bool = False


@dataclass(frozen=True)
class Parcel:
    """What is to be handed over, and to whom alone it is readable; to everyone when nobody is named."""

    content: "Content"
    recipients: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return ".fpkg.age" if self.recipients else ".fpkg"

    def file_name(self, principal: str) -> str:
        """Return the name its file usually has."""
        return f"{principal}{'.persons' if self.content == 'persons' else ''}{self.suffix}"


@dataclass(frozen=True)
class Place:
    """Where a package goes. Unless it ``replaces`` what lies there, it gets a free name beside that.

    ``drive`` is the root of a drive that has to be plugged in still: where one was, an empty folder may stay.
    """

    path: Path
    replaces: bool = True
    drive: Path | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a package was not written, and whether another place would help."""

    fault: Fault
    place_at_fault: bool = False


def look_at_key(home: Home) -> OwnKey | Fault | None:
    """Return this installation's key and what opens it, or ``None`` where none was made yet."""
    from facilitator.packages.keys import load_key  # noqa: PLC0415  cryptography is slow to import
    from facilitator.services import vault  # noqa: PLC0415  and so is keyring
    from facilitator.services.identity import own_key  # noqa: PLC0415

    if not home.key_path.exists():
        return None
    try:
        public = own_key(home)
    except UserFault as fault:
        return fault
    try:
        load_key(home.key_path, None)
    except UserFault as fault:
        if fault.code != "key-passphrase-needed":
            return fault
        remembered = vault.recall(public.fingerprint) is not None
        return OwnKey(public, "remembered" if remembered else "passphrase")
    return OwnKey(public, "none")


def deliver(
    service: GroupService, home: Home, parcel: Parcel, place: Place, secret: Secret
) -> "ExportedPackage | Refusal":
    """Open the key, or make it at first use; back up, sign, write, and read back from the disk."""
    from facilitator.services.exporting import export_group  # noqa: PLC0415  cryptography is slow to import

    path = place.path
    try:
        key = _open_key(home, secret)
        path = _free_path(place, parcel.suffix)
        return export_group(
            service, path, key, home.replica(), content=parcel.content, recipients=parcel.recipients
        )
    except Fault as fault:
        at_fault = fault.code in ANOTHER_PLACE_HELPS and fault.facts.get("path") == path
        return Refusal(fault, at_fault)


def _open_key(home: Home, secret: Secret) -> "SigningKey":
    """Return the key to sign with. What the keyring keeps and does not fit is kept no longer."""
    from facilitator.services import vault  # noqa: PLC0415  keyring is slow to import
    from facilitator.services.identity import create_identity, own_key, unlock  # noqa: PLC0415

    if not home.key_path.exists():
        key = create_identity(home, secret.passphrase)
    else:
        try:
            key = unlock(home, secret.passphrase)
        except UserFault as fault:
            if secret.passphrase is None and fault.code == "key-passphrase-wrong":
                vault.forget(own_key(home).fingerprint)
            raise
    if secret.remember and secret.passphrase:
        vault.remember(key.fingerprint, secret.passphrase)
    return key


def _free_path(place: Place, suffix: str) -> Path:
    """Return where to write: never over somebody else's package that lies on a drive already."""
    path = place.path
    with translated_os_errors(path):
        if place.drive is not None and not os.path.ismount(place.drive):
            raise EnvironmentFault("folder-missing", path=path)
        if place.replaces or not path.exists():
            return path
        stem = path.name.removesuffix(suffix)
        names = (path.with_name(f"{stem} ({number}){suffix}") for number in count(2))
        return next(name for name in names if not name.exists())
