"""What people call groups, collections and rosters, where packages have short names."""

import re
from collections.abc import Iterable, Mapping
from gettext import NullTranslations

from facilitator.script.catalogues import Catalogues
from facilitator.services.trust import Trust, TrustedRoster
from ui.desktop.dates import days

_GROUP = re.compile(r"(.+)\.g([0-9]+)")


class GroupNames:
    """Calls groups by number and theme; by the code of their event too where there are several."""

    def __init__(
        self,
        trust: Trust,
        principals: Iterable[str],
        catalogues: Catalogues,
        texts: NullTranslations,
        language: str,
    ) -> None:
        self._texts = texts
        codes = {name.rpartition(".")[0] for name in (*trust.expected, *principals)}
        self._several = len(codes) > 1
        self._themes = _themes(trust, catalogues, language)

    def of(self, principal: str | None) -> str:
        """Return what people call a principal, such as «Group 3. Family»; empty for ``None``."""
        if principal is None:
            return ""
        _ = self._texts.gettext
        code, _dot, last = principal.rpartition(".")
        group = _GROUP.fullmatch(principal)
        if group:
            name = _("Group {n}").format(n=int(group[2]))
            theme = self._themes.get(principal)
            words = f"{name}. {theme}" if theme else name
        else:
            words = {"collection": _("Collection"), "roster": _("List of signers")}.get(last, principal)
        return f"{words} · {code}" if self._several and words != principal else words


def roster_title(trusted: TrustedRoster, texts: NullTranslations, language: str) -> str:
    """Return what people call a roster: its events and its version."""
    roster = trusted.files.roster
    events = ", ".join(
        f"{event.title or event.code} · {event.city}, {days(event.starts, event.ends, language)}"
        for event in roster.events
    )
    return texts.gettext("Version {n} · {events}").format(events=events, n=roster.version)


def _themes(trust: Trust, catalogues: Catalogues, language: str) -> Mapping[str, str]:
    return {
        principal: catalogues.themes[group.theme].title.in_language(language)
        for trusted in trust.rosters
        for principal, group in trusted.files.roster.principals.items()
        if group.theme in catalogues.themes
    }
