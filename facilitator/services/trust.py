"""Whom this installation trusts: the newest roster of each organizer, compared once by voice."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from facilitator.errors import UserFault
from facilitator.files import translated_os_errors, write_atomically
from facilitator.packages.bag import unpack
from facilitator.packages.envelope import envelope_in
from facilitator.packages.keys import PublicKey
from facilitator.packages.reader import Package, read_package_file, read_roster
from facilitator.packages.roster import RosterFiles
from facilitator.packages.signer_files import joined, load_signers, named_groups
from facilitator.packages.signers import Signers
from facilitator.packages.sshsig import ROSTER_NAMESPACE
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.home import Home

_ZIP = b"PK"


@dataclass(frozen=True)
class TrustedRoster:
    """A roster and who signed it. ``first_use`` says that nobody has compared the ``digits`` here before."""

    id: str
    files: RosterFiles
    organizer: str
    digits: str
    first_use: bool


@dataclass(frozen=True)
class Trust:
    """Who may sign, which groups are expected, and the rosters that say so."""

    signers: Signers
    expected: frozenset[str] = frozenset()
    rosters: tuple[TrustedRoster, ...] = ()


@dataclass(frozen=True)
class TrustStore:
    """The rosters kept in an installation's home."""

    home: Home
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def admit(self, data: bytes, *, digits: str | None = None, keep: bool = True) -> TrustedRoster:
        """Check a roster against the one trusted so far and trust it instead; the first is trusted as it is.

        ``digits`` are those of the organizer's key as a person has heard them, or of several, with commas:
        the roster must have them then, and a key that no former roster vouches for is let in by them.
        ``keep`` false only looks.
        Raises ``Refused`` and ``Quarantined`` as ``read_roster`` does; ``UserFault`` ``roster-older``,
        ``roster-forked``, ``organizer-changed``, ``digits-differ``.
        """
        package = read_roster(data, self.at)
        held = self.held(package.envelope.principal)
        confirmed = digits is not None
        found = _described(package, first_use=held is None and not confirmed)
        if digits is not None and _only_digits(found.digits) not in map(_only_digits, digits.split(",")):
            raise UserFault("digits-differ", digits=found.digits)
        if not confirmed:
            self._check_organizer(package)
        for known in (held, *self._former(package.envelope.principal)):
            if known is not None and _vouches(known, package):
                _check_version(package, known)
        if keep and (held is None or held.id != package.id):
            self._keep(package, data, held)
        return found

    def admit_known(self, data: bytes, *, digits: str | None = None, keep: bool = True) -> TrustedRoster:
        """Check a roster as :meth:`admit` does; where a later one is trusted already, return that."""
        try:
            return self.admit(data, digits=digits, keep=keep)
        except UserFault as fault:
            if fault.code != "roster-older":
                raise
            held = self.held(read_roster(data, self.at).envelope.principal)
            if held is None:
                raise
            return _described(held, first_use=False)

    def held(self, principal: str) -> Package | None:
        """Return the roster trusted so far under a name, or ``None``.

        Raises ``UserFault("trust-damaged")`` for a file that is no sound roster any more.
        """
        path = self._path(principal)
        return _read_kept(path) if path.exists() else None

    def rosters(self) -> tuple[TrustedRoster, ...]:
        """Return all rosters that are trusted here, by their names."""
        return tuple(_described(package, first_use=False) for package in self._all_held())

    def load(self, paths: Sequence[Path], *, digits: str | None = None, keep: bool = True) -> Trust:
        """Return what roster packages and plain ``allowed_signers`` files say together; all are kept or none.

        Raises as :meth:`admit` and ``load_signers`` do.
        """
        trust = Trust(Signers({}, frozenset()))
        for path in paths:
            trust = _joined(trust, self._load(path, digits, keep=False))
        if keep:
            for path in paths:
                self._load(path, digits, keep=True)
        return trust

    def _load(self, path: Path, digits: str | None, *, keep: bool) -> Trust:
        if not _is_package(path):
            signers = load_signers(path)
            return Trust(signers, named_groups(signers))
        return trust_in(self.admit(read_package_file(path), digits=digits, keep=keep))

    def _check_organizer(self, package: Package) -> None:
        """Check that each roster trusted here for one of the same events vouches for who signed this one."""
        codes = set(_files(package).roster.codes)
        for held in self._all_held():
            if codes.intersection(_files(held).roster.codes) and not _vouches(held, package):
                raise UserFault("organizer-changed", digits=_signer(package).digits)

    def _all_held(self) -> Iterator[Package]:
        for path in sorted(self.home.rosters_folder.glob("*.fpkg")):
            held = self.held(path.stem)
            if held:
                yield held

    def _keep(self, package: Package, data: bytes, held: Package | None) -> None:
        """Trust a roster from now on; one of another organizer is remembered, so that none goes back."""
        self.home.prepare()
        path = self._path(package.envelope.principal)
        if held is not None and not _vouches(held, package):
            folder = self._former_folder
            with translated_os_errors(folder):
                folder.mkdir(exist_ok=True)
            write_atomically(folder / f"{held.envelope.principal}.{held.id}.fpkg", read_package_file(path))
        write_atomically(path, data)

    def _former(self, principal: str) -> Iterator[Package]:
        """Yield the rosters of organizers who were trusted here before another one."""
        return map(_read_kept, sorted(self._former_folder.glob(f"{principal}.*.fpkg")))

    @property
    def _former_folder(self) -> Path:
        return self.home.rosters_folder / "former"

    def _path(self, principal: str) -> Path:
        return self.home.rosters_folder / f"{principal}.fpkg"


