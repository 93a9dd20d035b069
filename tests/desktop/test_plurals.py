"""Russian counts in three forms."""

from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from facilitator.paths import resource
from facilitator.texts import load_texts

FORMS = {0: 2, 1: 0, 2: 1, 5: 2, 11: 2, 21: 0}


def plurals() -> list[tuple[str, str]]:
    with resource("translations", "ru", "LC_MESSAGES", "desktop.po").open("rb") as file:
        return [message.id for message in read_po(file, locale="ru") if isinstance(message.id, tuple)]


@pytest.mark.parametrize("number", FORMS)
def test_participants_are_counted_as_people_count_them(number: int) -> None:
    words = ("участник", "участника", "участников")
    said = load_texts("desktop", "ru").ngettext("{n} participant", "{n} participants", number)
    assert said.format(n=number) == f"{number} {words[FORMS[number]]}"


@pytest.mark.parametrize("number", FORMS)
def test_every_counted_sentence_has_the_number_in_it(number: int) -> None:
    texts = load_texts("desktop", "ru")
    for one, many in plurals():
        said = texts.ngettext(one, many, number)
        assert str(number) in said.format_map(defaultdict(str, n=number)), one
