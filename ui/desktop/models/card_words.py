"""A card in words: what the room said, and what stands beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from facilitator.domain.records import Card, CardStatus, Cluster, Participant, Round, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.voting import is_voted_on, last_agreement
from facilitator.script.chain import reached_cards
from facilitator.script.joined import joined_into, speaker_for
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.lacks import due_words, lacks_of

SUBJECT_LENGTH = 70
MOST_LINKS = 3


@dataclass(frozen=True)
class CardWords:
    """The lines of one card, top to bottom; ``faded`` when it no longer takes part.

    ``share`` is how much it was given of what the first was given, 0 to 1.
    """

    text: str
    details: str
    links: tuple[str, ...]
    gaps: tuple[str, ...]
    dots: str
    faded: bool
    share: float = 0.0

    @property
    def spoken(self) -> str:
        """All lines as one text, for screen readers."""
        parts = (self.text, self.dots, self.details, *self.links, *self.gaps)
        return ". ".join(part for part in parts if part)


class CardDescriber:
    """Puts cards into words in the window's language, with what they lack of what is due."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._due = due_words(context)

    def refresh(self) -> set[str]:
        """Look again at what is due; return the cards that lack what has become due, or is no longer.

        A card that :func:`touched_cards` names may lack something else besides.
        """
        before, self._due = self._due, due_words(self._context)
        turned = before.keys() ^ self._due.keys()
        gaps = self._context.session.gaps
        return (
            {gap.card for card in gaps.cards for gap in gaps.of(card) if gap[1:] in turned}
            if turned
            else set()
        )

    def describe(self, card: Card) -> CardWords:
        """Return the card in words."""
        dots = self._context.session.snapshot.dots.get(card.id, 0)
        return CardWords(
            text=card.text,
            details=" · ".join(self._details(card)),
            links=tuple(self._links(card)),
            gaps=tuple(lacks_of(card.id, self._due, self._context).values()),
            dots=f"● {dots}" if dots else "",
            faded=card.status in ("parked", "rejected"),
        )

    def _details(self, card: Card) -> Iterable[str]:
        group, _ = self._context.session.snapshot, self._context.gettext
        kind = self._context.session.script.card_kind(card.kind)
        if is_voted_on(card, group, self._context.session.script, self._context.session.room):
            yield _("voted on now: the words stay as they are")
        author = group.participants.get(card.author or "")
        if author is not None:
            yield author.label
        cluster = group.clusters.get(card.cluster or "")
        if cluster is not None:
            yield cluster.title
        for field in kind.fields:
            options = {option.id: self._context.say(option.title) for option in field.options}
            value = card.fields.get(field.id, "")
            words = ", ".join(value) if isinstance(value, list) else str(value)
            if words:
                yield options.get(words, words)
        marks = self._context.session.catalogues.marks
        yield from (self._context.say(marks[mark].title) for mark in card.marks if mark in marks)
        speaker = speaker_for(self._context.session.script, group, card.id)
        if speaker is not None:
            yield _("joined with “{subject}”").format(subject=first_words(speaker.text))
        elif card.status != "open":
            yield status_words(_)[card.status]
        step = self._context.session.script.step_of_kind(card.kind).id
        shown = last_agreement(group, self._context.session.room, step, card.id)
        if shown is not None and shown.divided:
            yield divided_words(_)
        if kind.private:
            yield _("personal: does not leave this file") if card.private else _("published")

    def _links(self, card: Card) -> Iterable[str]:
        group, script = self._context.session.snapshot, self._context.session.script
        joined = joined_into(script, group, card.id)
        if joined:
            words = "; ".join(self._with_author(each) for each in joined)
            yield self._context.gettext("Speaks also for: {statements}").format(statements=words)
        for relation in script.relations_from(card.kind):
            others = [link.target for link in group.links_from(card.id, relation.id)]
            if others:
                yield self._join(self._context.say(relation.title), others)
        for relation in script.relations_to(card.kind):
            others = [link.source for link in group.links_to(card.id, relation.id)]
            if others:
                yield self._join(self._context.say(relation.inverse), others)

    def _with_author(self, card: Card) -> str:
        author = self._context.session.snapshot.participants.get(card.author or "")
        words = first_words(card.text)
        return f"{words} ({author.label})" if author is not None else words

    def _join(self, title: str, cards: list[str]) -> str:
        group = self._context.session.snapshot
        subjects = [first_words(group.cards[card].text) for card in cards[:MOST_LINKS] if card in group.cards]
        if len(cards) > MOST_LINKS:
            subjects.append(self._context.gettext("{n} more").format(n=len(cards) - MOST_LINKS))
        return f"{title}: {'; '.join(subjects)}"


def divided_words(_: Callable[[str], str]) -> str:
    """Return the mark of a card on which the hands of the group lay far apart."""
    return _("≠ opinions differ")


def status_words(_: Callable[[str], str]) -> dict[CardStatus, str]:
    """Return what the statuses of a card are called."""
    return {
        "open": _("under discussion"),
        "accepted": _("agreed"),
        "parked": _("put off"),
        "rejected": _("rejected"),
    }


def touched_cards(changes: Changes, group: GroupSnapshot) -> set[str] | None:
    """Return the cards whose words an act may have changed, or ``None`` when it may be any of them."""
    touched = reached_cards(changes.edits, group)
    for edit in changes.edits:
        record = edit.record
        if isinstance(record, Participant | Round):
            return None
        if isinstance(record, Vote):
            touched.add(record.card)
        elif isinstance(record, Cluster):
            touched.update(card.id for card in group.cards.values() if card.cluster == record.id)
    return touched


def first_words(text: str) -> str:
    """Return a text on one line, shortened to what one recognises it by."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"
