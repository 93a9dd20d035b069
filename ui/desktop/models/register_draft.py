"""Which people of a sheet would be entered: what is not understood, and who is in the list already."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.services.commands import NewPerson
from ui.desktop.context import Context

if TYPE_CHECKING:
    from exports.excel.register import RegisterRow, RegisterSheet


class DraftRow(NamedTuple):
    """A row of the sheet: its number, the person, whether they would be entered, and what is to be said."""

    line: int
    person: NewPerson
    taken: bool
    remark: str


def draft_rows(
    context: Context, sheet: "RegisterSheet", columns: Mapping[int, str], *, with_unknown: bool
) -> tuple[DraftRow, ...]:
    """Return every row with what becomes of it; ``with_unknown`` takes a row without what was not understood.

    Who is in the list already, or stood in a row above, is not entered again.
    """
    from exports.excel.register import register_rows  # noqa: PLC0415  openpyxl is slow to import

    session = context.session
    there = context.gettext("already in the list: {who}")
    known = {name: there.format(who=who) for name, who in _labels_by_name(session.snapshot).items()}
    rows = []
    for row in register_rows(sheet, columns, session.catalogues):
        name = _same(row.person.name)
        remark = _remark(context, row, with_unknown=with_unknown)
        taken = with_unknown or not row.unknown
        if name in known:
            remark, taken = known[name], False
        elif name:
            known[name] = context.gettext("the same as in row {n}").format(n=row.line)
        rows.append(DraftRow(row.line, row.person, taken, remark))
    return tuple(rows)


def _remark(context: Context, row: "RegisterRow", *, with_unknown: bool) -> str:
    _ = context.gettext
    words = {
        "region": _("there is no region “{value}”"),
        "category": _("there is no category “{value}”"),
    }
    said = [words[unknown.part].format(value=unknown.value) for unknown in row.unknown]
    if said:
        said.append(_("the field will be empty") if with_unknown else _("the row is left out"))
    return ", ".join(said)


def _labels_by_name(group: GroupSnapshot) -> dict[str, str]:
    return {_same(person.name): group.participants[key].label for key, person in group.persons.items()}


def _same(name: str) -> str:
    """Return a name as it is compared: case, ё and the spaces between its words do not tell people apart."""
    return " ".join(name.casefold().replace("ё", "е").split())


def people_of(rows: Iterable[DraftRow]) -> tuple[NewPerson, ...]:
    """Return the people who would be entered."""
    return tuple(row.person for row in rows if row.taken)
