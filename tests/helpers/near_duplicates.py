"""Statements that nobody has said, and near duplicates planted among them: typos, forms, another order."""

import random

from facilitator.similarity.morphology import analyzer

LETTERS = "абвгдежзиклмнопрстуфхцчшыэюя"
SHARE = 0.2
"""How many of the statements have a near duplicate."""


def plant(number: int, words: list[str], seed: int = 1) -> tuple[list[str], set[tuple[int, int]]]:
    """Return so many statements made of words, and the places of those that are near duplicates."""
    chance = random.Random(seed)
    said: list[list[str]] = []
    pairs = []
    while len(said) < number:
        said.append(chance.choices(words, k=chance.randint(6, 16)))
        if chance.random() < SHARE and len(said) < number:
            pairs.append((len(said) - 1, len(said)))
            said.append(_changed(said[-1], words, chance))
    places = chance.sample(range(number), number)
    texts = [""] * number
    for place, statement in zip(places, said, strict=True):
        texts[place] = " ".join(statement)
    return texts, {(min(ends), max(ends)) for ends in ((places[one], places[two]) for one, two in pairs)}


def _changed(statement: list[str], words: list[str], chance: random.Random) -> list[str]:
    changed = list(statement)
    for way in chance.sample(("typo", "form", "order", "added", "dropped"), chance.randint(1, 2)):
        place = chance.randrange(len(changed))
        if way == "typo":
            changed[place] = _mistyped(changed[place], chance)
        elif way == "form":
            lexeme = analyzer().parse(changed[place])[0].lexeme
            changed[place] = chance.choice(lexeme).word
        elif way == "order":
            other = chance.randrange(len(changed))
            changed[place], changed[other] = changed[other], changed[place]
        elif way == "added":
            changed.insert(place, chance.choice(words))
        else:
            changed.pop(place)
    return changed


def _mistyped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + chance.choice(("", chance.choice(LETTERS), word[place] * 2)) + word[place + 1 :]
