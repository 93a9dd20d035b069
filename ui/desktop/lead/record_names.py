"""What types of records, their fields and their states are called."""

from collections.abc import Callable, Mapping


def type_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Return what the types of records are called; a card is called by its kind."""
    return {
        "event": _("Session"),
        "group": _("Group"),
        "participant": _("Participant"),
        "cluster": _("Cluster"),
        "link": _("Link"),
        "round": _("Voting"),
        "vote": _("Dots"),
        "step": _("Step"),
    }


def state_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Return what the states of steps and of votings are called."""
    return {
        "open": _("open"),
        "waiting": _("not begun"),
        "running": _("under way"),
        "done": _("finished"),
        "closed": _("closed"),
        "revealed": _("shown to all"),
    }


def field_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Return what the fields of records are called."""
    return {
        "code": _("Code"),
        "script": _("Script"),
        "district": _("District"),
        "city": _("City"),
        "venue": _("Venue"),
        "starts": _("First day"),
        "ends": _("Last day"),
        "number": _("Number"),
        "moderator": _("Moderator"),
        "method": _("Way of voting"),
        "budget": _("Dots for each"),
        "author": _("Author"),
        "cluster": _("Cluster"),
        "status": _("State"),
        "state": _("State"),
        "marks": _("Marks"),
        "fields": _("Details"),
        "position": _("Place"),
        "created": _("Recorded"),
        "modified": _("Changed"),
        "kind": _("Kind"),
        "region": _("Region"),
        "category": _("Category"),
        "relation": _("Relation"),
        "value": _("Dots"),
        "participant": _("Participant"),
        "objection": _("Objection"),
        "theme": _("Theme"),
        "room": _("Room"),
        "started": _("Begun"),
        "finished": _("Finished"),
        "note": _("Note"),
    }