def _read_kept(path: Path) -> Package:
    """Return a roster that was trusted when it came.

    Neither its organizer's time nor this clock may take that back. Raises ``UserFault("trust-damaged")``.
    """
    try:
        data = read_package_file(path)
        made = envelope_in(unpack(io.BytesIO(data))).created
        return read_roster(data, datetime.fromisoformat(made))
    except (Refused, Quarantined) as fault:
        raise UserFault("trust-damaged", path=path) from fault


def _vouches(held: Package, package: Package) -> bool:
    """Tell whether a roster that is trusted here lets the signer of another one make rosters."""
    return _files(held).signers.covers(_signer(package).raw, ROSTER_NAMESPACE)


def _check_version(package: Package, held: Package) -> None:
    """Check that a roster follows the one held. Raises ``UserFault`` ``roster-older``, ``roster-forked``."""
    found, known = _files(package).roster, _files(held).roster
    if found.version < known.version:
        raise UserFault("roster-older", found=found.version, known=known.version)
    repeated = found.version == known.version and package.id != held.id
    if repeated or (found.version == known.version + 1 and found.previous != held.id):
        raise UserFault("roster-forked", found=found.version)


def trust_in(roster: TrustedRoster) -> Trust:
    """Return what one roster says."""
    return Trust(roster.files.signers, frozenset(roster.files.roster.principals), (roster,))


def _joined(one: Trust, other: Trust) -> Trust:
    signers = joined(one.signers, other.signers)
    return Trust(signers, one.expected | other.expected, one.rosters + other.rosters)


def _is_package(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False  # whoever reads it as a list of signers says what is wrong


def _described(package: Package, *, first_use: bool) -> TrustedRoster:
    return TrustedRoster(package.id, _files(package), package.fingerprint, _signer(package).digits, first_use)


def _files(package: Package) -> RosterFiles:
    if package.roster is None:
        raise TypeError("a package of kind roster has the files of one")
    return package.roster


def _signer(package: Package) -> PublicKey:
    """Return the key that signed a roster, which that grants something by then."""
    keys = (PublicKey(grant.key) for grant in _files(package).signers.grants)
    return next(key for key in keys if key.fingerprint == package.fingerprint)


def _only_digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
