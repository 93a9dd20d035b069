"""One group as a report reads it: published cards, each with a number, and what is said of it in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from exports.phrases import Phrases, lowered, shortened
from facilitator.domain.privacy import count_private, published
from facilitator.domain.records import Card, Participant, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.catalogues import Catalogues, Category, Mark, Session, Subject, Theme
from facilitator.script.chain import Gap
from facilitator.script.joined import joined_into, speaker_for
from facilitator.script.model import Script, ScriptStep

SPEAKER_LIMIT = 60
"""In how many characters the statement is cited that speaks for another."""
_Entry = Theme | Session | Subject | Category | Mark


class GapLine(NamedTuple):
    """A card and everything it lacks."""

    card: Card
    missing: tuple[str, ...]


class GroupReading:
    """A group's snapshot with the script, the catalogues and the language it is told in.

    ``label`` names the group where several stand together, such as «гр. 3».
    """

    def __init__(
        self,
        snapshot: GroupSnapshot,
        script: Script,
        catalogues: Catalogues,
        phrases: Phrases,
        *,
        label: str = "",
    ) -> None:
        self.snapshot = published(snapshot)
        self.withheld = count_private(snapshot)
        self.script = script
        self.catalogues = catalogues
        self.phrases = phrases
        self.label = label

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each card by id: that of its step, a point, that of the card within the step."""
        return {
            card.id: f"{step_number}.{number}"
            for step_number, step in enumerate(self.script.steps, 1)
            for number, card in enumerate(self.cards(step), 1)
        }

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {card: place for place, card in enumerate(self.numbers)}

    def cards(self, step: ScriptStep) -> tuple[Card, ...]:
        """Return the cards of a step, kind by kind."""
        return self.snapshot.cards_of(*(kind.id for kind in step.card_kinds))

    def has_told(self, step: ScriptStep) -> bool:
        """Whether anything stands under a step: cards, a note, or cards that are not published."""
        return bool(self.cards(step) or self.note(step)) or any(
            self.withheld[kind.id] for kind in step.card_kinds
        )

    def note(self, step: ScriptStep) -> str:
        """Return the note on a step, or nothing."""
        record = self.snapshot.steps.get(f"{self.snapshot.group.id}/{step.id}")
        return (record.note or "") if record else ""

    @property
    def theme(self) -> str:
        """The theme's title."""
        return self._title_of(self.catalogues.themes, self.snapshot.group.theme)

    @property
    def district(self) -> str:
        """The federal district's title."""
        return self._title_of(self.catalogues.sessions, self.snapshot.event.district)

    @property
    def event_title(self) -> str:
        """The event's own title, or one made from its district."""
        title = self.phrases.gettext("Strategic session: {district}")
        return self.snapshot.event.title or title.format(district=self.district)

    def _title_of(self, catalogue: Mapping[str, _Entry], key: str | None) -> str:
        entry = catalogue.get(key or "")
        return self.phrases.of(entry.title) if entry else key or ""

    def region(self, participant: Participant) -> str:
        """Return the title of a participant's region, or nothing."""
        return self._title_of(self.catalogues.subjects, participant.region)

    def category(self, participant: Participant) -> str:
        """Return the title of a participant's category, or nothing."""
        return self._title_of(self.catalogues.categories, participant.category)

    def cluster_title(self, card: Card) -> str:
        """Return the title of the card's cluster, or nothing."""
        cluster = self.snapshot.clusters.get(card.cluster or "")
        return cluster.title if cluster else ""

    def author(self, card: Card) -> str:
        """Return the label and the region of the card's author, never a name."""
        participant = self.snapshot.participants.get(card.author or "")
        if participant is None:
            return ""
        return ", ".join(filter(None, (participant.label, self.region(participant))))

    def dots(self, card: Card) -> int:
        """Return the dots the card was given."""
        return self.snapshot.dots.get(card.id, 0)

    def marks(self, card: Card) -> tuple[str, ...]:
        """Return the titles of the card's marks."""
        return tuple(self._title_of(self.catalogues.marks, mark) for mark in card.marks)

    def field(self, card: Card, name: str) -> str:
        """Return a field of the card in words, or nothing."""
        value = card.fields.get(name, "")
        return self.phrases.field_value(self.script.card_kind(card.kind).field(name), value).strip()

    def fields(self, card: Card) -> Iterator[tuple[str, str]]:
        """Yield title and value of the fields that are filled in."""
        for definition in self.script.card_kind(card.kind).fields:
            value = self.field(card, definition.id)
            if value:
                yield self.phrases.of(definition.title), value

    def standing(self, card: Card) -> str:
        """Return how a card stands: with which it was joined, or its status, or nothing for an open one."""
        speaker = speaker_for(self.script, self.snapshot, card.id)
        if speaker is None or self.script.joining is None:
            return self.phrases.status(card.status)
        return f"{self.phrases.of(self.script.joining.title)} {self.citation(speaker, SPEAKER_LIMIT)}"

    def spoken_for(self, card: Card) -> Iterator[str]:
        """Yield the statements a card speaks for, each with its author's label."""
        for joined in joined_into(self.script, self.snapshot, card.id):
            if self.script.joining is not None:
                author = self.author(joined)
                said = f"{self.citation(joined, len(joined.text))}{f' ({author})' if author else ''}"
                yield f"{self.phrases.of(self.script.joining.inverse)}: {said}"

    def facts(self, card: Card) -> Iterator[str]:
        """Yield what is said of a card beside its text and links: status, marks, fields."""
        standing = self.standing(card)
        if standing:
            yield standing
        yield from (lowered(mark) for mark in self.marks(card))
        for title, value in self.fields(card):
            yield f"{lowered(title)}: {lowered(value)}"

    def links(self, card: Card) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """Yield each relation that leaves the card, by id, with the cards it leads to."""
        for relation in self.script.relations_from(card.kind):
            targets = {link.target for link in self.snapshot.links_from(card.id, relation.id)}
            if targets:
                ordered = sorted(targets, key=self._order.__getitem__)
                yield relation.id, tuple(self.snapshot.cards[target] for target in ordered)

    def link_words(self, card: Card, without: str = "", limit: int = 80) -> Iterator[str]:
        """Yield each relation but one in words: «заменяет: 1.2 «Очередь в дом-интернат…»».

        A text is cited in at most ``limit`` characters.
        """
        for relation, targets in self.links(card):
            if relation != without:
                title = self.phrases.of(self.script.relation(relation).title)
                yield f"{title}: {'; '.join(self.citation(target, limit) for target in targets)}"

    def citation(self, card: Card, limit: int) -> str:
        """Return the number of a card and the beginning of its text."""
        return f"{self.numbers[card.id]}\u00a0{self.phrases.quoted(shortened(card.text, limit))}"

    @cached_property
    def _fists(self) -> Mapping[str, tuple[Vote, ...]]:
        fists: defaultdict[str, list[Vote]] = defaultdict(list)
        for key in sorted(self.snapshot.votes):
            vote = self.snapshot.votes[key]
            round_ = self.snapshot.rounds[vote.round]
            if round_.method == "fist" and round_.state == "revealed":
                fists[vote.card].append(vote)
        return {card: tuple(votes) for card, votes in fists.items()}

    def agreement(self, card: Card) -> Iterator[str]:
        """Yield the revealed rounds of the fist of five on a card, in order, then what was objected."""
        votes = self._fists.get(card.id, ())
        by_round = sorted(votes, key=lambda vote: vote.round)
        for _round, shown in groupby(by_round, key=lambda vote: vote.round):
            fingers = Counter(vote.value for vote in shown)
            counts = ", ".join(f"{value} × {fingers[value]}" for value in sorted(fingers, reverse=True))
            yield self.phrases.gettext("fist of five: {counts}").format(counts=counts)
        for vote in votes:
            if vote.objection:
                yield self.phrases.gettext("objection: {text}").format(text=vote.objection)

    def gap_lines(self, gaps: tuple[Gap, ...]) -> Iterator[GapLine]:
        """Yield each published card that has gaps, with the gaps in words."""
        wordings = {
            (need.kind, need.missing): self.phrases.of(need.words) for need in self.script.requirements
        }
        lacking: defaultdict[str, list[str]] = defaultdict(list)
        for gap in gaps:
            lacking[gap.card].append(wordings.get((gap.kind, gap.missing), gap.missing))
        for key, missing in lacking.items():
            if key in self.snapshot.cards:
                yield GapLine(self.snapshot.cards[key], tuple(missing))
