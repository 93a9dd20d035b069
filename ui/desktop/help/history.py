"""The way back and forth through the topics that were read, each at the line one had come to."""

from dataclasses import dataclass, field


@dataclass
class Stop:
    """A topic and how far it was scrolled, in pixels."""

    topic: str
    scrolled: int = 0


@dataclass
class History:
    """Where one is, the stops before and those one came back from."""

    here: Stop
    before: list[Stop] = field(default_factory=list)
    after: list[Stop] = field(default_factory=list)

    def visit(self, topic: str, scrolled: int) -> None:
        """Go to a topic from here, scrolled so far; the stops one came back from are forgotten."""
        if topic != self.here.topic:
            self.before.append(Stop(self.here.topic, scrolled))
            self.here = Stop(topic)
            self.after.clear()

    def back(self, scrolled: int) -> bool:
        """Go back a stop, if there is one."""
        return self._go(self.before, self.after, scrolled)

    def forth(self, scrolled: int) -> bool:
        """Go forth to where one came back from, if one did."""
        return self._go(self.after, self.before, scrolled)

    def _go(self, source: list[Stop], target: list[Stop], scrolled: int) -> bool:
        if not source:
            return False
        target.append(Stop(self.here.topic, scrolled))
        self.here = source.pop()
        return True
