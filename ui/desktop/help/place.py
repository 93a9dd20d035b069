"""Which topic of Help belongs to a place of the window: a widget names it by the property ``help``."""

from PySide6.QtWidgets import QWidget

PROPERTY = "help"


def topic_near(widget: QWidget) -> str | None:
    """Return the nearest topic: the widget's own, a parent's, or that of what is shown below one."""
    place: QWidget | None = widget
    while place is not None:
        if topic := _topic_in(place):
            return topic
        place = None if place.isWindow() else place.parentWidget()
    return None


def _topic_in(place: QWidget) -> str | None:
    here = (place, *place.findChildren(QWidget))
    shown = (each for each in here if each is place or each.isVisibleTo(place))
    return next((str(topic) for each in shown if (topic := each.property(PROPERTY))), None)
