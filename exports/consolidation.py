"""The groups of a centre in the order a report tells them: by theme, with the label each is known by."""

from collections import Counter
from typing import NamedTuple

from exports.model import ConsolidatedGroup, ConsolidatedReport
from exports.phrases import Phrases
from exports.reading import GroupReading


class Source(NamedTuple):
    """One group with its reading. ``counted`` is false for the further versions of a conflicting group."""

    group: ConsolidatedGroup
    reading: GroupReading
    counted: bool


def sources_of(report: ConsolidatedReport, phrases: Phrases) -> tuple[Source, ...]:
    """Return the groups of a report by theme, then by district and number."""
    themes = {theme: place for place, theme in enumerate(report.catalogues.themes)}
    districts = {district: place for place, district in enumerate(report.catalogues.sessions)}

    def order(group: ConsolidatedGroup) -> tuple[int, int, int, str, str]:
        snapshot = group.snapshot
        theme = themes.get(snapshot.group.theme, len(themes))
        district = districts.get(snapshot.event.district, len(districts))
        return theme, district, snapshot.group.number, group.principal, group.stamp.package_id

    groups = sorted(report.groups, key=order)
    names = _names(report, phrases)
    versions: Counter[str] = Counter()
    sources = []
    for group in groups:
        versions[group.principal] += 1
        number = versions[group.principal]
        label = names[group.principal]
        if group.conflicting:
            label = phrases.gettext("{group}, version {n}").format(group=label, n=number)
        reading = GroupReading(group.snapshot, report.script, report.catalogues, phrases, label=label)
        sources.append(Source(group, reading, counted=number == 1))
    return tuple(sources)


def _names(report: ConsolidatedReport, phrases: Phrases) -> dict[str, str]:
    """Return what each principal's group is called: «гр. 3», with the district where there are several."""
    snapshots = {group.principal: group.snapshot for group in report.groups}
    several = len({snapshot.event.district for snapshot in snapshots.values()}) > 1
    names = {}
    for principal, snapshot in snapshots.items():
        name = phrases.gettext("group {number}").format(number=snapshot.group.number)
        district = district_short(report, snapshot.event.district)
        names[principal] = f"{district}, {name}" if several else name
    shared = Counter(names.values())
    return {key: f"{name} ({key})" if shared[name] > 1 else name for key, name in names.items()}


def district_short(report: ConsolidatedReport, district: str) -> str:
    """Return the short name of a district, such as «СКФО»."""
    session = report.catalogues.sessions.get(district)
    return session.short if session else district


def discussed(report: ConsolidatedReport, phrases: Phrases, sources: tuple[Source, ...]) -> str:
    """Return where a theme was discussed: «Тема обсуждалась на 2 площадках: СКФО (гр. 1, гр. 3)»."""
    places: dict[str, list[str]] = {}
    for group, _reading, counted in sources:
        if counted:
            numbers = places.setdefault(district_short(report, group.snapshot.event.district), [])
            numbers.append(phrases.gettext("group {number}").format(number=group.snapshot.group.number))
    count = sum(map(len, places.values()))
    told = ", ".join(f"{district} ({', '.join(numbers)})" for district, numbers in places.items())
    written = phrases.ngettext(
        "The theme was discussed by {n} group: {places}.",
        "The theme was discussed by {n} groups: {places}.",
        count,
    )
    return written.format(n=count, places=told)
