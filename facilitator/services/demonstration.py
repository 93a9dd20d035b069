"""The practice session and the demonstration: statements told in TOML, recorded through the same commands
as a person's."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from facilitator.domain.ids import new_id
from facilitator.domain.records import Event, Group
from facilitator.files import translated_os_errors
from facilitator.paths import resource
from facilitator.services.commands import (
    AddCards,
    AddCluster,
    ChangeCards,
    Command,
    GiveDots,
    NewPerson,
    SetLinks,
    SetStepState,
)
from facilitator.services.group_service import GroupService
from facilitator.services.groups import start_group
from facilitator.storage.backup import set_aside

_CARD_DETAILS = frozenset(
    ("key", "kind", "text", "author", "cluster", "fields", "marks", "private", "dots", "status")
)


def demonstration_groups() -> tuple[Path, ...]:
    """Return the stories of the demonstration's groups, by number."""
    return tuple(sorted(resource("demo").glob("group-*.toml")))


def demonstration_event() -> Event:
    """Return the event the demonstration's groups meet at."""
    return _event(tomllib.loads(resource("demo", "session.toml").read_text("utf-8"))["event"])


def record_practice(path: Path) -> GroupService:
    """Make the practice session at ``path`` and leave it open."""
    story = tomllib.loads(resource("demo", "practice.toml").read_text("utf-8"))
    return _record(path, story, _event(story["event"]))


def record_practice_anew(path: Path) -> tuple[GroupService, Path | None]:
    """Make the practice session once more and leave it open; return where the former file is kept now.

    No one has the former file open. Raises what the disk refuses.
    """
    with translated_os_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        former = set_aside(path, "before-restart")
    return record_practice(path), former


def record_group(path: Path, story: Path, event: Event, number: int) -> GroupService:
    """Make the file of group ``number`` at ``path`` from the ``story`` in TOML and leave it open, all steps
    done.

    Raises ``UserFault("file-exists")`` and what the disk refuses.
    """
    service = _record(path, {**tomllib.loads(story.read_text("utf-8")), "number": number}, event)
    for step in service.script.steps:
        service.perform(SetStepState(step.id, "done"))
    return service


def _event(story: Mapping[str, Any]) -> Event:
    return Event(id=new_id(), **story)


def _record(path: Path, story: Mapping[str, Any], event: Event) -> GroupService:
    group = Group(
        id=new_id(),
        event=event.id,
        number=story["number"],
        theme=story["theme"],
        moderator=story["moderator"],
        room=story.get("room"),
    )
    service = start_group(path, event, group, [NewPerson(**person) for person in story["participants"]])
    try:
        _Telling(service, story).tell()
    except BaseException:
        service.close()
        raise
    return service


class _Telling:
    """A story on its way into a group: keys of the story become ids of the group."""

    def __init__(self, service: GroupService, story: Mapping[str, Any]) -> None:
        self._service = service
        self._story = story
        self._people = list(service.snapshot.participants)
        self._ids: dict[str, str] = {}

    def tell(self) -> None:
        """Record clusters, cards, links and dots."""
        for cluster in self._story.get("clusters", ()):
            self._perform(AddCluster(cluster["step"], cluster["title"]), cluster["key"])
        for card in self._story["cards"]:
            self._record_card(card)
        for card in self._story["cards"]:
            for relation, targets in self._links(card):
                self._perform(
                    SetLinks(self._ids[card["key"]], relation, tuple(self._ids[key] for key in targets))
                )

    def _record_card(self, card: Mapping[str, Any]) -> None:
        author = card.get("author")
        command = AddCards(
            kind=card["kind"],
            texts=(card["text"],),
            author=None if author is None else self._people[author - 1],
            cluster=self._ids.get(card.get("cluster", "")),
            fields=card.get("fields", {}),
            marks=tuple(card.get("marks", ())),
            private=card.get("private"),
        )
        self._perform(command, card["key"])
        if "status" in card:
            self._perform(ChangeCards((self._ids[card["key"]],), {"status": card["status"]}))
        if card.get("dots"):
            self._perform(GiveDots(self._ids[card["key"]], card["dots"]))

    def _links(self, card: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
        return ((name, targets) for name, targets in card.items() if name not in _CARD_DETAILS)

    def _perform(self, command: Command, key: str | None = None) -> None:
        changes = self._service.perform(command)
        if key is not None:
            self._ids[key] = changes.edits[0].record.id
