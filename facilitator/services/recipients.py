"""Making a pair for encryption: a secret to be kept, and whom to encrypt to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.domain.records import timestamp
from facilitator.errors import UserFault
from facilitator.files import write_atomically
from facilitator.packages.age import new_recipient


@dataclass(frozen=True)
class RecipientPair:
    """Whom to encrypt to (``age1…``), and the files of the secret and of the recipient."""

    recipient: str
    secret: Path
    public: Path


def make_recipient_pair(secret: Path) -> RecipientPair:
    """Make an age pair: the secret at ``secret``, readable by its owner only, the recipient at ``….pub``.

    Raises ``UserFault("file-exists")``, never overwriting a secret, and ``EnvironmentFault`` from the disk.
    """
    public = secret.with_name(f"{secret.name}.pub")
    for path in (secret, public):
        if path.exists():
            raise UserFault("file-exists", path=path)
    recipient, words = new_recipient()
    made = timestamp(datetime.now(UTC))
    text = f"# created: {made}\n# public key: {recipient}\n{words}\n"
    write_atomically(secret, text.encode(), mode=0o600)
    write_atomically(public, f"{recipient}\n".encode())
    return RecipientPair(recipient, secret, public)
