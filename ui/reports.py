"""From a file on the disk to what a report is made of: for the command line and the window alike."""

from pathlib import Path

from exports.model import GroupReport, PackageStamp

from facilitator.script.chain import find_gaps
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group


def group_report(path: Path) -> GroupReport:
    """Read what the report of a group's file is made of. Raises what opening the file raises."""
    with open_group(path) as service:
        return group_report_of(service)


def group_report_of(service: GroupService) -> GroupReport:
    """Take what the report of an open group is made of, from one snapshot."""
    group = service.snapshot
    made = service.exports()
    stamp = None
    if made and made[-1].package:
        last = made[-1]
        stamp = PackageStamp(last.package or "", last.fingerprint, last.rev, last.created)
    return GroupReport(group, service.script, service.catalogues, find_gaps(service.script, group), stamp)
