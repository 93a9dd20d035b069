"""A card in words: what the room said, and what stands beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from facilitator.domain.records import Card, CardStatus, Cluster, Link, Participant, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.lacks import lacks_by_card

SUBJECT_LENGTH = 70
MOST_LINKS = 3


@dataclass(frozen=True)
class CardWords:
    """The lines of one card, top to bottom; ``faded`` when it no longer takes part."""

    text: str
    details: str
    links: tuple[str, ...]
    gaps: tuple[str, ...]
    dots: str
    faded: bool

    @property
    def spoken(self) -> str:
        """All lines as one text, for screen readers."""
        parts = (self.text, self.dots, self.details, *self.links, *self.gaps)
        return ". ".join(part for part in parts if part)


class CardDescriber:
    """Puts cards into words in the window's language, with what they lack as of the last :meth:`refresh`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._gaps: dict[str, tuple[str, ...]] = {}
        self.refresh()

    def refresh(self) -> set[str]:
        """Look again at what the cards lack; return the cards for which that has changed."""
        gaps = {card: tuple(lacks.values()) for card, lacks in lacks_by_card(self._context).items()}
        before, self._gaps = self._gaps, gaps
        return {card for card in before.keys() | gaps.keys() if before.get(card) != gaps.get(card)}

    def describe(self, card: Card) -> CardWords:
        """Return the card in words."""
        dots = self._context.session.snapshot.dots.get(card.id, 0)
        return CardWords(
            text=card.text,
            details=" · ".join(self._details(card)),
            links=tuple(self._links(card)),
            gaps=self._gaps.get(card.id, ()),
            dots=f"● {dots}" if dots else "",
            faded=card.status in ("parked", "rejected"),
        )

    def _details(self, card: Card) -> Iterable[str]:
        group, _ = self._context.session.snapshot, self._context.gettext
        kind = self._context.session.script.card_kind(card.kind)
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
        if card.status != "open":
            yield status_words(_)[card.status]
        if kind.private:
            yield _("personal: does not leave this file") if card.private else _("published")

    def _links(self, card: Card) -> Iterable[str]:
        group, script = self._context.session.snapshot, self._context.session.script
        for relation in script.relations_from(card.kind):
            others = [link.target for link in group.links_from(card.id, relation.id)]
            if others:
                yield self._join(self._context.say(relation.title), others)
        for relation in script.relations_to(card.kind):
            others = [link.source for link in group.links_to(card.id, relation.id)]
            if others:
                yield self._join(self._context.say(relation.inverse), others)

    def _join(self, title: str, cards: list[str]) -> str:
        group = self._context.session.snapshot
        subjects = [first_words(group.cards[card].text) for card in cards[:MOST_LINKS] if card in group.cards]
        if len(cards) > MOST_LINKS:
            subjects.append(self._context.gettext("{n} more").format(n=len(cards) - MOST_LINKS))
        return f"{title}: {'; '.join(subjects)}"


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
    touched: set[str] = set()
    for edit in changes.edits:
        record = edit.record
        if isinstance(record, Participant):
            return None
        if isinstance(record, Card):
            touched.add(record.id)
            touched.update(link.target for link in group.links_from(record.id))
            touched.update(link.source for link in group.links_to(record.id))
        elif isinstance(record, Link):
            touched.update((record.source, record.target))
        elif isinstance(record, Vote):
            touched.add(record.card)
        elif isinstance(record, Cluster):
            touched.update(card.id for card in group.cards.values() if card.cluster == record.id)
    return touched


def first_words(text: str) -> str:
    """Return a text on one line, shortened to what one recognises it by."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"
