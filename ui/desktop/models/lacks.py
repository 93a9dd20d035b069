"""What cards lack for the chain, in words, as far as it can be mended by now."""

from collections.abc import Mapping

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.model import Requirement, Script
from ui.desktop.context import Context


def due_requirements(script: Script, group: GroupSnapshot) -> tuple[Requirement, ...]:
    """Return the requirements that can be met by now.

    One that only waits for cards of a later step to point here is no gap before there are any of these.
    """
    return tuple(each for each in script.requirements if _is_due(each, script, group))


def lacks_by_card(context: Context) -> dict[str, dict[str, str]]:
    """Return for every card with a gap its needs, as in ``Gap.missing``, each in words."""
    words = due_words(context)
    found = ((card, lacks_of(card, words, context)) for card in context.session.gaps.cards)
    return {card: lacks for card, lacks in found if lacks}


def due_words(context: Context) -> dict[tuple[str, str], str]:
    """Return the needs that can be met by now, as in ``Gap.kind`` and ``Gap.missing``, each in words."""
    due = due_requirements(context.session.script, context.session.snapshot)
    return {(each.kind, each.missing): context.say(each.words) for each in due}


def lacks_of(card: str, words: Mapping[tuple[str, str], str], context: Context) -> dict[str, str]:
    """Return what a card lacks of the needs in ``words``."""
    gaps = context.session.gaps.of(card)
    return {gap.missing: words[gap.kind, gap.missing] for gap in gaps if (gap.kind, gap.missing) in words}


def _is_due(requirement: Requirement, script: Script, group: GroupSnapshot) -> bool:
    return any(
        not need.startswith("<-") or group.has_cards(*script.relation(need[2:]).sources)
        for need in requirement.any_of
    )
