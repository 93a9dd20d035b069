"""The sentence for each fault: what happened, what is safe, what to do next."""

from collections.abc import Callable, Mapping

Translate = Callable[[str], str]


def sentences(_: Translate) -> Mapping[str, str]:
    """Return the sentence of every code the program raises; each takes its facts in braces."""
    return {
        **_disk(_),
        **_files(_),
        **_records(_),
        **_voting(_),
        **_script(_),
        **_keys(_),
        **_trust(_),
        **_organizer(_),
        **_lead(_),
        **_packages(_),
        **_put_aside(_),
    }


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
            "The package did not pass its own check and was not written: {path} ({reason})."
            " The group’s file is untouched. Make it again."
        ),
        "written-otherwise": _(
            "The disk does not give back what was written to it: {path}. What was there is untouched."
            " Save to another disk."
        ),
    }


def _files(_: Translate) -> dict[str, str]:
    return {
        "file-missing": _("There is no such file: {path}."),
        "pairs-unreadable": _(
            "{path}, line {line}: not a table of pairs. It has columns text_a and text_b, separated by tabs,"
            " in UTF-8. Nothing was compared."
        ),
        "texts-unreadable": _(
            "{path}, line {line}: each line is a JSON object with an id and a text. Nothing was compared."
        ),
        "file-exists": _("There is such a file already: {path}. It is untouched; choose another name."),
        "association-unsupported": _(
            "This system takes it from the program’s bundle: choose “Open with” for one of the files there."
        ),
        "not-a-facilitator-file": _("This is not a file of the program: {path}. It is untouched."),
        "file-newer": _(
            "The file was written by a newer version of the program (schema {found}, known {known}): {path}."
            " It is untouched. Update the program to open it."
        ),
        "folder-not-empty": _("The folder is not empty: {path}. It is untouched; choose another one."),
        "log-format-unknown": _(
            "The log is written as .csv or .xlsx, not as this: {path}. Nothing was written."
        ),
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


def _voting(_: Translate) -> dict[str, str]:
    return {
        "author-missing": _(
            "Nobody stands as the author of these words, and only the author can agree. Nothing was changed."
            " Choose the author and repeat."
        ),
        "not-personal": _("This is no personal text: it is published as it is. Nothing was changed."),
        "round-unfinished": _("The last vote of this step is not revealed yet. Close and reveal it first."),
        "round-order": _("The vote is in another state by now. Nothing was changed."),
        "budget-out-of-range": _("Each can have from 1 to {most} dots. Nothing was changed."),
        "round-open": _(
            "The group is voting on this now, so its words stay as they are. Close the vote first, then"
            " change them; new statements can be recorded meanwhile."
        ),
        "round-not-ready": _("The vote is not open yet. Open it first; then dots can be given."),
        "round-not-open": _("The vote is closed. Open it again to change what was given."),
        "round-per-person": _("In this vote dots are entered by person. Nothing was changed."),
        "round-by-hand": _("In this vote dots are counted by hand. Nothing was changed."),
        "not-an-option": _(
            "This statement is not voted on: it came after the vote was opened, or was put off since."
        ),
        "dots-over-budget": _(
            "There are no more dots to give: at most {most}. Take one back elsewhere first."
        ),
        "dots-over-people": _(
            "All in the list have at most {most} dots together. Count again, or add to the list who is"
            " missing."
        ),
        "fingers-out-of-range": _("A hand has from 0 to {most} fingers."),
        "fist-of-another": _("The group is showing its hands for another text. Finish that vote first."),
        "clusters-apart": _("Only two clusters of one step can be joined. Nothing was changed."),
        "parts-too-few": _("There must be two parts at least, a line each. Nothing was changed."),
        "join-mismatch": _("Only statements of one kind can be joined, two at least. Nothing was changed."),
        "joining-unknown": _(
            "The script of this group is of an earlier version and knows no joined statements."
            " Nothing was changed."
        ),
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
        "key-missing": _("There is no key: {path}. Make one: “Your key”, or facilitator identity new."),
        "key-exists": _("There is a key already: {path}. It is untouched."),
        "key-unreadable": _("The key could not be read: {path} ({problem})."),
        "key-not-ed25519": _("The key is not of the kind Ed25519: {path}."),
        "key-cipher-unknown": _(
            "The key is locked by a cipher that this program does not know: {path}. It is untouched. Change"
            ' the cipher by: ssh-keygen -p -Z aes256-ctr -f "{path}"'
        ),
        "key-passphrase-needed": _("The key is locked with a passphrase: {path}. Type the passphrase."),
        "key-passphrase-wrong": _("The passphrase does not fit the key. Type it again."),
        "roster-missing": _("There is no list of signers: {path}."),
        "roster-unreadable": _("The list of signers could not be read: {path} ({problem})."),
    }


def _trust(_: Translate) -> dict[str, str]:
    return {
        "roster-older": _(
            "This roster is version {found}; version {known} is trusted here already. Nothing was changed."
            " Ask the organizer for the newest one."
        ),
        "roster-forked": _(
            "There are two different rosters of version {found}. Nothing was changed. Ask the organizer which"
            " one counts."
        ),
        "organizer-changed": _(
            "Another key has signed this roster than the one trusted here. Nothing was changed. Call the"
            " organizer, let them read their digits aloud, and give those: {digits}"
        ),
        "digits-differ": _(
            "The digits differ: the roster was signed by {digits}. Nothing was changed. Do not use it;"
            " call the organizer."
        ),
        "trust-damaged": _(
            "The roster trusted here is damaged: {path}. Remove that file and compare the organizer’s digits"
            " anew."
        ),
    }


def _organizer(_: Translate) -> dict[str, str]:
    return {
        "event-invalid": _("The event cannot be used: {problem}. Nothing was changed."),
        "event-field-invalid": _("The event cannot be used: “{name}”: {problem}. Nothing was changed."),
        "request-unsound": _("The request cannot be used: {problem}. Ask for a new one."),
        "name-missing": _("Say your name, so that the organizer knows whose key it is."),
        "principal-invalid": _("The roster expects no such group: {principal}. It knows: {allowed}."),
        "group-not-expected": _(
            "The roster does not tell which group is meant: {number}. It knows: {allowed}."
        ),
        "moderator-unknown": _(
            "Nobody is enrolled for {principal} yet. Enrol a key first, or name who leads it."
        ),
        "grant-unclear": _("Say either for which group the key may sign, or that it is an organizer’s."),
        "validity-reversed": _("The key’s time would end ({until}) before it begins ({since})."),
        "key-not-granted": _("The roster does not know this key: {fingerprint}."),
        "key-revoked-before": _("This key was revoked and stays so: {fingerprint}. Ask for a new key."),
        "own-key": _("Your own key cannot be revoked by itself: let another organizer do it."),
        "not-organizer": _("Your key may not change this roster: {fingerprint}. It is untouched."),
        "register-unreadable": _(
            "The register cannot be read: {path} ({problem}). Nothing was taken from it."
        ),
    }


def _lead(_: Translate) -> dict[str, str]:
    return {
        "group-not-here": _("The centre holds no package of {principal}."),
        "package-not-here": _("The centre holds no package {id} of {principal}."),
        "package-newer": _(
            "The package was written by a newer version of the program: {id}. Some of it is unknown here and"
            " would be lost. Nothing was changed. Update the program, then choose."
        ),
        "nothing-to-settle": _("Of {principal} this package is the only one that counts already."),
        "events-several": _("The centre holds groups of several events. Name one of them: {events}."),
        "recipient-secret": _(
            "This is the secret, which nobody else may see. Give what stands in its file .pub: age1…"
        ),
        "recipient-invalid": _("This is nobody to encrypt to: {recipient}. It begins with age1…"),
        "recipient-unreadable": _("There is no age secret in this file: {path}."),
        "recipients-too-few": _(
            "Name {fewest} to encrypt to at least, the lead and a recovery key, so that one lost key loses"
            " nothing."
        ),
        "persons-none": _("Nobody in the register has agreed to be named. There is nothing to hand over."),
    }


def _packages(_: Translate) -> dict[str, str]:
    return {
        "package-too-large": _("The package is larger than allowed ({limit} bytes)."),
        "package-missing": _("There is no such package: {path}."),
        "package-unreadable": _("The package could not be read: {path} ({problem})."),
        "package-is-group": _(
            "This is a package that a group has handed over: {path}. It is untouched. Leads take it in at"
            " “Merge packages”."
        ),
        "package-is-collection": _(
            "This is a collection of packages of many groups: {path}. It is untouched. Leads take it in at"
            " “Merge packages”."
        ),
        "package-is-roster": _(
            "This is an organizer’s roster of keys: {path}. It is untouched. Organizers change it at"
            " “Prepare a session”, leads check packages by it at “Merge packages”."
        ),
        "package-is-encrypted": _(
            "This package is encrypted: {path}. It is untouched. Leads take it in at “Merge packages”; names"
            " that lie beside an assignment are read together with it."
        ),
        "archive-not-canonical": _("The package is not packed as it must be: it was changed or damaged."),
        "archive-too-many-files": _("The package holds more files than allowed."),
        "file-unexpected": _("The package holds a file that does not belong there: {name}."),
        "part-missing": _("The package lacks a file that belongs in it: {name}."),
        "file-too-large": _("The package holds a file that is larger than allowed: {name}."),
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
        "kind-unsupported": _("A package of this kind is not taken in here: {kind}."),
        "kind-mismatch": _("A package of another kind is wanted here; this one is: {kind}."),
        "persons-in-clear": _(
            "Names and contacts came unencrypted. Nothing of them was copied; delete the file."
        ),
        "record-misplaced": _("The package holds a record that has no place in it: {type}."),
        "inner-mismatch": _("The collection calls a package by a number that is not its own: {id}."),
        "roster-invalid": _("The roster inside makes no sense: {problem}."),
        "script-invalid": _("The session script inside makes no sense: {problem}."),
        "not-by-organizer": _("The assignment was not signed by an organizer of its roster: {fingerprint}."),
        "age-malformed": _("The encrypted package is damaged."),
        "envelope-invalid": _("The accompanying sheet of the package cannot be used: {problem}."),
        "origin-not-signer": _("The package names another key than the one that signed it."),
        "record-private": _("The package holds what must not leave the group’s file: {type}."),
        "counts-mismatch": _("The package holds another number of records than it says."),
        "group-unsound": _("The records in the package do not belong together: {problem}."),
        "principal-mismatch": _(
            "The package is signed for {principal}, which does not fit what it is: {expected}."
        ),
    }


def _put_aside(_: Translate) -> dict[str, str]:
    return {
        "age-not-for-us": _("The package is encrypted, and none of the secrets here opens it."),
        "key-unknown": _(
            "The signer’s key is not in the list: {fingerprint}. Ask the organizer for a newer list."
        ),
        "key-expired": _(
            "The signer’s key had expired. Ask the organizer whether its time should be longer."
        ),
        "key-not-yet-valid": _("The signer’s key is not valid yet. Ask the organizer from when it is."),
        "schema-newer": _(
            "The package was written by a newer version of the program ({schema}). Update the program."
        ),
        "clock-inconsistent": _("The package contradicts what it says it has seen. Ask who made it."),
        "created-in-future": _(
            "The package was made in the future ({created}): a clock is wrong, there or on this computer."
        ),
    }
