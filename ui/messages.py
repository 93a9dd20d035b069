"""The sentence for each fault: what happened, what is safe, what to do next."""

from collections.abc import Callable, Mapping
from gettext import NullTranslations

from facilitator.errors import Fault

Translate = Callable[[str], str]


class _Facts(dict[str, str]):
    """The facts of a fault; one that is not given leaves a gap, never an error on top of an error."""

    def __missing__(self, name: str) -> str:
        return "—"


def sentence(fault: Fault, texts: NullTranslations) -> str:
    """Return what a fault says to a person, in the language of ``texts``, with line and field where known."""
    words = sentences(texts.gettext)[fault.code]
    facts = _Facts({name: str(value) for name, value in fault.facts.items() if value is not None})
    facts.setdefault("path", facts["name"])
    if "problem" in facts:
        facts["problem"] = _problem(facts["problem"], texts.gettext)
    return f"{_place(facts, texts.gettext)}{words.format_map(facts)}"


def sentences(_: Translate) -> Mapping[str, str]:
    """Return the sentence of every code the program raises; each takes its facts in braces."""
    return {**_disk(_), **_files(_), **_records(_), **_script(_), **_keys(_), **_packages(_), **_put_aside(_)}


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
        "the centre itself": _("it is the centre itself"),
        "not an OpenSSH private key": _("it is not an OpenSSH private key"),
    }
    return known.get(problem, problem)


def _disk(_: Translate) -> dict[str, str]:
    return {
        "disk-full": _(
            "The disk is full: {path}. All that was recorded before is safe. Free some space and repeat."
        ),
        "folder-read-only": _(
            "Nothing can be written there: {path}. What was there is untouched. Choose another folder."
        ),
        "folder-missing": _("There is no such folder: {path}. Nothing was written. Choose another folder."),
        "cannot-write": _("The file could not be written: {path} ({reason}). What was there is untouched."),
        "cannot-open": _("The file could not be opened: {path} ({reason}). Nothing in it was changed."),
        "disk-error": _(
            "The disk could not read or write: {path}. All that was recorded before is safe;"
            " save a copy on another disk."
        ),
        "file-in-use": _(
            "This file is already open in another window of the program: {path}. Nothing was changed."
            " Go on in that window, or close it and try again."
        ),
        "file-damaged": _("The file is damaged: {path}. Nothing was changed. Restore a copy of it."),
        "integrity-broken": _("The file is damaged: {detail}. Restore a copy of it."),
        "record-altered": _("A record was changed past the program: {type} {id}. Compare it with a copy."),
        "package-altered": _(
            "A package kept in the centre is not what it was: {id}. Merge the packages into a new centre."
        ),
        "package-invalid": _(
            "A package kept in the centre can no longer be read: {id}. Merge the packages into a new centre."
        ),
        "package-index-altered": _(
            "The centre says of a package what the package does not say: {id}. The package itself is whole;"
            " merge the packages into a new centre."
        ),
        "file-aside-altered": _("A file that was put aside is not what it was: {sha256}."),
        "copy-failed": _(
            "All is recorded in {path}, but a copy of it could not be made ({reason})."
            " Free some space, then open it again."
        ),
        "home-unusable": _(
            "The program cannot keep its settings there: {path}. Name another folder by --home."
        ),
        "answer-not-written": _("The work is done, but the answer could not be written ({reason})."),
        "backup-not-sound": _("A copy was made and is not sound: {path}. The group’s own file is untouched."),
        "package-not-sound": _(
            "The package was written and could not be read back: {path}. Do not hand it over; make it again."
        ),
    }


def _files(_: Translate) -> dict[str, str]:
    return {
        "file-missing": _("There is no such file: {path}."),
        "file-exists": _("There is such a file already: {path}. It is untouched; choose another name."),
        "not-a-facilitator-file": _("This is not a file of the program: {path}. It is untouched."),
        "file-newer": _(
            "The file was written by a newer version of the program (schema {found}, known {known}): {path}."
            " It is untouched. Update the program to open it."
        ),
        "folder-not-empty": _("The folder is not empty: {path}. It is untouched; choose another one."),
        "report-unknown": _("There is no such report: {kind} as {format}."),
        "report-needs-group": _(
            "The report of a group is made from a group’s file (.fgroup), not from {path}."
        ),
        "report-needs-centre": _(
            "The consolidated report is made from a centre (.fcentre), not from {path}."
        ),
        "not-utf8": _("The file is not text in UTF-8: {path}, byte {position}."),
        "no-records": _("There are no records in the file: {path}."),
        "centre-empty": _("There is no accepted package in the centre yet: {path}."),
        "backup-missing": _("There is no sound copy to restore: {path}. The file is untouched."),
        "backup-damaged": _("This copy is damaged: {path}. Choose another one; the file is untouched."),
    }


