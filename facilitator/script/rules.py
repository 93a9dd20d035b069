"""What a record must obey beyond its own shape: the words of its script and of the catalogues.

Every fault carries ``field``, the name of the record's field at fault.
"""

import re
from datetime import date

from facilitator.domain.records import (
    Card,
    Cluster,
    Event,
    FieldValue,
    Group,
    Link,
    Participant,
    Round,
    Step,
)
from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues
from facilitator.script.loader import bundled_script_ids
from facilitator.script.model import FieldDef, Script

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def check_event(event: Event, catalogues: Catalogues) -> None:
    """Check that an event's script and district are known and that it does not end before it starts.

    Raises ``UserFault`` ``script-unknown``, ``district-unknown``, ``dates-reversed``.
    """
    if event.script not in bundled_script_ids():
        raise UserFault("script-unknown", field="script", script=event.script)
    if event.district not in catalogues.sessions:
        raise UserFault("district-unknown", field="district", district=event.district)
    if event.ends < event.starts:
        raise UserFault("dates-reversed", field="ends", starts=event.starts, ends=event.ends)


def check_group(group: Group, catalogues: Catalogues) -> None:
    """Check that a group's theme is known. Raises ``UserFault("theme-unknown")``."""
    if group.theme not in catalogues.themes:
        raise UserFault("theme-unknown", field="theme", theme=group.theme)


def check_participant(participant: Participant, catalogues: Catalogues) -> None:
    """Check that a participant's region and category, where given, are known.

    Raises ``UserFault("region-unknown")`` or ``UserFault("category-unknown")``.
    """
    if participant.region is not None and participant.region not in catalogues.subjects:
        raise UserFault("region-unknown", field="region", region=participant.region)
    if participant.category is not None and participant.category not in catalogues.categories:
        raise UserFault("category-unknown", field="category", category=participant.category)


def check_step(record: Cluster | Round | Step, script: Script) -> None:
    """Check that a record belongs to a step of the script. Raises ``UserFault("step-unknown")``."""
    script.step(record.step)


def check_cluster(card: Card, cluster: Cluster, script: Script) -> None:
    """Check that a card lies in a cluster of its own step. Raises ``UserFault("cluster-mismatch")``."""
    if cluster.step != script.step_of_kind(card.kind).id:
        raise UserFault("cluster-mismatch", field="cluster", title=cluster.title)


def check_card(card: Card, script: Script, catalogues: Catalogues | None = None) -> None:
    """Check a card's kind, text and fields against the script and, given the catalogues, its marks.

    Raises ``UserFault`` with the code ``kind-unknown``, ``text-empty``, ``text-too-long`` (with ``limit`` and
    ``length`` in characters), ``field-unknown``, ``field-invalid`` (with the ``problem``, ``not-a-date`` or
    ``not-an-option``, and what is ``allowed``) or ``mark-unknown``.
    """
    kind = script.card_kind(card.kind)
    if not card.text.strip():
        raise UserFault("text-empty", field="text")
    if len(card.text) > kind.limit:
        raise UserFault("text-too-long", field="text", limit=kind.limit, length=len(card.text))
    for name, value in card.fields.items():
        definition = kind.field(name)
        if definition is None:
            raise UserFault("field-unknown", field=f"fields.{name}", kind=kind.id)
        _check_value(definition, value)
    if catalogues is not None:
        for mark in card.marks:
            if mark not in catalogues.marks:
                raise UserFault("mark-unknown", field="marks", mark=mark)


def check_link(link: Link, source: Card, target: Card, script: Script) -> None:
    """Check that a link's relation may lead from its source to its target.

    Raises ``UserFault("relation-unknown")`` or ``UserFault("relation-mismatch")`` with the end at fault as
    ``field``, its ``kind`` and the kinds ``allowed``.
    """
    relation = script.relation(link.relation)
    for field, card, allowed in (("source", source, relation.sources), ("target", target, relation.targets)):
        if card.kind not in allowed:
            raise UserFault(
                "relation-mismatch",
                field=field,
                relation=relation.id,
                kind=card.kind,
                allowed=", ".join(allowed),
            )


def _check_value(definition: FieldDef, value: FieldValue) -> None:
    """Check one field's value. Any value can be text; an empty one counts as not given."""
    if definition.type == "text" or value == "":
        return
    if definition.type == "date":
        allowed, problem, fits = "YYYY, YYYY-MM, YYYY-MM-DD", "not-a-date", _is_date(value)
    else:
        options = [option.id for option in definition.options]
        allowed, problem, fits = ", ".join(options), "not-an-option", value in options
    if not fits:
        raise UserFault("field-invalid", field=f"fields.{definition.id}", problem=problem, allowed=allowed)


def _is_date(value: FieldValue) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    first_day = value + "-01-01"[len(value) - len("YYYY") :]
    try:
        date.fromisoformat(first_day)
    except ValueError:
        return False
    return True
