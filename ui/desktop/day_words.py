"""What keeps a step from being called finished, in words."""

from facilitator.room.voting import METHODS, unrevealed_round
from facilitator.script.kinds import OpenPoint, open_points
from facilitator.script.model import ScriptStep
from ui.desktop.context import Context


def open_words(context: Context, step: ScriptStep) -> str:
    """Return what is open in a step, «2 высказывания не связаны»; empty when nothing is."""
    session = context.session
    points = open_points(step, session.script, session.snapshot)
    words = [point_words(context, step, point) for point in points]
    if any(unrevealed_round(session.snapshot, step.id, method) for method in METHODS):
        words.append(context.gettext("a vote is not revealed"))
    return "; ".join(words)


def point_words(context: Context, step: ScriptStep, point: OpenPoint) -> str:
    """Return one open point in words."""
    _, ngettext, count = context.gettext, context.ngettext, point.count
    match point.code:
        case "no-statements" | "columns-empty" if len(step.card_kinds) > 1:
            words = ngettext("{n} kind of statement is empty", "{n} kinds of statements are empty", count)
        case "no-statements" | "columns-empty":
            words = _("nothing is recorded")
        case "no-actions":
            words = _("there is no action")
        case "text-missing":
            words = _("the text is not written")
        case "text-repeated":
            words = _("there is more than one text")
        case "sources-missing":
            words = _("the text draws on nothing")
        case "too-few-sentences":
            words = ngettext("{n} sentence is lacking", "{n} sentences are lacking", count)
        case "too-many-sentences":
            words = ngettext("{n} sentence too many", "{n} sentences too many", count)
        case "rows-open":
            words = ngettext("{n} row is not complete", "{n} rows are not complete", count)
        case _:  # statements-unlinked, cells-unlinked
            words = ngettext("{n} statement is not complete", "{n} statements are not complete", count)
    return words.format(n=count)
