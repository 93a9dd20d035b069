"""Hypothesis strategies for records: any of one type, any of all, and whole groups that hold together."""

from typing import Any
from unicodedata import normalize

from hypothesis import strategies as st

from facilitator.domain.records import (
    RECORD_TYPES,
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Person,
    Round,
    Step,
    Vote,
)

DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_characters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters=DIRECTION_MARKS + "\ufffe\uffff"
) | st.sampled_from("\n\tёЁйЙ«»—–…\u00a0\u0301\u2028")


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """People's words: in NFC, never blank, at most ``most`` characters."""
    words = st.text(_characters, min_size=1, max_size=most).map(lambda text: normalize("NFC", text))
    return words.filter(lambda text: bool(text.strip()) and len(text) <= most)


ids = st.uuids(version=4).map(str)
names = st.from_regex(r"\A[a-z0-9][a-z0-9.-]{0,20}\Z")
dates = st.dates().map(str)
times = st.datetimes().map(lambda moment: f"{moment.replace(microsecond=0).isoformat()}Z")
integers = st.integers(-(2**53) + 1, 2**53 - 1)
field_values = st.text(_characters, max_size=20).map(lambda text: normalize("NFC", text)) | integers
notes = st.text(_characters, max_size=30).map(lambda text: normalize("NFC", text))


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


events = st.builds(
    Event,
    id=ids,
    code=st.from_regex(r"\A[a-z0-9-]{1,40}\Z"),
    script=names,
    district=names,
    city=texts(),
    starts=dates,
    ends=dates,
    venue=optional(texts()),
    title=optional(texts()),
)


def groups(event: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Group]:
    return st.builds(
        Group,
        id=ids,
        event=event,
        number=st.integers(1, 99),
        theme=names,
        moderator=texts(),
        room=optional(texts()),
    )


def participants(group: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Participant]:
    return st.builds(
        Participant, id=ids, group=group, label=texts(), region=optional(names), category=optional(names)
    )


def persons(participant: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=participant,
        name=texts(),
        organization=optional(texts()),
        position=optional(texts()),
        contact=optional(texts()),
        consent=st.booleans(),
    )


def cards(
    group: st.SearchStrategy[str] = ids,
    author: st.SearchStrategy[str] = ids,
    cluster: st.SearchStrategy[str] = ids,
) -> st.SearchStrategy[Card]:
    return st.builds(
        Card,
        id=ids,
        group=group,
        kind=names,
        text=texts(),
        author=optional(author),
        cluster=optional(cluster),
        status=st.sampled_from(["open", "accepted", "parked", "rejected"]),
        marks=st.lists(names, max_size=3).map(tuple),
        fields=st.dictionaries(names, field_values, max_size=3),
        position=integers,
        created=optional(times),
        modified=optional(times),
        private=st.booleans(),
    )


def clusters(group: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Cluster]:
    return st.builds(Cluster, id=ids, group=group, step=names, title=texts(), position=integers)


def links(group: st.SearchStrategy[str] = ids, card: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Link]:
    return st.builds(Link, id=ids, group=group, source=card, target=card, relation=names)


def rounds(group: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Round]:
    return st.builds(
        Round,
        id=ids,
        group=group,
        step=names,
        method=st.sampled_from(["dots", "fist"]),
        state=st.sampled_from(["open", "closed", "revealed"]),
        budget=optional(st.integers(1, 100)),
    )


def votes(
    round_: st.SearchStrategy[str] = ids,
    card: st.SearchStrategy[str] = ids,
    participant: st.SearchStrategy[str] = ids,
) -> st.SearchStrategy[Vote]:
    return st.builds(
        Vote,
        id=ids,
        round=round_,
        card=card,
        value=st.integers(0, 10_000),
        participant=optional(participant),
        objection=optional(texts()),
    )


@st.composite
def steps(draw: st.DrawFn, group: st.SearchStrategy[str] = ids) -> Step:
    owner, name = draw(group), draw(names)
    return Step(
        id=f"{owner}/{name}",
        group=owner,
        step=name,
        state=draw(st.sampled_from(["waiting", "running", "done"])),
        started=draw(optional(times)),
        finished=draw(optional(times)),
        note=draw(optional(notes)),
    )


BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "event": events,
    "group": groups(),
    "participant": participants(),
    "person": persons(),
    "card": cards(),
    "cluster": clusters(),
    "link": links(),
    "round": rounds(),
    "vote": votes(),
    "step": steps(),
}
assert BY_TYPE.keys() == RECORD_TYPES.keys()

records: st.SearchStrategy[AnyRecord] = st.sampled_from(list(BY_TYPE)).flatmap(BY_TYPE.__getitem__)


@st.composite
def whole_groups(draw: st.DrawFn) -> list[AnyRecord]:
    """Draw the records of one group, ids once and every reference to a record that is there."""
    event = draw(events)
    group = draw(groups(st.just(event.id)))
    owner = st.just(group.id)

    def some(strategy: st.SearchStrategy[Any], most: int = 3) -> list[Any]:
        return draw(st.lists(strategy, max_size=most, unique_by=lambda record: record.id))

    def one_of(records: list[Any]) -> st.SearchStrategy[str]:
        return st.sampled_from([record.id for record in records]) if records else st.nothing()

    people = some(participants(owner))
    names_of = some(persons(one_of(people))) if people else []
    columns = some(clusters(owner))
    statements = some(cards(owner, one_of(people), one_of(columns)), 5)
    chain = some(links(owner, one_of(statements))) if statements else []
    polls = some(rounds(owner))
    dots = some(votes(one_of(polls), one_of(statements), one_of(people))) if polls and statements else []
    return [
        event, group, *people, *names_of, *columns, *statements, *chain, *polls, *dots, *some(steps(owner))
    ]  # fmt: skip
