"""Every fault the program can raise and every finding of doctor has its sentence, in both languages."""

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
TOLD = {"UserFault", "EnvironmentFault", "Refused", "Quarantined", "Finding"}


def told_codes() -> Iterator[str]:
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
            and node.func.id in TOLD
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


def test_every_code_that_is_told_has_a_sentence() -> None:
    assert not set(told_codes()) - sentences(str).keys()


def test_the_findings_of_doctor_are_among_the_codes() -> None:
    of_groups = {"backup-damaged", "integrity-broken", "record-altered"}
    of_centres = {"package-altered", "package-invalid", "package-index-altered", "file-aside-altered"}
    assert of_groups | of_centres <= set(told_codes())


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
