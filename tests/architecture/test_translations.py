"""Every sentence of the program has its Russian, and what is compiled is what was written."""

import gettext
import io
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dev import ROOT, TRANSLATED, TRANSLATIONS

DOMAINS = sorted(TRANSLATED)
MEND = "run: python3 dev.py translations, then fill in what is empty"


def path_of(domain: str, suffix: str) -> Path:
    return TRANSLATIONS / "ru" / "LC_MESSAGES" / f"{domain}.{suffix}"


def catalogue(domain: str) -> Catalog:
    with path_of(domain, "po").open("rb") as file:
        return read_po(file, locale="ru", domain=domain)


def sentences_in_code(domain: str) -> set[object]:
    return {sentence for source in TRANSLATED[domain] for sentence in sentences_in(ROOT / source)}


def sentences_in(source: Path) -> Iterator[object]:
    files = source.rglob("*.py") if source.is_dir() else (source,)
    for file in files:
        for _line, ids, _comments, context in extract_from_file("python", file):
            yield context, ids


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_holds_exactly_the_sentences_of_the_code(domain: str) -> None:
    in_code = sentences_in_code(domain)
    in_catalogue = {(message.context, message.id) for message in catalogue(domain) if message.id}
    assert (in_code - in_catalogue, in_catalogue - in_code) == (set(), set()), MEND


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_is_translated_for_sure(domain: str) -> None:
    def is_open(string: str | tuple[str, ...] | list[str]) -> bool:
        return not all([string] if isinstance(string, str) else string)

    messages = [message for message in catalogue(domain) if message.id]
    unfinished = [message.id for message in messages if message.fuzzy or is_open(message.string)]
    assert not unfinished, MEND


def fields_of(text: str) -> set[str | None]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_fills_in_the_same_facts(domain: str) -> None:
    for message in catalogue(domain):
        if "python-brace-format" in message.flags:
            plain = isinstance(message.id, str)
            # The last form is the plural; the singular may leave the number out.
            expected = fields_of(message.id if plain else message.id[-1])
            for translated in [message.string] if plain else message.string:
                assert fields_of(translated) == expected, message.id


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_what_was_written(domain: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(domain))
    compiled.seek(0)
    expected = gettext.GNUTranslations(compiled)
    with path_of(domain, "mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    without_header = [
        {key: text for key, text in vars(texts)["_catalog"].items() if key} for texts in (expected, shipped)
    ]
    assert without_header[0] == without_header[1], MEND
