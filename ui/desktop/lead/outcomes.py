"""What became of files, as rows in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from gettext import NullTranslations

from facilitator.errors import EnvironmentFault
from facilitator.services.intake import PackageOutcome
from facilitator.storage.centre_file import FileAside, KeptPackage
from ui.desktop.dates import long_moment
from ui.desktop.lead.group_names import GroupNames
from ui.desktop.lead.values import Row
from ui.messages import outcome_words, sentence


class OutcomeWords:
    """Puts outcomes into words; ``kept`` are the packages of the centre by id."""

    def __init__(
        self, kept: Mapping[str, KeptPackage], names: GroupNames, texts: NullTranslations, language: str
    ) -> None:
        self._kept = kept
        self._names = names
        self._texts = texts
        self._language = language
        self._words = outcome_words(texts.gettext)

    def rows(self, outcomes: Iterable[PackageOutcome]) -> Iterator[Row]:
        """Yield a row for each file, the packages of a collection under it."""
        inside: defaultdict[tuple[object, str], list[PackageOutcome]] = defaultdict(list)
        files: list[PackageOutcome] = []
        for each in outcomes:
            if each.collection is None:
                files.append(each)
            else:
                inside[each.path, each.collection].append(each)
        for each in files:
            yield self._row(each)
            for inner in inside.pop((each.path, each.id or ""), ()):
                yield self._row(inner, inner=True)

    def aside(self, file: FileAside) -> Row:
        """Return the row of a file that was put aside."""
        came = long_moment(datetime.fromisoformat(file.received), self._language)
        return Row(
            name=file.name,
            group=self._texts.gettext("Came {when}").format(when=came),
            outcome=file.outcome,
            word=self._words[file.outcome],
            reason=self._sentence(file.reason, file.facts),
        )

    def _row(self, outcome: PackageOutcome, *, inner: bool = False) -> Row:
        kept = self._kept.get(outcome.id or "")
        principal = outcome.principal or (kept.principal if kept else None)
        kind = outcome.kind or (kept.kind if kept else None)
        group = self._names.of(principal)
        if kind == "persons":
            group = self._texts.gettext("{group}: names and contacts").format(group=group)
        return Row(
            name=f"№ {(outcome.id or '')[:8]}" if inner else outcome.path.name,
            group=group,
            outcome=outcome.outcome,
            word=self._words[outcome.outcome],
            reason=self._reason(outcome),
            inner=inner,
            cover=kind == "collection",
            id=outcome.id,
        )

    def _reason(self, outcome: PackageOutcome) -> str:
        if outcome.reason is not None:
            return self._sentence(outcome.reason, outcome.facts)
        _ = self._texts.gettext
        said = {
            "duplicate": _("It was taken in before. Nothing has changed."),
            "superseded": _("A newer package of this group is here. This one is kept too."),
            "conflict": _("No package of this group follows the others. Choose one of them below."),
        }
        return said.get(outcome.outcome, "")

    def _sentence(self, code: str, facts: Mapping[str, object]) -> str:
        return sentence(EnvironmentFault(code, **facts), self._texts)
