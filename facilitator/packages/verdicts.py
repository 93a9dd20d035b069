"""The two ways a package is not taken in: for good, or until somebody has looked at it."""

from typing import Literal

from facilitator.errors import UserFault

RefusalReason = Literal[
    # the file
    "package-too-large",
    "package-missing",
    "package-unreadable",
    # the archive
    "archive-not-canonical",
    "archive-too-many-files",
    "file-unexpected",
    "part-missing",
    "file-too-large",
    # the signature and who may sign
    "signature-malformed",
    "signature-wrong",
    "key-revoked",
    "namespace-not-granted",
    "principal-not-granted",
    # the age file around the package
    "age-malformed",
    # the bag
    "hash-mismatch",
    "bag-info-mismatch",
    # the JSON
    "json-malformed",
    "json-not-canonical",
    "json-line-too-long",
    "json-too-deep",
    # the content
    "schema-unknown",
    "kind-unsupported",
    "envelope-invalid",
    "origin-not-signer",
    "record-invalid",
    "record-private",
    "record-misplaced",
    "counts-mismatch",
    "group-unsound",
    "principal-mismatch",
    "kind-mismatch",
    "persons-in-clear",
    "recipients-too-few",
    "inner-mismatch",
    "roster-invalid",
    "script-invalid",
    "not-by-organizer",
]
"""Why a package is refused: the user interface keeps one sentence for each."""

QuarantineReason = Literal[
    "age-not-for-us",
    "key-unknown",
    "key-expired",
    "key-not-yet-valid",
    "schema-newer",
    "clock-inconsistent",
    "created-in-future",
]
"""Why a package is put aside and can be released later."""


class Refused(UserFault):
    """The package is not sound, or its signer may not sign it. Nothing of it is taken in."""

    def __init__(self, code: RefusalReason, **facts: object) -> None:
        super().__init__(code, **facts)


class Quarantined(UserFault):
    """The package may be sound, but this place cannot tell yet. The original is kept."""

    def __init__(self, code: QuarantineReason, **facts: object) -> None:
        super().__init__(code, **facts)
