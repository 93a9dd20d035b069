"""Nothing accepted is hidden unless a newer package had demonstrably seen it."""

from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.merge.lineage import Fork, Lineage, Version, trace

LAPTOP = "SHA256:laptop/one"
OTHER = "SHA256:other/two"
GROUP = "skfo-2018.g3"


def version(
    name: str,
    rev: int,
    *parents: str,
    origin: str = LAPTOP,
    principal: str = GROUP,
    clock: Mapping[str, tuple[int, str]] | None = None,
) -> Version:
    return Version(name, principal, origin, rev, frozenset(parents), clock or {})


def standing(*versions: Version) -> list[str]:
    return [head.id for head in trace(versions).heads[GROUP]]


def test_a_lineage_of_nothing_is_empty() -> None:
    assert trace([]) == Lineage({}, frozenset(), (), ())


def test_the_higher_revision_of_an_origin_supersedes_the_lower() -> None:
    lineage = trace([version("a1", 1), version("a7", 7), version("a2", 2)])
    assert [head.id for head in lineage.heads[GROUP]] == ["a7"]
    assert lineage.superseded == {"a1", "a2"}
    assert not lineage.conflicts
    assert not lineage.forks


def test_principals_do_not_touch_each_other() -> None:
    lineage = trace([version("a1", 1), version("b2", 2, principal="skfo-2018.g4")])
    assert list(lineage.heads) == ["skfo-2018.g3", "skfo-2018.g4"]
    assert not lineage.superseded


def test_another_origin_stands_beside_what_it_has_not_seen() -> None:
    lineage = trace([version("a1", 1), version("b9", 9, origin=OTHER)])
    assert lineage.conflicts == (GROUP,)
    assert not lineage.superseded


def test_another_origin_supersedes_what_its_clock_names_and_all_before_it() -> None:
    newer = version("b3", 3, origin=OTHER, clock={LAPTOP: (2, "a2")})
    assert standing(version("a1", 1), version("a2", 2), newer) == ["b3"]


def test_another_origin_does_not_supersede_what_came_after_the_one_it_has_seen() -> None:
    newer = version("b3", 3, origin=OTHER, clock={LAPTOP: (1, "a1")})
    assert standing(version("a1", 1), version("a2", 2), newer) == ["a2", "b3"]


@pytest.mark.parametrize(
    "clock",
    [
        {LAPTOP: (1_000_000, "nowhere")},
        {LAPTOP: (1_000_000, "a1")},
        {OTHER: (1, "a1")},
        {LAPTOP: (1, "c1")},
    ],
    ids=["an id not held", "a wrong revision", "a wrong origin", "a package of another group"],
)
def test_a_clock_that_is_not_true_hides_nothing(clock: Mapping[str, tuple[int, str]]) -> None:
    forged = version("b", 1_000_000, "a1", origin=OTHER, clock=clock)
    foreign = version("c1", 1, principal="skfo-2018.g4")
    assert standing(version("a1", 1), forged, foreign) == ["a1", "b"]


def test_a_parent_alone_does_not_supersede_another_origin() -> None:
    assert standing(version("a1", 1), version("b2", 2, "a1", origin=OTHER)) == ["a1", "b2"]


def test_one_revision_with_two_ids_is_a_fork_and_a_conflict() -> None:
    lineage = trace([version("a1", 1), version("x2", 2, "a1"), version("y2", 2, "a1")])
    assert lineage.forks == (Fork(GROUP, LAPTOP, 2, ("x2", "y2")),)
    assert lineage.conflicts == (GROUP,)
    assert lineage.superseded == {"a1"}


def test_after_a_fork_each_side_supersedes_only_its_own() -> None:
    before = [version("a1", 1), version("x2", 2, "a1"), version("y2", 2, "a1")]
    assert standing(*before, version("x3", 3, "x2")) == ["x3", "y2"]
    assert standing(*before, version("x3", 3, clock={LAPTOP: (2, "x2")})) == ["x3", "y2"]
    both = [version("x3", 3, "x2"), version("y3", 3, "y2"), version("y4", 4, "y3")]
    assert standing(*before, *both) == ["x3", "y4"]


