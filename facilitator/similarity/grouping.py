"""Groups of texts that belong together, from pairs of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def groups(likenesses: Mapping[Pair, float], apart: Iterable[Pair], least: float) -> list[list[int]]:
    """Return groups of two texts or more, each ascending, in the order of their first.

    The most alike are joined first. Two groups become one where their texts are on average as alike as
    ``least``, a pair that is not in ``likenesses`` counting nothing: so nothing hangs on a chain. Texts that
    are to stay ``apart`` never come into one group.
    """
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    links: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    barred: defaultdict[int, set[int]] = defaultdict(set)
    for (one, other), score in likenesses.items():
        links[one][other] = links[other][one] = score
    for one, other in apart:
        barred[one].add(other)
        barred[other].add(one)
    for one, other in sorted(likenesses, key=lambda pair: (-likenesses[pair], pair)):
        first, second = sorted(
            (group_of.setdefault(text, text) for text in (one, other)),
            key=lambda group: -len(members.setdefault(group, [group])),
        )
        if first == second or second in barred[first]:
            continue
        if links[first][second] >= least * len(members[first]) * len(members[second]):
            _join(first, second, members, group_of, links, barred)
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _join(
    kept: int,
    gone: int,
    members: dict[int, list[int]],
    group_of: dict[int, int],
    links: defaultdict[int, defaultdict[int, float]],
    barred: defaultdict[int, set[int]],
) -> None:
    for text in members[gone]:
        group_of[text] = kept
    members[kept] += members.pop(gone)
    for other, score in links.pop(gone).items():
        links[other].pop(gone)
        if other != kept:
            links[kept][other] += score
            links[other][kept] += score
    for other in barred.pop(gone, set()):
        barred[other].discard(gone)
        barred[other].add(kept)
        barred[kept].add(other)
