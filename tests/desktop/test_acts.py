"""Every act that a command can leave in the journal has its words."""

import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.script.loader import bundled_script
from facilitator.services.group_service import ActName
from facilitator.texts import LANGUAGES, load_texts
from ui.acts import REMOVALS, act_words, acts

COMMANDS = Path(__file__).parents[2] / "facilitator" / "services" / "commands"
STATES = ("waiting", "running", "done")


def codes() -> Iterator[str]:
    yield from (f"step-{state}" for state in STATES)
    yield from (f"round-{state}" for state in ("open", "closed", "revealed"))
    for path in COMMANDS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Deed":
                if isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                yield from (value.value for value in node.value.values if isinstance(value, ast.Constant))


def test_every_act_has_words() -> None:
    assert set(codes()) == set(acts(str))
    assert acts(str).keys() >= REMOVALS


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_is_named_by_what_it_was_about(language: str) -> None:
    script = bundled_script("obraz-budushchego-2025")
    translate = load_texts("desktop", language).gettext
    assert "Очередь" in act_words(ActName("card-added", "Очередь"), script, language, translate)
    step = act_words(ActName("step-done", "rules"), script, language, translate)
    assert script.step("rules").title.in_language(language) in step


def test_braces_in_peoples_words_are_left_alone() -> None:
    script = bundled_script("obraz-budushchego-2025")
    translate = gettext.NullTranslations().gettext
    assert "{очередь}" in act_words(ActName("card-added", "{очередь}"), script, "en", translate)
