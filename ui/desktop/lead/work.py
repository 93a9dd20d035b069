"""The lead's work on one centre, in words for the page. It belongs to the thread of the worker."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages.age import Identity, parse_identities
from facilitator.packages.keys import SigningKey
from facilitator.packages.signers import Signers
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.script.catalogues import load_catalogues
from facilitator.services.centre import CentreService, Loss, MergeResult, Progress
from facilitator.services.choices import choices
from facilitator.services.home import Home
from facilitator.services.identity import own_key, unlock
from facilitator.services.intake import Judge
from facilitator.services.lead import collect, resolve
from facilitator.services.trust import Trust, TrustStore, trust_in
from facilitator.storage.centre_file import KeptPackage
from ui.desktop.lead.contests import ContestWords
from ui.desktop.lead.finding import find_packages
from ui.desktop.lead.group_names import GroupNames, roster_title
from ui.desktop.lead.outcomes import OutcomeWords
from ui.desktop.lead.values import CoverWords, RosterWords, Stranger, Survey, Taken
from ui.messages import sentence


class LeadWork:
    """Holds the open centre, the roster in use, the secrets and the key, and does what the page asks for."""

    def __init__(self, home: Home, texts: NullTranslations, language: str) -> None:
        self._home = home
        self._texts = texts
        self._language = language
        self._catalogues = load_catalogues()
        self._centre: CentreService | None = None
        self._rosters: tuple[RosterWords, ...] = ()
        self._roster: RosterWords | None = None
        self._trust = Trust(Signers({}, frozenset()))
        self._identities: tuple[Identity, ...] = ()
        self._key: SigningKey | None = None
        self._losses: dict[tuple[str, str], Loss] = {}

    def begin(self) -> Survey:
        """Look at what is trusted here; the only roster there is is taken at once.

        Raises ``UserFault("trust-damaged")``.
        """
        self._look_at_rosters()
        if len(self._rosters) == 1:
            return self.use(self._rosters[0].principal)
        return self.survey()

    def use(self, principal: str) -> Survey:
        """Judge by a roster that is trusted here already. Raises ``UserFault("trust-damaged")``."""
        for trusted in TrustStore(self._home).rosters():
            if trusted.files.roster.principal == principal:
                self._judge_by(trust_in(trusted), Path())
        return self.survey()

    def look_at(self, path: Path) -> Survey | Stranger:
        """Judge by the roster in a file, unless its organizer has to be compared by voice before.

        Raises as ``TrustStore.load`` does.
        """
        try:
            found = TrustStore(self._home).load([path], keep=False)
        except UserFault as fault:
            if fault.code != "organizer-changed":
                raise
            warning = sentence(fault, self._texts)
            return Stranger(path, path.name, str(fault.facts["digits"]), warning)
        for roster in found.rosters:
            if roster.first_use:
                title = roster_title(roster, self._texts, self._language)
                return Stranger(path, title, roster.digits, "")
        return self.accept(path, None)

    def accept(self, path: Path, digits: str | None) -> Survey:
        """Trust the roster in a file from now on; ``digits`` are those that were compared by voice.

        Raises as ``TrustStore.load`` does.
        """
        self._judge_by(TrustStore(self._home).load([path], digits=digits), path)
        self._look_at_rosters()
        return self.survey()

    def open(self, path: Path, create: bool) -> Survey:
        """Open a centre's file in place of the one that is open. Raises as ``CentreService.open`` does."""
        if self._centre is not None and self._centre.path == path:
            return self.survey()
        if create:
            self._home.prepare()
        opened = CentreService.open(path, create=create)
        self.close()
        self._centre = opened
        self._losses.clear()
        with suppress(EnvironmentFault):  # it costs a preference, not the work
            self._home.remember_centre(path)
        return self.survey()

    def close(self) -> None:
        """Let go of the centre's file."""
        centre, self._centre = self._centre, None
        if centre is not None:
            centre.close()

    def take_in(self, paths: Iterable[Path], progress: Progress, go_on: Callable[[], bool]) -> Taken:
        """Take in files, and the packages in folders. Raises ``EnvironmentFault`` from the centre's disk."""
        files = find_packages(paths, go_on)
        result = self._open_centre().merge(files, self._judge(), self._trust.expected, progress)
        read = sum(outcome.collection is None for outcome in result.packages)
        return self._taken(result, stopped=read < len(files) or not go_on())

    def release(self) -> Taken:
        """Judge anew what waits. Raises ``EnvironmentFault`` from the centre's disk."""
        return self._taken(self._open_centre().release(self._judge(), self._trust.expected))

    def open_by(self, path: Path) -> Taken:
        """Judge anew what waits, with the secret in a file.

        Raises ``UserFault("recipient-unreadable")``, ``EnvironmentFault("cannot-open")``.
        """
        try:
            self._identities += parse_identities(path.read_text("utf-8"))
        except ValueError:
            raise UserFault("recipient-unreadable", path=path) from None
        except OSError as error:
            raise EnvironmentFault("cannot-open", path=path, reason=error.strerror) from error
        return self.release()

    def settle(self, principal: str, take: str, passphrase: str | None) -> Survey:
        """Sign that a package is the one that counts. Raises as ``resolve`` and ``unlock`` do."""
        resolve(self._open_centre(), principal, take, self._signing_key(passphrase))
        return self.survey()

    def collect(self, path: Path, event: str | None, passphrase: str | None) -> CoverWords:
        """Write a collection of the centre. Raises as ``collect`` and ``unlock`` do."""
        made = collect(self._open_centre(), path, self._signing_key(passphrase), event=event)
        return CoverWords(made.path, len(made.packages), sum(made.packages.values()))

    def survey(self) -> Survey:
        """Return what the page shows. Raises ``EnvironmentFault("file-damaged")``."""
        if self._centre is None:
            return Survey(self._rosters, self._roster)
        return self._surveyed(self._centre.result(self._trust.expected, self._trust.signers))

    def _look_at_rosters(self) -> None:
        self._rosters = tuple(
            RosterWords(roster_title(each, self._texts, self._language), each.files.roster.principal)
            for each in TrustStore(self._home).rosters()
        )

    def _judge_by(self, trust: Trust, path: Path) -> None:
        self._trust = trust
        self._roster = next(
            (
                RosterWords(roster_title(each, self._texts, self._language), each.files.roster.principal)
                for each in trust.rosters
            ),
            RosterWords(path.name),
        )

    def _open_centre(self) -> CentreService:
        if self._centre is None:
            raise RuntimeError("the page offers this with an open centre only")
        return self._centre

    def _judge(self) -> Judge:
        return Judge(self._trust.signers, datetime.now(UTC), self._identities)

    def _signing_key(self, passphrase: str | None) -> SigningKey:
        """Unlock the key once for as long as the page is open."""
        if self._key is None:
            self._key = unlock(self._home, passphrase)
        return self._key

    def _taken(self, result: MergeResult, *, stopped: bool = False) -> Taken:
        self._losses |= {(loss.followed, loss.package): loss for loss in result.vanished}
        rows = self._outcome_words(self._kept()).rows(result.packages)
        return Taken(tuple(rows), self._surveyed(result), stopped)

    def _kept(self) -> Mapping[str, KeptPackage]:
        return {package.id: package for package, _ in self._open_centre().packages()}

    def _outcome_words(self, kept: Mapping[str, KeptPackage]) -> OutcomeWords:
        return OutcomeWords(kept, self._names(kept), self._texts, self._language)

    def _names(self, kept: Mapping[str, KeptPackage]) -> GroupNames:
        principals = (package.principal for package in kept.values())
        return GroupNames(self._trust, principals, self._catalogues, self._texts, self._language)

    def _surveyed(self, result: MergeResult) -> Survey:
        centre, kept = self._open_centre(), self._kept()
        names, words = self._names(kept), self._outcome_words(kept)
        say = ContestWords(names, self._trust, self._catalogues, self._texts, self._language)
        aside = centre.aside()
        events = tuple(sorted({name.rpartition(".")[0] for name in centre.lineage().heads}))
        return Survey(
            rosters=self._rosters,
            roster=self._roster,
            path=centre.path,
            groups=result.groups,
            cards=result.cards,
            expected=len(self._trust.expected),
            missing=tuple(map(names.of, result.missing)),
            warnings=(*map(say.fork, result.forks), *map(say.revoked, result.revoked)),
            losses=tuple(say.loss(loss, centre) for loss in self._losses.values()),
            waiting=tuple(words.aside(file) for file in aside if file.outcome == "quarantined"),
            refused=tuple(words.aside(file) for file in aside if file.outcome == "refused"),
            locked=any(file.reason == "age-not-for-us" for file in aside),
            contests=tuple(say.contest(choice, centre) for choice in choices(centre)),
            events=events,
            enrolled=all(map(self._may_collect, events)),
        )

    def _may_collect(self, event: str) -> bool:
        """Tell whether whoever judges by the roster in use would take a collection of ours in."""
        if not self._home.key_path.exists():
            return True
        try:
            key, now = own_key(self._home).raw, datetime.now(UTC)
            self._trust.signers.check_key(key)
            self._trust.signers.check_grant(key, f"{event}.collection", PACKAGE_NAMESPACE, now)
        except UserFault:
            return False
        return True
