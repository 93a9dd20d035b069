"""The system's keyring, where there is one: it may keep the passphrase of this installation's key.

Nothing depends on it. A machine without one, or one that is locked, asks for the passphrase.
"""

import keyring
from keyring.errors import KeyringError

_SERVICE = "facilitator"


def remember(fingerprint: str, passphrase: str) -> bool:
    """Keep the passphrase of a key; ``False`` where the system has no keyring that gives it back."""
    try:
        keyring.set_password(_SERVICE, fingerprint, passphrase)
    except (KeyringError, OSError):
        return False
    return recall(fingerprint) == passphrase


def recall(fingerprint: str) -> str | None:
    """Return the passphrase kept for a key, or ``None``."""
    try:
        return keyring.get_password(_SERVICE, fingerprint)
    except (KeyringError, OSError):
        return None


def forget(fingerprint: str) -> None:
    """Keep the passphrase of a key no longer."""
    try:
        keyring.delete_password(_SERVICE, fingerprint)
    except (KeyringError, OSError):
        return
