"""What is safe of a group at the end of a day: its copies and packages against its last act."""

from datetime import datetime
from typing import NamedTuple

from facilitator.services.group_service import GroupService
from facilitator.storage.backup import list_backups


class Safe(NamedTuple):
    """When the newest sound copy and the newest package were made, and the last act that they should hold."""

    copied: datetime | None = None
    handed_over: datetime | None = None
    acted: datetime | None = None

    def holds(self, made: datetime | None) -> bool:
        """Whether something made then holds all that was done."""
        return made is not None and (self.acted is None or made >= self.acted)


def look_at_safety(service: GroupService) -> Safe:
    """Look at what is safe; closing a day is no act that a copy or a package has to hold."""
    copies = [backup.made for backup in list_backups(service.path) if backup.sound]
    exports = [datetime.fromisoformat(export.created) for export in service.exports()]
    acts = [line.undone or line.at for line in service.log() if line.code != "day-closed"]
    return Safe(
        max(copies, default=None),
        max(exports, default=None),
        datetime.fromisoformat(max(acts)) if acts else None,
    )
