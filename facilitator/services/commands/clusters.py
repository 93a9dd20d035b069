"""Commands on clusters: make, name, remove. Cards move between them by ``ChangeCards``."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Card, Cluster
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.script.rules import check_step
from facilitator.services.commands.command import Deed, Desk, changes, present, shortened


def _moved(cards: Iterable[Card], cluster: str | None, desk: Desk) -> tuple[Edit, ...]:
    now = desk.now()
    return tuple(Edit(card, msgspec.structs.replace(card, cluster=cluster, modified=now)) for card in cards)


def _title(text: str) -> str:
    title = text.strip()
    if not title:
        raise UserFault("text-empty", field="title")
    if len(title) > 500:
        raise UserFault("text-too-long", field="title", limit=500, length=len(title))
    return title


@dataclass(frozen=True)
class AddCluster:
    """Make a cluster in a step, with the cards that go into it at once."""

    step: str
    title: str
    cards: tuple[str, ...] = ()

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``text-empty``, ``step-unknown``, ``record-missing``."""
        there = group.clusters_of(self.step)
        cluster = Cluster(
            id=desk.new_id(),
            group=group.group.id,
            step=self.step,
            title=_title(self.title),
            position=there[-1].position + 1 if there else 0,
        )
        check_step(cluster, desk.script)
        members = (present(Card, key, group) for key in self.cards)
        moves = _moved(members, cluster.id, desk)
        return Deed("cluster-added", shortened(cluster.title), added([cluster]) + moves)


@dataclass(frozen=True)
class RenameCluster:
    """Give a cluster another title."""

    cluster: str
    title: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``text-empty``, ``record-missing``."""
        cluster = present(Cluster, self.cluster, group)
        after = msgspec.structs.replace(cluster, title=_title(self.title))
        return Deed("cluster-renamed", shortened(cluster.title), changes([Edit(cluster, after)]))


@dataclass(frozen=True)
class JoinClusters:
    """Put all cards of one cluster into another of its step; the first is gone, the other keeps its title."""

    cluster: str
    into: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``clusters-apart`` for one cluster or two steps'."""
        cluster = present(Cluster, self.cluster, group)
        into = present(Cluster, self.into, group)
        if cluster.id == into.id or cluster.step != into.step:
            raise UserFault("clusters-apart")
        members = (card for card in group.cards.values() if card.cluster == cluster.id)
        return Deed(
            "clusters-joined", shortened(into.title), _moved(members, into.id, desk) + removed([cluster])
        )


@dataclass(frozen=True)
class RemoveCluster:
    """Take a cluster away; its cards stay, without a cluster."""

    cluster: str

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault("record-missing")``."""
        cluster = present(Cluster, self.cluster, group)
        members = (card for card in group.cards.values() if card.cluster == cluster.id)
        moves = _moved(members, None, desk)
        return Deed("cluster-removed", shortened(cluster.title), moves + removed([cluster]))
