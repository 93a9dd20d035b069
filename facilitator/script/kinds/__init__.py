"""The kinds of step. A new kind is a module here and a line in ``STEP_KINDS``."""

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.kinds.collect import COLLECT
from facilitator.script.kinds.compose import COMPOSE
from facilitator.script.kinds.kind import Flaw, OpenPoint, StepKind
from facilitator.script.kinds.matrix import MATRIX
from facilitator.script.kinds.plan import PLAN
from facilitator.script.kinds.texts import TEXTS
from facilitator.script.model import Script, ScriptStep

STEP_KINDS: tuple[StepKind, ...] = (COLLECT, TEXTS, COMPOSE, MATRIX, PLAN)


def find_step_kind(kind_id: str) -> StepKind | None:
    """Return the kind of step with this id, or ``None``."""
    return next((kind for kind in STEP_KINDS if kind.id == kind_id), None)


def open_points(step: ScriptStep, script: Script, group: GroupSnapshot) -> tuple[OpenPoint, ...]:
    """Return what still keeps a step from being called finished; nothing when it is."""
    return next(kind for kind in STEP_KINDS if kind.id == step.kind).open_points(step, script, group)


__all__ = ["STEP_KINDS", "Flaw", "OpenPoint", "StepKind", "find_step_kind", "open_points"]
