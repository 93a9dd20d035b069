"""Every fault the program can raise has its sentence, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.packages.verdicts import QuarantineReason, RefusalReason
from facilitator.texts import LANGUAGES, load_texts
from ui.messages import sentence, sentences

ROOT = Path(__file__).parents[2]
FAULTS = {"UserFault", "EnvironmentFault", "Refused", "Quarantined"}


def raised_codes() -> Iterator[str]:
    yield from get_args(RefusalReason)
    yield from get_args(QuarantineReason)
    for package in ("facilitator", "exports", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            yield from codes_in(ast.parse(path.read_text(encoding="utf-8")))


def codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in FAULTS
            and node.args
        ):
            code = node.args[0]
            if isinstance(code, ast.Constant):
                yield code.value
        elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and target.id in ("_CODES", "_ENVIRONMENT"):
                values = [value.value for value in node.value.values if isinstance(value, ast.Constant)]
                yield from (value for value in values if not value.startswith("card-"))


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert not set(raised_codes()) - sentences(str).keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", ["desktop", "cli"])
def test_every_sentence_can_be_said_without_facts(language: str, domain: str) -> None:
    texts = load_texts(domain, language)
    for code in sentences(str):
        said = sentence(Fault(code), texts)
        assert said
        assert "{" not in said


def test_a_sentence_names_the_line_and_the_field() -> None:
    fault = UserFault("record-invalid", line=7, field="text", problem="is blank")
    assert (
        sentence(fault, load_texts("cli", "ru")) == "строка 7, поле «text»: Запись не подходит: поле пустое."
    )


def test_a_sentence_names_the_file() -> None:
    fault = EnvironmentFault("disk-full", path=Path("группа.fgroup"))
    assert "группа.fgroup" in sentence(fault, load_texts("desktop", "ru"))
