"""Histories as rooms and forgers make them, walked by Hypothesis through real packages and real centres.

A laptop is a value, and each act gives the laptop after it: whoever goes on from an earlier one has restored
a backup or cloned the machine.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from facilitator.packages.keys import SigningKey
from facilitator.packages.signers import Grant, Signers
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.intake import Judge
from facilitator.services.lead import resolve
from facilitator.storage.centre_file import KeptPackage
from tests.merge.laptops import Laptop, Sent, records

NOWHERE = "0" * 64


def key_of(number: int) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


OWNER, SUCCESSOR, NEIGHBOUR, LEAD = map(key_of, range(1, 5))
GRANTED = {
    OWNER: "skfo-2018.g3,skfo-2018.g4",
    SUCCESSOR: "skfo-2018.g3,skfo-2018.g4",
    NEIGHBOUR: "skfo-2018.g5",
    LEAD: "skfo-2018.*",
}
SIGNERS = Signers(
    {key.public.raw: (Grant(key.public.raw, principals),) for key, principals in GRANTED.items()}, frozenset()
)


class Histories(RuleBasedStateMachine):
    """Laptops of two groups, a forger with and one without a right to sign, and a centre that gets it all."""

    laptops: Bundle[Laptop] = Bundle("laptops")

    def __init__(self, empty_centre: bytes) -> None:
        super().__init__()
        self._empty = empty_centre
        self._open = ExitStack()
        self._folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        self._judge = Judge(SIGNERS, datetime.now(UTC))
        self._centre = self._new_centre("first")
        self._sent: dict[str, Sent] = {}
        self._cards: dict[str, set[str]] = {}
        self._forged: set[str] = set()
        self._unwelcome: set[str] = set()

    @initialize(target=laptops, seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> MultipleResults[Laptop]:
        self._random = Random(seed)
        return multiple(Laptop(OWNER, number=3), Laptop(OWNER, number=4))

    @rule(target=laptops, laptop=laptops, act=st.sampled_from(("rest", "unsay", "Театр", "Ёлка", "Сад")))
    def work_and_export(self, laptop: Laptop, act: str) -> Laptop:
        if act == "unsay":
            laptop = replace(laptop, texts=laptop.texts[:-1])
        elif act != "rest":
            laptop = laptop.write(act)
        return self._send(laptop.export())

    @rule(target=laptops, laptop=laptops)
    def hand_over(self, laptop: Laptop) -> Laptop:
        return laptop.handed_to(SUCCESSOR, "second")

    @rule(target=laptops, laptop=laptops)
    def leap(self, laptop: Laptop) -> Laptop:
        """The laptop itself counts on from a million."""
        return self._send(laptop.export(rev=1_000_000 + len(laptop.exports)))

    @rule(laptop=laptops, lie=st.sampled_from(("none", "rev", "id", "origin")))
    def forge(self, laptop: Laptop, lie: str) -> None:
        """Somebody with the group's key claims to follow all that was sent, and has seen none of it."""
        clocks = {
            "none": {},
            "rev": {each.origin: (each.rev + 1, each.id) for each in self._sent.values()},
            "id": {each.origin: (1_000_000, NOWHERE) for each in self._sent.values()},
            "origin": {f"{OWNER.fingerprint}/other": (each.rev, each.id) for each in self._sent.values()},
        }
        forger = replace(laptop, replica=f"forger-{len(self._forged)}", exports=())
        made = forger.export(rev=1_000_000, parents=tuple(self._sent), clock=clocks[lie])
        self._forged.add(self._send(made).sent.id)

    @rule(laptop=laptops)
    def forge_for_another_group(self, laptop: Laptop) -> None:
        """An enrolled key speaks for a group that is not its own, truthfully but for that."""
        made = laptop.handed_to(NEIGHBOUR, "neighbour").export(rev=1_000_000)
        self._unwelcome.add(self._send(made).sent.id)

    @precondition(lambda self: self._sent)
    @rule(picks=st.lists(st.integers(0, 99), min_size=1, max_size=4))
    def arrive(self, picks: list[int]) -> None:
        """Some of what was sent comes, late, out of order or again."""
        known = list(self._sent.values())
        packages = [known[pick % len(known)] for pick in picks]
        before = self._held().keys()
        result = self._merge(self._centre, packages)
        for sent, outcome in zip(packages, result.packages, strict=True):
            assert outcome.id == sent.id
            if sent.id in self._unwelcome:
                assert (outcome.outcome, outcome.reason) == ("refused", "principal-not-granted")
            elif sent.id in before:
                assert outcome.outcome == "duplicate"
        assert self._held().keys() == before | {each.id for each in packages} - self._unwelcome
        self._check_nothing_is_hidden()
        self._check_losses(result)

    @precondition(lambda self: self._centre.lineage().conflicts)
    @rule(pick=st.integers(0, 99))
    def settle(self, pick: int) -> None:
        """The lead settles a conflict by any package of the group, also one that does not stand."""
        (principal, *_) = self._centre.lineage().conflicts
        choices = [each.id for each in self._held().values() if each.principal == principal]
        taken = choices[pick % len(choices)]
        standing = {head.id for head in self._centre.lineage().heads[principal]}
        outcome = resolve(self._centre, principal, taken, LEAD)
        made = self._held()[str(outcome.id)]
        assert outcome.outcome == "accepted"
        assert set(made.parents) == standing
        assert [head.id for head in self._centre.lineage().heads[principal]] == [made.id]
        self._sent[made.id] = Sent(made.id, self._centre.data(made.id), made.origin, made.rev)
        self._cards[made.id] = self._cards[taken]
        self._check_nothing_is_hidden()

    def teardown(self) -> None:
        with self._open:
            held = self._held()
            arrived = [self._sent[key] for key in held]
            before = self._centre.result()
            again = self._merge(self._centre, arrived)
            assert {each.outcome for each in again.packages} <= {"duplicate"}
            assert (again.state, again.forks, self._held()) == (before.state, before.forks, held)
            other = self._new_centre("second")
            order = self._random.sample(arrived, len(arrived)) + self._random.choices(
                arrived or [], k=2 * bool(arrived)
            )
            result = self._merge(other, order)
            assert (result.state, result.forks) == (before.state, before.forks)
            assert standings(other) == standings(self._centre)

    def _new_centre(self, name: str) -> CentreService:
        path = self._folder / f"{name}.fcentre"
        path.write_bytes(self._empty)
        return self._open.enter_context(closing(CentreService.open(path, create=False)))

    def _send(self, laptop: Laptop) -> Laptop:
        sent = laptop.sent
        self._sent.setdefault(sent.id, sent)
        self._cards[sent.id] = {each.id for each in records(laptop.number, laptop.texts)}
        return laptop

    def _merge(self, centre: CentreService, packages: Sequence[Sent]) -> MergeResult:
        return centre.merge([sent.save(self._folder) for sent in packages], self._judge)

    def _held(self) -> dict[str, KeptPackage]:
        return {package.id: package for package, _ in self._centre.packages()}

    def _check_nothing_is_hidden(self) -> None:
        """All stands that nobody has seen, and no forger has seen anything."""
        held = self._held()
        lineage = self._centre.lineage()
        heads = {head.id for family in lineage.heads.values() for head in family}
        assert heads.isdisjoint(lineage.superseded)
        assert heads | lineage.superseded == held.keys()
        honest = [each for key, each in held.items() if key not in self._forged]
        for key in lineage.superseded:
            assert any(follows(new, held[key], honest) for new in honest)
        for new in honest:
            assert heads.isdisjoint(new.parents)

    def _check_losses(self, result: MergeResult) -> None:
        """What a package no longer has of one it follows is told, and nothing else is."""
        held = self._held()
        news = {
            each.principal for each in result.packages if each.kind == "group" and each.outcome != "duplicate"
        }
        told = {(loss.package, loss.followed): {key for _, key in loss.keys} for loss in result.vanished}
        for (new, old), lost in told.items():
            assert lost == self._cards[old] - self._cards[new]
        for new, package in held.items():
            for old in held.keys() & set(package.parents):
                lost = self._cards[old] - self._cards[new]
                if lost and package.principal in news and new not in self._forged:
                    assert told[new, old] == lost


def follows(new: KeptPackage, old: KeptPackage, held: Sequence[KeptPackage]) -> bool:
    """Tell whether ``new`` names ``old``, or counts on from it where the origin had not forked by then."""
    if new.principal != old.principal or new.id == old.id:
        return False
    if old.id in new.parents or new.clock.get(old.origin) == (old.rev, old.id):
        return True
    mine = [each for each in held if (each.origin, each.principal) == (old.origin, old.principal)]
    known = {(each.rev, each.id) for each in mine}
    known |= {each.clock[each.origin] for each in mine if each.origin in each.clock}
    revisions = [rev for rev, _ in known if rev <= old.rev]
    return new.origin == old.origin and new.rev > old.rev and len(revisions) == len(set(revisions))


def standings(centre: CentreService) -> dict[str, str]:
    return {package.id: standing for package, standing in centre.packages()}


@pytest.mark.timeout(3_600)
def test_any_history_gives_one_state_and_hides_nothing(empty_centre: bytes) -> None:
    class Begun(Histories):
        def __init__(self) -> None:
            super().__init__(empty_centre)

    walk = settings(max_examples=3 * settings().max_examples, stateful_step_count=40)
    run_state_machine_as_test(Begun, settings=walk)
