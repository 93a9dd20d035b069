"""Records of one type in groups that follow every act at the cost of what it changed."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from facilitator.domain.records import Record

Groups = Mapping[str, tuple[Any, ...]]


class Grouping(NamedTuple):
    """Records of a ``kind``, grouped by a ``field``, each group in an ``order`` that ends in the id."""

    kind: type[Record]
    field: str
    order: Callable[[Any], Any]

    def of(self, records: Iterable[Any]) -> Groups:
        """Group records from the beginning."""
        groups: defaultdict[str, list[Any]] = defaultdict(list)
        for record in sorted(records, key=self.order):
            groups[getattr(record, self.field)].append(record)
        return {key: tuple(members) for key, members in groups.items()}

    def after(self, groups: Groups, changed: Iterable[tuple[Any | None, Any | None]]) -> Groups:
        """Return the groups once each former record has given way to its new one; ``None`` for none.

        Only the groups of these records are made anew.
        """
        touched: dict[str, list[Any]] = {}
        for former, new in changed:
            if former is not None:
                members = self._members(touched, groups, former)
                del members[bisect_left(members, self.order(former), key=self.order)]
            if new is not None:
                insort(self._members(touched, groups, new), new, key=self.order)
        return dict(groups) | {key: tuple(members) for key, members in touched.items()}

    def _members(self, touched: dict[str, list[Any]], groups: Groups, record: Any) -> list[Any]:
        key = getattr(record, self.field)
        if key not in touched:
            touched[key] = list(groups.get(key, ()))
        return touched[key]
