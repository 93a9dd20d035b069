"""Files of records, one JSON object a line."""

import json
from pathlib import Path
from typing import Any

ID = "018f0000-0000-7000-8000-{:012x}".format
EVENT: dict[str, Any] = {
    "type": "event", "id": ID(1), "code": "skfo-2018", "script": "obraz-budushchego-2025", "district": "skfo",
    "city": "Пятигорск", "starts": "2018-02-08", "ends": "2018-02-09",
}  # fmt: skip
GROUP: dict[str, Any] = {
    "type": "group", "id": ID(2), "event": ID(1), "number": 3, "theme": "family", "moderator": "Алёна"
}  # fmt: skip


def card(number: int, text: str = "Молодёжь уезжает", kind: str = "barrier", **values: Any) -> dict[str, Any]:
    return {"type": "card", "id": ID(number), "group": ID(2), "kind": kind, "text": text, **values}


def link(number: int, source: int, target: int, relation: str = "overcomes") -> dict[str, Any]:
    ends = {"source": ID(source), "target": ID(target)}
    return {"type": "link", "id": ID(number), "group": ID(2), "relation": relation, **ends}


def write(path: Path, *records: Any) -> Path:
    """Write records; a text stands as it is."""
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path
