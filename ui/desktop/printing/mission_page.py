"""The page a person takes home: the mission of the group and their own, and nobody else's."""

from facilitator.domain.records import Card
from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.dates import days
from ui.desktop.printing.paper import Page, Part


def mission_page(context: Context, step: ScriptStep, card: Card) -> Page:
    """Return the page of a personal text of ``step``; its author stands there by label."""
    session, say = context.session, context.say
    group = session.snapshot
    agreed = [
        Part(say(kind.title), tuple(each.text for each in group.cards_of(kind.id)))
        for kind in step.card_kinds
        if kind.single
    ]
    author = group.participants.get(card.author or "")
    own = say(session.script.card_kind(card.kind).title)
    title = own if author is None else f"{own}. {author.label}"
    return Page(
        title, place_words(context), (Part("", (card.text,)), *(part for part in agreed if part.lines))
    )


def place_words(context: Context) -> str:
    """Return which group this is, where and when."""
    group, event = context.session.snapshot.group, context.session.snapshot.event
    theme = context.say(context.session.catalogues.themes[group.theme].title)
    number = context.gettext("Group {n}").format(n=group.number)
    return f"{number}. {theme} · {event.city}, {days(event.starts, event.ends, context.language)}"
