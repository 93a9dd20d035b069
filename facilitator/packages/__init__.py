"""The package format fpkg 1.0: a signed BagIt bag in a canonical ZIP, one codec for writing and reading."""

from facilitator.packages.envelope import SCHEMA, Envelope, Origin
from facilitator.packages.keys import PublicKey, SigningKey, create_key, load_key, load_public_key
from facilitator.packages.reader import Package, claimed_id, read_package, read_package_file
from facilitator.packages.signer_files import load_signers
from facilitator.packages.signers import Signers
from facilitator.packages.verdicts import Quarantined, QuarantineReason, RefusalReason, Refused
from facilitator.packages.writer import BuiltPackage, build_package, write_collection

__all__ = [
    "SCHEMA",
    "Envelope",
    "Origin",
    "PublicKey",
    "SigningKey",
    "create_key",
    "load_key",
    "load_public_key",
    "Signers",
    "load_signers",
    "BuiltPackage",
    "build_package",
    "write_collection",
    "Package",
    "claimed_id",
    "read_package",
    "read_package_file",
    "Refused",
    "RefusalReason",
    "Quarantined",
    "QuarantineReason",
]