def test_a_fork_is_seen_though_one_side_of_it_was_never_handed_over() -> None:
    restored = version("y3", 3, clock={LAPTOP: (2, "y2")})
    assert standing(version("a1", 1), version("x2", 2), restored) == ["x2", "y3"]


def test_only_an_origin_itself_tells_that_it_has_forked() -> None:
    slander = version("b1", 1, origin=OTHER, clock={LAPTOP: (1, "bogus")})
    assert standing(version("a1", 1), version("a2", 2), slander) == ["a2", "b1"]


def test_a_resolution_that_names_all_heads_settles_a_fork() -> None:
    sides = [version("x2", 2), version("y2", 2)]
    resolution = version("r1", 1, "x2", "y2", origin=OTHER, clock={LAPTOP: (2, "x2")})
    assert standing(*sides, resolution) == ["r1"]
    assert standing(*sides, version("y3", 3, "y2"), resolution) == ["r1", "y3"]


def test_revisions_that_contradict_the_names_hide_nothing() -> None:
    forged = version("a9", 9)
    answer = version("b1", 1, origin=OTHER, clock={LAPTOP: (9, "a9")})
    honest = version("a2", 2, clock={OTHER: (1, "b1")})
    assert standing(forged, answer, honest) == ["a2", "a9", "b1"]
    assert standing(forged, answer, honest, version("c1", 1, origin="c", clock={OTHER: (1, "b1")})) == ["c1"]


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """Versions as laptops make them and as forgers would: each may name any that were made before it."""
    made: list[Version] = []
    for number in range(draw(st.integers(1, 6))):
        origin, principal = draw(st.sampled_from("abc")), draw(st.sampled_from(("g1", "g1", "g2")))
        rev = draw(st.integers(1, 4) | st.just(1_000_000))
        earlier = [v.id for v in made]
        named = st.lists(st.sampled_from(earlier), unique=True, max_size=3) if earlier else st.just([])
        known = draw(named)
        seen = [v for v in made if v.id in known]
        clock = {v.origin: (draw(st.sampled_from((v.rev, v.rev, v.rev + 1))), v.id) for v in seen}
        made.append(Version(f"{number:x}", principal, origin, rev, frozenset(draw(named)), clock))
    return made


@given(histories(), st.data())
def test_order_and_repetition_change_nothing(history: list[Version], data: st.DataObject) -> None:
    expected = trace(history)
    for order in permutations(history) if len(history) < 5 else [data.draw(st.permutations(history))]:
        assert trace([*order, *order[:2]]) == expected


@given(histories())
def test_every_version_stands_or_is_superseded_and_every_group_keeps_a_head(history: list[Version]) -> None:
    lineage = trace(history)
    heads = {head.id for family in lineage.heads.values() for head in family}
    assert heads | lineage.superseded == {v.id for v in history}
    assert not heads & lineage.superseded
    assert lineage.heads.keys() == {v.principal for v in history}
    assert all(lineage.heads.values())


@given(histories())
def test_a_version_that_names_nothing_hides_nothing_of_another_origin(history: list[Version]) -> None:
    forged = Version("forged", "g1", "forger", 1_000_000, frozenset(v.id for v in history), {})
    assert trace([*history, forged]).superseded == trace(history).superseded


@given(histories())
def test_the_last_that_names_all_heads_is_the_only_head(history: list[Version]) -> None:
    mine = [v for v in history if v.principal == "g1"]
    clock: dict[str, tuple[int, str]] = {}
    for each in sorted(mine, key=lambda v: v.rev):
        clock[each.origin] = (each.rev, each.id)
    resolution = Version("resolution", "g1", "lead", 1, frozenset(v.id for v in mine), clock)
    assert [head.id for head in trace([*history, resolution]).heads["g1"]] == ["resolution"]
