"""Identifiers that sort by the time they were made."""

import secrets
import time
import uuid


def new_id() -> str:
    """Return a UUID version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def made_at(identifier: str) -> float | None:
    """Return when an id of version 7 was made, as POSIX seconds; ``None`` for ids that do not say."""
    value = uuid.UUID(identifier)
    return (value.int >> 80) / 1000 if value.version == 7 else None
