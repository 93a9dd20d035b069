"""What the acts are called in words, for both faces: undo, redo, toasts and the log of acts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from exports.act_log import LogRow
from facilitator.script.model import Script
from facilitator.services.group_service import ActName
from facilitator.storage.journal import LogLine
from ui.sentences import Translate

REMOVALS = frozenset(
    {"card-removed", "cluster-removed", "clusters-joined", "person-removed", "consent-withdrawn"}
)
"""Acts after which a way back is offered at once."""


def act_words(name: ActName, script: Script, language: str, _: Translate) -> str:
    """Return an act in words, such as «запись: „Очередь на год“»."""
    return _in_words(name, acts(_), script, language)


def acts(_: Translate) -> Mapping[str, str]:
    """Return the words of every act code that a command can leave in the journal."""
    return {
        "card-added": _("recording “{subject}”"),
        "card-edited": _("editing “{subject}”"),
        "card-status-set": _("changing the status of “{subject}”"),
        "publishing-agreed": _("agreeing to publish: {subject}"),
        "publishing-withdrawn": _("taking back the agreement to publish: {subject}"),
        "card-privacy-set": _("changing who sees “{subject}”"),
        "card-clustered": _("moving “{subject}” to another cluster"),
        "card-marked": _("marking “{subject}”"),
        "card-author-set": _("changing the author of “{subject}”"),
        "card-details-set": _("filling in the details of “{subject}”"),
        "card-moved": _("moving “{subject}”"),
        "card-removed": _("deleting “{subject}”"),
        "text-written": _("writing the text “{subject}”"),
        "source-inserted": _("inserting “{subject}” into the text"),
        "target-added": _("recording and linking “{subject}”"),
        "table-entered": _("pasting into the table: “{subject}”"),
        "table-cleared": _("clearing cells of the table: “{subject}”"),
        "cluster-added": _("making the cluster “{subject}”"),
        "cluster-renamed": _("renaming the cluster “{subject}”"),
        "clusters-joined": _("joining with the cluster “{subject}”"),
        "cluster-removed": _("deleting the cluster “{subject}”"),
        "links-set": _("linking “{subject}”"),
        "card-split": _("splitting “{subject}”"),
        "cards-joined": _("joining with “{subject}”"),
        "card-separated": _("separating “{subject}”"),
        "dots-given": _("giving dots to “{subject}”"),
        "dots-cast": _("entering the dots of {subject}"),
        "fingers-shown": _("entering the fingers of {subject}"),
        "round-opened": _("opening a vote at the step “{subject}”"),
        "round-open": _("opening the vote again at the step “{subject}”"),
        "round-closed": _("closing the vote at the step “{subject}”"),
        "round-revealed": _("revealing the vote at the step “{subject}”"),
        "people-added": _("adding people to the list: {subject}"),
        "person-changed": _("changing in the list: {subject}"),
        "person-removed": _("removing from the list: {subject}"),
        "consent-withdrawn": _("forgetting the name and contacts: {subject}"),
        "group-changed": _("changing the details of the group"),
        "step-waiting": _("putting back the step “{subject}”"),
        "step-running": _("beginning the step “{subject}”"),
        "day-closed": _("closing day {subject}"),
        "step-done": _("finishing the step “{subject}”"),
        "records-taken": _("taking in records: {subject}"),
    }


def log_rows(lines: Iterable[LogLine], script: Script, language: str, _: Translate) -> tuple[LogRow, ...]:
    """Return the log of acts in words, in its order and by this computer's clock."""
    words = acts(_)
    return tuple(
        LogRow(
            at=_local(line.at),
            actor=line.actor,
            act=_in_words(ActName(line.code, line.subject), words, script, language),
            undone=_local(line.undone) if line.undone is not None else None,
        )
        for line in lines
    )


def _in_words(name: ActName, words: Mapping[str, str], script: Script, language: str) -> str:
    """An act of a later version of the program stands by its code."""
    subject = name.subject
    if name.code.startswith(("step-", "round-")):
        subject = script.step(subject).title.in_language(language)
    return words.get(name.code, name.code).format(subject=subject)


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone()
