"""What a package of the group's work holds and what it lacks, in words."""

from facilitator.script.chain import stands
from ui.desktop.context import Context


def inside_words(context: Context) -> str:
    """Say how many statements of each kind and participants go into the package, and what stays."""
    _, ngettext = context.gettext, context.ngettext
    group = context.session.snapshot
    lines = []
    for step in context.session.script.steps:
        for kind in step.card_kinds:
            count = sum(not card.private for card in group.cards_of(kind.id))
            if count:
                lines.append(f"{context.say(kind.plural)}:\N{NO-BREAK SPACE}{count}")
    private = sum(card.private for card in group.cards.values())
    people = len(group.participants)
    lines.append(
        ngettext(
            "{n} participant by label, without a name", "{n} participants by label, without names", people
        ).format(n=people)
    )
    left_out = _("Names, contacts and private statements stay in the group’s file.")
    if private:
        left_out += " " + ngettext(
            "{n} private statement is left out.", "{n} private statements are left out.", private
        ).format(n=private)
    return "\n".join([" · ".join(lines), left_out])


def missing_lines(context: Context) -> list[str]:
    """Name the steps without a single statement and count the gaps of the chain, a line each."""
    _, ngettext = context.gettext, context.ngettext
    script, group = context.session.script, context.session.snapshot
    lines = [
        _("Step “{step}”: nothing is recorded").format(step=context.say(step.title))
        for step in script.steps
        if not any(stands(card) for card in group.cards_of(*(kind.id for kind in step.card_kinds)))
    ]
    gaps = sum(len(context.session.gaps.of(card)) for card in context.session.gaps.cards)
    if gaps:
        lines.append(ngettext("{n} gap in the chain", "{n} gaps in the chain", gaps).format(n=gaps))
    return lines
