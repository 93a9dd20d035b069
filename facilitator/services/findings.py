"""What a file is found to lack when it is examined."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not sound: a code and the facts for its sentence."""

    code: str
    facts: dict[str, object]
