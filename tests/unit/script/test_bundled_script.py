"""The eight steps of the bundled script: what others build on, and whether its words serve a moderator."""

import hashlib
from collections import Counter

import msgspec
import pytest

from facilitator.errors import UserFault
from facilitator.paths import resource
from facilitator.script.kinds import STEP_KINDS
from facilitator.script.loader import bundled_script, bundled_script_ids
from facilitator.script.model import Script, Words


def test_the_eight_steps_record_the_kinds_of_the_contract(script: Script) -> None:
    assert [(step.id, step.kind, tuple(kind.id for kind in step.card_kinds)) for step in script.steps] == [
        ("present", "collect", ("present-norm",)),
        ("future", "collect", ("future-norm",)),
        ("barriers", "collect", ("barrier",)),
        ("mission", "texts", ("mission", "personal-mission")),
        ("rules", "collect", ("rule",)),
        ("image", "compose", ("image",)),
        ("effects", "matrix", ("counterparty", "product", "effect")),
        ("roadmap", "plan", ("action",)),
    ]


def test_the_fields_are_those_of_the_contract(script: Script) -> None:
    fields = {
        kind.id: {field.id: field.type for field in kind.fields}
        for step in script.steps
        for kind in step.card_kinds
    }
    assert {kind: found for kind, found in fields.items() if found} == {
        "barrier": {"type": "choice"},
        "effect": {"indicator": "text", "for": "text"},
        "action": {
            "start": "date",
            "end": "date",
            "level": "choice",
            "document": "text",
            "result": "text",
            "indicator": "text",
            "base": "text",
            "target": "text",
            "funding": "text",
            "coexecutors": "text",
        },
    }
    barrier = script.card_kind("barrier").field("type")
    assert barrier is not None
    assert " ".join(option.id for option in barrier.options) == (
        "legal financial organizational staffing informational cultural"
    )


def test_the_relations_are_those_of_the_contract(script: Script) -> None:
    chain = (relation for relation in script.relations if not relation.joins)
    assert {relation.id: (relation.sources, relation.targets) for relation in chain} == {
        "replaces": (("future-norm",), ("present-norm",)),
        "hinders": (("barrier",), ("future-norm",)),
        "overcomes": (("rule",), ("barrier",)),
        "draws-on": (("image",), ("future-norm", "rule", "mission")),
        "by": (("product",), ("counterparty",)),
        "of": (("effect",), ("product",)),
        "delivers": (("action",), ("product",)),
        "removes": (("action",), ("barrier",)),
        "responsible": (("action",), ("counterparty",)),
    }


def test_the_chain_requires_both_directions(script: Script) -> None:
    required = Counter((requirement.kind, requirement.missing) for requirement in script.requirements)
    assert required == Counter(
        {
            ("future-norm", "replaces"): 1,
            ("present-norm", "replaces"): 1,
            ("barrier", "hinders"): 1,
            ("barrier", "overcomes|removes"): 1,
            ("rule", "overcomes"): 1,
            ("image", "draws-on"): 1,
            ("product", "by"): 1,
            ("product", "of"): 1,
            ("product", "delivers"): 1,
            ("counterparty", "by|responsible"): 1,
            ("effect", "of"): 1,
            ("action", "delivers|removes"): 1,
            ("action", "responsible"): 1,
            ("action", "end"): 1,
            ("action", "document"): 1,
        }
    )


def test_only_the_image_is_long_and_only_personal_missions_are_private(script: Script) -> None:
    kinds = [kind for step in script.steps for kind in step.card_kinds]
    assert {kind.id: kind.limit for kind in kinds if kind.limit != 2_000} == {"image": 5_000}
    assert [kind.id for kind in kinds if kind.private] == ["personal-mission"]
    assert [kind.id for kind in kinds if kind.single] == ["mission", "image"]


def test_each_day_fits_into_a_day_and_methods_fit_into_their_steps(script: Script) -> None:
    minutes = Counter[int]()
    for step in script.steps:
        minutes[step.day] += step.minutes
        assert 0 < sum(script.method(method).minutes for method in step.methods) <= step.minutes, step.id
    assert minutes[1] <= 6 * 60
    assert minutes[2] <= 4 * 60


def test_every_method_card_serves_a_step(script: Script) -> None:
    used = {method for step in script.steps for method in step.methods}
    assert used == {method.id for method in script.methods}


def test_every_kind_of_step_is_used(script: Script) -> None:
    assert {kind.id for kind in STEP_KINDS} == {step.kind for step in script.steps}


def test_every_wording_is_russian_in_russian_and_not_in_english(script: Script) -> None:
    for words in wordings(script):
        assert any("а" <= letter.lower() <= "я" for letter in words.in_language("ru")), words
        assert not any("а" <= letter.lower() <= "я" for letter in words.in_language("en")), words


def wordings(value: object) -> list[Words]:
    if isinstance(value, Words):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [words for name in value.__struct_fields__ for words in wordings(getattr(value, name))]
    return [words for item in value for words in wordings(item)] if isinstance(value, tuple) else []


def test_the_hash_is_that_of_the_files_bytes(script: Script) -> None:
    content = resource("scripts", script.id, "script.toml").read_bytes()
    assert script.sha256 == hashlib.sha256(content).hexdigest()


def test_relations_are_found_from_both_ends(script: Script) -> None:
    assert [relation.id for relation in script.relations_from("action")] == [
        "delivers",
        "removes",
        "responsible",
    ]
    assert [relation.id for relation in script.relations_to("barrier")] == ["overcomes", "removes"]


def test_a_kind_leads_to_its_step(script: Script) -> None:
    assert script.step_of_kind("personal-mission") is script.step("mission")


def test_unknown_names_are_faults_of_the_input(script: Script) -> None:
    for ask, code, field in (
        (script.step, "step-unknown", "step"),
        (script.step_of_kind, "kind-unknown", "kind"),
        (script.card_kind, "kind-unknown", "kind"),
        (script.relation, "relation-unknown", "relation"),
        (script.method, "method-unknown", "method"),
    ):
        with pytest.raises(UserFault) as caught:
            ask("nowhere")
        assert (caught.value.code, caught.value.facts["field"]) == (code, field)


def test_a_script_that_is_not_shipped_is_unknown() -> None:
    for script_id in ("obraz-2035", "../catalogues", ""):
        with pytest.raises(UserFault) as caught:
            bundled_script(script_id)
        assert caught.value.code == "script-unknown"
        assert caught.value.facts == {"field": "script", "script": script_id}


def test_every_shipped_script_loads() -> None:
    assert [bundled_script(script_id).id for script_id in bundled_script_ids()] == ["obraz-budushchego-2025"]


def test_near_duplicates_are_joined_by_a_relation_that_is_not_of_the_chain(script: Script) -> None:
    joining = script.joining
    assert joining is not None
    assert joining.sources == joining.targets
    assert joining not in (*script.relations_from("rule"), *script.relations_to("rule"))
