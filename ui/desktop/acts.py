"""What the acts are called in words, for undo, redo and toasts."""

from collections.abc import Callable, Mapping

from facilitator.script.model import Script
from facilitator.services.group_service import ActName

Translate = Callable[[str], str]

REMOVALS = frozenset({"card-removed", "cluster-removed", "person-removed", "consent-withdrawn"})
"""Acts after which a way back is offered at once."""


def act_words(name: ActName, script: Script, language: str, _: Translate) -> str:
    """Return an act in words, such as «запись: „Очередь на год“»."""
    words = acts(_)[name.code]
    subject = name.subject
    if name.code.startswith("step-"):
        subject = script.step(subject).title.in_language(language)
    return words.format(subject=subject)


def acts(_: Translate) -> Mapping[str, str]:
    """Return the words of every act code that a command can leave in the journal."""
    return {
        "card-added": _("recording “{subject}”"),
        "card-edited": _("editing “{subject}”"),
        "card-status-set": _("changing the status of “{subject}”"),
        "card-privacy-set": _("changing who sees “{subject}”"),
        "card-clustered": _("moving “{subject}” to another cluster"),
        "card-marked": _("marking “{subject}”"),
        "card-author-set": _("changing the author of “{subject}”"),
        "card-details-set": _("filling in the details of “{subject}”"),
        "card-moved": _("moving “{subject}”"),
        "card-removed": _("deleting “{subject}”"),
        "text-written": _("writing the text “{subject}”"),
        "cluster-added": _("making the cluster “{subject}”"),
        "cluster-renamed": _("renaming the cluster “{subject}”"),
        "cluster-removed": _("deleting the cluster “{subject}”"),
        "links-set": _("linking “{subject}”"),
        "dots-given": _("giving dots to “{subject}”"),
        "people-added": _("adding people to the list: {subject}"),
        "person-changed": _("changing in the list: {subject}"),
        "person-removed": _("removing from the list: {subject}"),
        "consent-withdrawn": _("forgetting the name and contacts: {subject}"),
        "group-changed": _("changing the details of the group"),
        "step-waiting": _("putting back the step “{subject}”"),
        "step-running": _("beginning the step “{subject}”"),
        "step-done": _("finishing the step “{subject}”"),
        "records-taken": _("taking in records: {subject}"),
    }
