"""What an act changes: records before and after. Undo is the same edits with the sides swapped."""

from collections.abc import Iterable
from typing import NamedTuple

from facilitator.domain.records import AnyRecord, decode_record, encode_record


class Edit(NamedTuple):
    """One record before and after an act; ``None`` where it does not exist."""

    before: AnyRecord | None
    after: AnyRecord | None

    @property
    def record(self) -> AnyRecord:
        """The record as it stands after the edit, or as it last stood when the edit removes it."""
        record = self.after or self.before
        if record is None:
            raise ValueError("an edit needs a record on one side at least")
        return record


def added(records: Iterable[AnyRecord]) -> tuple[Edit, ...]:
    """Return the edits that bring ``records`` into being."""
    return tuple(Edit(None, record) for record in records)


def removed(records: Iterable[AnyRecord]) -> tuple[Edit, ...]:
    """Return the edits that take ``records`` away."""
    return tuple(Edit(record, None) for record in records)


def inverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that undo ``edits``, last first."""
    return tuple(Edit(after, before) for before, after in reversed(tuple(edits)))


def encode_edits(edits: Iterable[Edit]) -> list[list[object]]:
    """Return edits as JSON values, for the journal."""
    return [[side and encode_record(side) for side in edit] for edit in edits]


def decode_edits(source: Iterable[list[object]]) -> tuple[Edit, ...]:
    """Return the edits that :func:`encode_edits` wrote."""
    return tuple(Edit(*(None if side is None else decode_record(side) for side in pair)) for pair in source)
