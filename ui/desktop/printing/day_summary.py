"""The printed summary of a day: one page of what the group has come to."""

from collections.abc import Iterable, Iterator

from facilitator.domain.records import Card
from facilitator.room.presence import present_people
from facilitator.script.chain import stands
from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words
from ui.desktop.models.lacks import due_requirements
from ui.desktop.printing.mission_page import place_words
from ui.desktop.printing.paper import Page, Part

MOST_STATEMENTS = 8
LONGEST_TEXT = 1_200
"""How much of an agreed text has room, in characters."""


def day_summary(context: Context, day: int) -> Page:
    """Return the page of a day: counts, agreed texts, what got most dots, gaps, who has led. Labels only."""
    _ = context.gettext
    steps = [step for step in context.session.script.steps if step.day == day]
    leader = _("Moderator: {name}").format(name=context.session.snapshot.group.moderator)
    parts = [
        Part("", (f"{leader} · {people_words(context, day)}",)),
        Part(_("What was said"), tuple(_counts(context, steps)), points=True),
        *_agreed_texts(context, steps),
        Part(_("Most dots"), tuple(_most_dots(context, steps)), points=True),
        Part(_("Gaps in the chain"), tuple(gap_counts(context)) or (_("There are none."),), points=True),
    ]
    title = _("Day {n}: summary").format(n=day)
    return Page(title, place_words(context), tuple(part for part in parts if part.lines))


def people_words(context: Context, day: int) -> str:
    """Return how many of the group's people are here on a day."""
    people = context.session.snapshot.participants.values()
    here = len(present_people(people, context.session.room.presence(day)))
    return context.gettext("{here} of {all} here").format(here=here, all=len(people))


def gap_counts(context: Context) -> Iterator[str]:
    """Yield what is lacking by now, each with the number of cards that lack it."""
    session, say = context.session, context.say
    for need in due_requirements(session.script, session.snapshot):
        count = len(session.gaps.lacking(need.kind, need.missing))
        if count:
            yield f"{say(session.script.card_kind(need.kind).plural)}: {say(need.words)} – {count}"


def _counts(context: Context, steps: Iterable[ScriptStep]) -> Iterator[str]:
    group = context.session.snapshot
    for step in steps:
        for kind in step.card_kinds:
            count = len(group.cards_of(kind.id))
            if count and not kind.single:
                yield f"{context.say(kind.plural)}: {count}"


def _agreed_texts(context: Context, steps: Iterable[ScriptStep]) -> Iterator[Part]:
    for step in steps:
        for kind in step.card_kinds:
            texts = [card.text for card in context.session.snapshot.cards_of(kind.id) if not card.private]
            if kind.single and texts:
                yield Part(context.say(kind.title), (_fitting(texts[0]),))


def _most_dots(context: Context, steps: Iterable[ScriptStep]) -> Iterator[str]:
    group = context.session.snapshot
    kinds = [kind.id for step in steps for kind in step.card_kinds]

    def dots(card: Card) -> int:
        return group.dots.get(card.id, 0)

    cards = [card for card in group.cards_of(*kinds) if dots(card) and stands(card) and not card.private]
    for card in sorted(cards, key=dots, reverse=True)[:MOST_STATEMENTS]:
        yield f"{first_words(card.text)} – ● {dots(card)}"


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"
