"""Who will be able to read a package, in words."""

from ui.desktop.context import Context
from ui.desktop.session import GroupSession

FEWEST = 2
"""The lead and a recovery key: with fewer, one lost key would lose what was encrypted."""


def recipients_of(session: GroupSession) -> tuple[str, ...]:
    """Return whom the organizer has named to encrypt to; nobody in a group without an assignment."""
    named = session.roster.recipients if session.roster else ()
    return named if len(named) >= FEWEST else ()


def encrypt_words(count: int, context: Context) -> str:
    """Name the choice to encrypt to ``count`` recipients."""
    _, ngettext = context.gettext, context.ngettext
    if count == FEWEST:
        return _("Encrypt for the lead and the recovery key (2 recipients)")
    return ngettext(
        "Encrypt for whom the organizer has named ({n} recipient)",
        "Encrypt for whom the organizer has named ({n} recipients)",
        count,
    ).format(n=count)


def only_words(count: int, context: Context) -> str:
    """Say who can read what is encrypted to ``count`` recipients, as the end of a sentence."""
    _, ngettext = context.gettext, context.ngettext
    if count == FEWEST:
        return _("only the lead and the recovery key can read it (2 recipients)")
    return ngettext(
        "only those the organizer has named can read it ({n} recipient)",
        "only those the organizer has named can read it ({n} recipients)",
        count,
    ).format(n=count)
