"""What the two faces say alike: a fault in one sentence, with line, field and facts in it."""

from collections.abc import Mapping
from gettext import NullTranslations

from facilitator.errors import Fault
from ui.sentences import Translate, sentences

PASSPHRASE_CODES = frozenset({"key-passphrase-needed", "key-passphrase-wrong"})
"""The faults of a locked key: a face asks for its passphrase, or asks again."""
_LONGEST_FACT = 500


class _Facts(dict[str, str]):
    """The facts of a fault; one that is not given leaves a gap, never an error on top of an error."""

    def __missing__(self, name: str) -> str:
        return "—"


def sentence(fault: Fault, texts: NullTranslations) -> str:
    """Return what a fault says to a person, in the language of ``texts``, with line and field where known."""
    words = sentences(texts.gettext)[fault.code]
    facts = _Facts({name: _brief(value) for name, value in fault.facts.items() if value is not None})
    facts.setdefault("path", facts["name"])
    if "problem" in facts:
        facts["problem"] = _problem(facts["problem"], texts.gettext)
    return f"{_place(facts, texts.gettext)}{words.format_map(facts)}"


def outcome_words(_: Translate) -> Mapping[str, str]:
    """Return the one word for what became of a package."""
    return {
        "accepted": _("accepted"),
        "duplicate": _("already here"),
        "superseded": _("older than what is here"),
        "conflict": _("conflict"),
        "quarantined": _("put aside"),
        "refused": _("refused"),
    }


def _brief(value: object) -> str:
    """Return a fact as text, cut where it would flood the sentence: a stranger may have chosen it."""
    text = str(value)
    return text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…"


def _place(facts: Mapping[str, str], _: Translate) -> str:
    if "line" not in facts or facts["line"] == "0":
        return ""
    if facts.get("field"):
        return _("line {line}, field “{field}”: ").format(line=facts["line"], field=facts["field"])
    return _("line {line}: ").format(line=facts["line"])


def _problem(problem: str, _: Translate) -> str:
    """Return the core's short name of what is wrong in words, or as it is when it comes from a library."""
    known = {
        "not JSON": _("it is not JSON"),
        "not a JSON object": _("it is not a JSON object"),
        "a field stands twice": _("a field stands twice"),
        "contains control characters": _("it contains control characters"),
        "is blank": _("it is blank"),
        "is missing": _("it is missing"),
        "is too long": _("it is too long"),
        "is out of range": _("it is out of range"),
        "is not of its form": _("it is not written as it must be"),
        "is of another type": _("it is of another type"),
        "no such field": _("there is no such field"),
        "not-a-date": _("it is not a date"),
        "not-an-option": _("it is not one of the options"),
        "not one line": _("it is not one line"),
        "not a file": _("it is not a file"),
        "Is a directory": _("it is a folder"),
        "the centre itself": _("it is the centre itself"),
        "not an OpenSSH private key": _("it is not an OpenSSH private key"),
        "not a workbook": _("it is not an Excel workbook"),
        "no column of names": _("no column is called “Name” or “ФИО”"),
        "no people": _("there is nobody in it"),
        "too many rows": _("it has too many rows"),
        "not a request": _("it is not a request to be enrolled"),
        "another key has signed it": _("another key has signed it"),
        "no groups": _("it names no groups"),
        "the first event is another one": _("its first event is another one than the roster’s"),
        "a group belongs to no event": _("a group belongs to no event"),
        "an event or a group stands twice": _("an event or a group stands twice"),
        "signature-wrong": _("its signature does not fit: it was changed"),
        "signature-malformed": _("its signature is not one"),
        "json-malformed": _("it is not JSON"),
        "json-too-deep": _("it is nested deeper than allowed"),
        "json-not-canonical": _("it was changed on its way"),
    }
    return known.get(problem, problem)