def _records(_: Translate) -> dict[str, str]:
    return {
        "record-invalid": _("The record cannot be used: {problem}."),
        "record-missing": _("This is no longer there: it has been removed. Nothing was changed."),
        "reference-missing": _("The record refers to something that is not there: {target}."),
        "group-mismatch": _("The record belongs to another group: {target}."),
        "group-incomplete": _("There must be exactly one event and one group; found {events} and {groups}."),
        "group-has-another": _("The file has a record of this type already: {type}."),
        "id-repeated": _("The id stands twice: {id}."),
        "text-empty": _("The text is empty. Type something first."),
        "text-too-long": _(
            "The text is too long: {length} characters of at most {limit}. Shorten or split it."
        ),
        "cluster-mismatch": _("The cluster “{title}” belongs to another step. Choose one of this step."),
        "dates-reversed": _("The session ends ({ends}) before it starts ({starts})."),
        "card-single": _("There is one text of this kind already. Change that one."),
        "field-unknown": _("Cards of this kind have no such field: {kind}."),
        "field-invalid": _("The value does not fit: {problem}. Allowed: {allowed}."),
        "dots-out-of-range": _("The number of dots must be between 0 and {most}."),
        "person-has-voted": _("{label} has voted and stays in the list. Nothing was changed."),
    }


def _script(_: Translate) -> dict[str, str]:
    return {
        "data-broken": _("A data file of the program is broken: {file}, {key}: {reason}."),
        "script-unknown": _("There is no such session script: {script}."),
        "step-unknown": _("The script has no such step: {step}."),
        "kind-unknown": _("The script has no such kind of card: {kind}."),
        "relation-unknown": _("The script has no such relation: {relation}."),
        "relation-mismatch": _(
            "The relation “{relation}” does not lead from or to “{kind}”; allowed: {allowed}."
        ),
        "method-unknown": _("The script has no such method: {method}."),
        "theme-unknown": _("There is no such theme: {theme}."),
        "district-unknown": _("There is no such district: {district}."),
        "region-unknown": _("There is no such region: {region}."),
        "category-unknown": _("There is no such category of participants: {category}."),
        "mark-unknown": _("There is no such mark: {mark}."),
    }


def _keys(_: Translate) -> dict[str, str]:
    return {
        "key-missing": _("There is no key: {path}."),
        "key-exists": _("There is a key already: {path}. It is untouched."),
        "key-unreadable": _("The key could not be read: {path} ({problem})."),
        "key-not-ed25519": _("The key is not of the kind Ed25519: {path}."),
        "key-passphrase-needed": _("The key is locked with a passphrase: {path}. Type the passphrase."),
        "key-passphrase-wrong": _("The passphrase does not fit the key. Type it again."),
        "roster-missing": _("There is no list of signers: {path}."),
        "roster-unreadable": _("The list of signers could not be read: {path} ({problem})."),
    }


def _packages(_: Translate) -> dict[str, str]:
    return {
        "package-too-large": _("The package is larger than allowed ({limit} bytes)."),
        "package-missing": _("There is no such package: {path}."),
        "package-unreadable": _("The package could not be read: {path} ({problem})."),
        "archive-not-canonical": _("The package is not packed as it must be: it was changed or damaged."),
        "archive-too-many-files": _("The package holds more files than allowed."),
        "file-unexpected": _("The package holds a file that does not belong there: {name}."),
        "signature-malformed": _("The signature of the package is not one: it was changed or damaged."),
        "signature-wrong": _("The signature does not fit the package: it was changed or damaged."),
        "key-revoked": _("The key that signed the package has been revoked: {fingerprint}."),
        "namespace-not-granted": _("The signer may not sign packages of this kind: {principal}."),
        "principal-not-granted": _("This key may not sign for {principal}."),
        "hash-mismatch": _("The package is damaged: the checksums in {manifest} do not fit."),
        "bag-info-mismatch": _("The label of the package does not fit what is inside."),
        "json-malformed": _("The package is damaged: what is inside is not JSON."),
        "json-not-canonical": _("What is inside the package is not written in its one canonical form."),
        "json-line-too-long": _("A line inside the package is longer than allowed."),
        "json-too-deep": _("What is inside the package is nested deeper than allowed."),
        "schema-unknown": _("The package is of a form that this program does not know: {schema}."),
        "kind-unsupported": _("This program takes no packages of this kind: {kind}."),
        "envelope-invalid": _("The accompanying sheet of the package cannot be used: {problem}."),
        "origin-not-signer": _("The package names another key than the one that signed it."),
        "record-private": _("The package holds what must not leave the group’s file: {type}."),
        "counts-mismatch": _("The package holds another number of records than it says."),
        "group-unsound": _("The records in the package do not belong together: {problem}."),
        "principal-mismatch": _("The package is signed for {principal} and holds the group {expected}."),
    }


def _put_aside(_: Translate) -> dict[str, str]:
    return {
        "key-unknown": _("The signer’s key is not in the list: {fingerprint}. The package is kept aside."),
        "key-expired": _("The signer’s key had expired. The package is kept aside."),
        "key-not-yet-valid": _("The signer’s key is not valid yet. The package is kept aside."),
        "schema-newer": _(
            "The package was written by a newer version of the program ({schema}). It is kept aside;"
            " update the program."
        ),
        "clock-inconsistent": _("The package contradicts what it says it has seen. It is kept aside."),
        "created-in-future": _(
            "The package was made in the future ({created}): a clock is wrong. It is kept aside."
        ),
    }
