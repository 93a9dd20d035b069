"""The same as the table of effects, for a picture: who brings what, and what that changes."""

from collections.abc import Iterator
from typing import NamedTuple

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import stands
from ui.desktop.context import Context
from ui.desktop.models.lacks import lacks_by_card
from ui.desktop.models.matrix_model import Levels


class Node(NamedTuple):
    """A card of the picture: its level from 0, its words, its fields, what it lacks, and what it brings."""

    card: str
    level: int
    text: str
    details: str
    lacks: str
    children: tuple[str, ...]
    loose: bool
    """Whether nothing is said to bring it."""


class Head(NamedTuple):
    """What stands over a level: its kind, and how its cards lead to the next."""

    title: str
    leads: str


def make_heads(context: Context, levels: Levels) -> tuple[Head, ...]:
    """Return what stands over each level."""
    script, say = context.session.script, context.say
    leads = [f"{say(script.relation(each).inverse)} →" for each in levels.relations]
    return tuple(
        Head(f"{say(kind.plural)} · {len(_standing(kind.id, context.session.snapshot))}", lead)
        for kind, lead in zip(levels.kinds, [*leads, ""], strict=True)
    )


def make_nodes(context: Context, levels: Levels) -> dict[str, Node]:
    """Return the cards of the levels by id, each before what it brings; what nothing brings comes last."""
    group, lacks = context.session.snapshot, lacks_by_card(context)
    nodes: dict[str, Node] = {}
    for level, kind in enumerate(levels.kinds):
        for card in _standing(kind.id, group):
            if card.id not in nodes:
                for below, each in _walk(card, level, levels, group):
                    if each.id not in nodes:
                        nodes[each.id] = _node(context, levels, each, below, lacks.get(each.id, {}))
    return nodes


def spoken_map(nodes: dict[str, Node]) -> str:
    """Return the picture in words, a line for each way from the first to the last level."""
    lines: list[str] = []

    def tell(node: Node, before: str) -> None:
        words = f"{before} → {node.text}" if before else node.text
        for child in node.children:
            tell(nodes[child], words)
        if not node.children:
            lines.append(f"{words}. {node.lacks}" if node.lacks else words)

    for node in nodes.values():
        if node.level == 0 or node.loose:
            tell(node, "")
    return "\n".join(lines)


def _standing(kind: str, group: GroupSnapshot) -> list[Card]:
    return [card for card in group.cards_of(kind) if stands(card)]


def _walk(card: Card, level: int, levels: Levels, group: GroupSnapshot) -> Iterator[tuple[int, Card]]:
    yield level, card
    for child in _children(card, level, levels, group):
        yield from _walk(child, level + 1, levels, group)


def _children(card: Card, level: int, levels: Levels, group: GroupSnapshot) -> list[Card]:
    if level == len(levels.relations):
        return []
    linked = {link.source for link in group.links_to(card.id, levels.relations[level])}
    return [child for child in _standing(levels.kinds[level + 1].id, group) if child.id in linked]


def _node(context: Context, levels: Levels, card: Card, level: int, lacks: dict[str, str]) -> Node:
    group = context.session.snapshot
    fields = [(context.say(field.title), card.fields.get(field.id)) for field in levels.kinds[level].fields]
    parents = group.links_from(card.id, levels.relations[level - 1]) if level else ()
    return Node(
        card=card.id,
        level=level,
        text=" ".join(card.text.split()),
        details="; ".join(f"{title}: {value}" for title, value in fields if value),
        lacks="; ".join(lacks.values()),
        children=tuple(child.id for child in _children(card, level, levels, group)),
        loose=level > 0 and not any(stands(group.cards[link.target]) for link in parents),
    )
