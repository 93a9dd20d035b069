"""From a file on the disk to what a report is made of: for the command line and the window alike."""

from pathlib import Path

from exports.model import ConsolidatedGroup, ConsolidatedReport, GroupReport, PackageStamp
from facilitator.errors import UserFault
from facilitator.script.catalogues import load_catalogues
from facilitator.script.chain import find_gaps
from facilitator.script.loader import bundled_script
from facilitator.services.centre import CentreService
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group
from facilitator.storage.centre_file import KeptPackage


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


def consolidated_report(path: Path) -> ConsolidatedReport:
    """Read what the report of a centre is made of.

    Raises what opening the centre raises, ``UserFault("centre-empty")``, ``UserFault("script-unknown")``.
    """
    centre = CentreService.open(path, create=False)
    try:
        projection, state = centre.projection(), centre.result().state
        stamps = {package.id: _stamp(package) for package, _standing in centre.packages()}
    finally:
        centre.close()
    if not projection.groups:
        raise UserFault("centre-empty", path=path)
    script = bundled_script(projection.groups[0].heads[0].group.event.script)
    groups = tuple(
        ConsolidatedGroup(
            principal=group.principal,
            snapshot=head.group,
            stamp=stamps[head.id],
            gaps=find_gaps(script, head.group),
            conflicting=group.conflicting,
        )
        for group in projection.groups
        for head in group.heads
    )
    return ConsolidatedReport(groups, script, load_catalogues(), state)


def _stamp(package: KeptPackage) -> PackageStamp:
    fingerprint, _, _replica = package.origin.rpartition("/")
    return PackageStamp(package.id, fingerprint, package.rev, package.created)
