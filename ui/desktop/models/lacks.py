"""What cards lack for the chain, in words, as far as it can be mended by now."""

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import find_gaps
from facilitator.script.model import Requirement, Script
from ui.desktop.context import Context


def due_requirements(script: Script, group: GroupSnapshot) -> tuple[Requirement, ...]:
    """Return the requirements that can be met by now.

    One that only waits for cards of a later step to point here is no gap before there are any of these.
    """
    return tuple(each for each in script.requirements if _is_due(each, script, group))


def lacks_by_card(context: Context) -> dict[str, dict[str, str]]:
    """Return for every card with a gap its needs, as in ``Gap.missing``, each in words."""
    script, group = context.session.script, context.session.snapshot
    words = {(each.kind, each.missing): each.words for each in due_requirements(script, group)}
    lacks: dict[str, dict[str, str]] = {}
    for gap in find_gaps(script, group):
        if (gap.kind, gap.missing) in words:
            lacks.setdefault(gap.card, {})[gap.missing] = context.say(words[gap.kind, gap.missing])
    return lacks


def _is_due(requirement: Requirement, script: Script, group: GroupSnapshot) -> bool:
    return any(
        not need.startswith("<-") or group.cards_of(*script.relation(need[2:]).sources)
        for need in requirement.any_of
    )
