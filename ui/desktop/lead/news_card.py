"""What has come in this sitting, newest first."""

from collections import Counter
from gettext import NullTranslations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.desktop.lead.outcome_list import OutcomeList
from ui.desktop.lead.values import Row, Taken
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label
from ui.messages import outcome_words


class NewsCard(QFrame):
    """A row for each file with one word and a reason. To take a row off changes nothing in the centre."""

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts = texts
        _ = texts.gettext
        self.summary = label("", "note")
        self.list = OutcomeList(_("Files and what became of them"))
        self.clear_button = button(_("Clear the list"), self.clear, "quiet", "Del")
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(label(_("What has come"), "subheading"), 1)
        head.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.list)
        self.list.taken_off.connect(self._take_off)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self.list.outcomes.rows

    def tell(self, taken: Taken) -> None:
        """Put what has just come above the rest, and count it in words."""
        self.list.show_rows(_with_news(self.rows, taken.rows))
        self.list.setVisible(bool(self.rows))
        self.clear_button.setVisible(bool(self.rows))
        self.summary.setText(self._count_words(taken))
        self.show()

    def clear(self) -> None:
        """Forget the rows."""
        self.list.show_rows(())
        self.hide()

    def _count_words(self, taken: Taken) -> str:
        """Count packages by what became of them, one that came several times once; covers are told apart."""
        _, ngettext = self._texts.gettext, self._texts.ngettext
        packages = {(row.id or row.name, row.outcome) for row in taken.rows if not row.cover}
        covers = sum(row.cover for row in taken.rows)
        counted = Counter(outcome for _package, outcome in packages)
        words = outcome_words(_)
        parts = [ngettext("{n} package", "{n} packages", len(packages)).format(n=len(packages))]
        parts += [f"{words[outcome]} — {counted[outcome]}" for outcome in words if counted[outcome]]
        if covers:
            parts.append(_("collections: {n}").format(n=covers))
        if taken.stopped:
            parts.insert(0, _("Stopped; the files that were not reached are untouched"))
        elif not taken.rows:
            parts = [_("There are no packages there (.fpkg, .fpkg.age).")]
        return " · ".join(parts)

    def _take_off(self, number: int) -> None:
        """Take a file off the list, and with a collection its packages."""
        rows = list(self.rows)
        last = number + 1
        while last < len(rows) and rows[last].inner and not rows[number].inner:
            last += 1
        del rows[number:last]
        self.list.show_rows(rows)
        self.list.setCurrentIndex(self.list.outcomes.index(min(number, len(rows) - 1)))
        if not rows:
            self.clear()


def _with_news(rows: tuple[Row, ...], news: tuple[Row, ...]) -> list[Row]:
    """Return the rows, newest first; what is told anew of a file replaces what was told."""
    ids = {row.id for row in news if row.id}
    names = {row.name for row in news}
    kept = (row for row in rows if not (row.id in ids if row.id else row.name in names))
    return [*news, *kept]
