"""What a fist of five has shown, in words."""

from facilitator.room.voting import Agreement
from ui.desktop.context import Context


def verdict_words(context: Context, shown: Agreement) -> str:
    """Return whether the group agrees, and if not how many it has to hear."""
    _ = context.gettext
    if not shown.hands:
        return _("Nobody has shown a hand")
    if shown.passed:
        return _("Agreed: everyone has shown 3 or more")
    words = context.ngettext(
        "Not agreed: {n} person is below three", "Not agreed: {n} people are below three", shown.doubtful
    )
    return words.format(n=shown.doubtful)


def frozen_words(context: Context) -> str:
    """Return why a text cannot be changed just now."""
    return context.gettext("The group is voting on it: the text stays as it is until the vote is closed")


def fingers_words(context: Context, fingers: int) -> str:
    """Return a number of fingers in words."""
    return context.ngettext("{n} finger", "{n} fingers", fingers).format(n=fingers)
