"""From ``script.toml`` to a :class:`Script` that holds together, or a fault that says what is wrong in it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from facilitator.errors import UserFault
from facilitator.paths import resource
from facilitator.script.datafile import broken, check_once, parse_data, read_data
from facilitator.script.kinds import Flaw, find_step_kind
from facilitator.script.model import CardKind, Requirement, Script, ScriptStep


def load_script(path: Path) -> Script:
    """Return the session script in a file.

    Raises ``UserFault("data-broken")`` with ``file``, ``key`` and ``reason``.
    """
    return _checked(path, *read_data(path, Script))


def parse_script(content: bytes, path: Path) -> Script:
    """Return the session script in the bytes of a file, which faults call ``path``.

    Raises as :func:`load_script` does.
    """
    return _checked(path, *parse_data(content, path, Script))


def _checked(path: Path, script: Script, digest: str) -> Script:
    _check_ids(path, script)
    for flaw in _flaws(script):
        raise broken(path, flaw.key, flaw.reason)
    return msgspec.structs.replace(script, sha256=digest)


def bundled_script_source(script_id: str) -> bytes:
    """Return the file of a script shipped with the program. Raises ``UserFault("script-unknown")``."""
    return _bundled_path(script_id).read_bytes()


def bundled_script_ids() -> tuple[str, ...]:
    """Return the ids of the scripts shipped with the program."""
    return tuple(sorted(path.parent.name for path in resource("scripts").glob("*/script.toml")))


def bundled_script(script_id: str) -> Script:
    """Return a script shipped with the program.

    Raises ``UserFault("script-unknown")`` with the ``script``, or ``data-broken``.
    """
    path = _bundled_path(script_id)
    script = load_script(path)
    if script.id != script_id:
        raise broken(path, "id", f"differs from the folder's name, {script_id}")
    return script


def _bundled_path(script_id: str) -> Path:
    if script_id not in bundled_script_ids():
        raise UserFault("script-unknown", field="script", script=script_id)
    return resource("scripts", script_id, "script.toml")


def _check_ids(path: Path, script: Script) -> None:
    check_once(path, "steps", [step.id for step in script.steps])
    check_once(path, "relations", [relation.id for relation in script.relations])
    check_once(path, "methods", [method.id for method in script.methods])
    check_once(path, "steps.card_kinds", [kind.id for step in script.steps for kind in step.card_kinds])
    for place, kind in _card_kinds(script):
        check_once(path, f"{place}.fields", [field.id for field in kind.fields])
        for index, field in enumerate(kind.fields):
            check_once(path, f"{place}.fields[{index}].options", [option.id for option in field.options])


def _card_kinds(script: Script) -> Iterator[tuple[str, CardKind]]:
    """Yield every card kind with its place in the file."""
    for number, step in enumerate(script.steps):
        for index, kind in enumerate(step.card_kinds):
            yield f"steps[{number}].card_kinds[{index}]", kind


def _flaws(script: Script) -> Iterator[Flaw]:
    """Find what the schema cannot: names that lead nowhere, and what the kinds of step demand."""
    for number, step in enumerate(script.steps):
        yield from (Flaw(f"steps[{number}].{key}", reason) for key, reason in _step_flaws(step, script))
    for place, kind in _card_kinds(script):
        yield from (Flaw(f"{place}.{key}", reason) for key, reason in _field_flaws(kind))
    kinds = {kind.id for _, kind in _card_kinds(script)}
    for number, relation in enumerate(script.relations):
        for side, ends in (("sources", relation.sources), ("targets", relation.targets)):
            for end in ends:
                if end not in kinds:
                    yield Flaw(f"relations[{number}].{side}", f"no card kind {end}")
    for number, requirement in enumerate(script.requirements):
        for reason in _need_flaws(requirement, script):
            yield Flaw(f"requirements[{number}].any_of", reason)


def _step_flaws(step: ScriptStep, script: Script) -> Iterator[Flaw]:
    known = {method.id for method in script.methods}
    for method in step.methods:
        if method not in known:
            yield Flaw("methods", f"no method {method}")
    step_kind = find_step_kind(step.kind)
    if step_kind is None:
        yield Flaw("kind", f"no kind of step {step.kind}")
    else:
        yield from step_kind.flaws(step)


def _field_flaws(kind: CardKind) -> Iterator[Flaw]:
    for index, field in enumerate(kind.fields):
        if (field.type == "choice") != bool(field.options):
            yield Flaw(f"fields[{index}].options", "a choice needs options, and nothing else has them")


def _need_flaws(requirement: Requirement, script: Script) -> Iterator[str]:
    kind = requirement.kind
    owned = (owner.fields for _, owner in _card_kinds(script) if owner.id == kind)
    fields = {f".{field.id}" for fields in owned for field in fields}
    outgoing = {f"->{relation.id}" for relation in script.relations_from(kind)}
    incoming = {f"<-{relation.id}" for relation in script.relations_to(kind)}
    for need in requirement.any_of:
        if need not in fields | outgoing | incoming:
            yield f"cards of kind {kind} cannot have {need}"
