"""What the clearing of some cells of a table comes to."""

from dataclasses import dataclass, field

from facilitator.services.commands import ClearTable


@dataclass
class TableClearing:
    """Gathers what goes, cell by cell, until it is one command."""

    cards: dict[str, None] = field(default_factory=dict)
    links: dict[tuple[str, str], None] = field(default_factory=dict)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def remove(self, card: str) -> None:
        """Take a card away."""
        self.cards[card] = None

    def unlink(self, card: str, relation: str) -> None:
        """Let go of what a relation of a card leads to."""
        self.links[card, relation] = None

    def empty(self, card: str, name: str) -> None:
        """Empty a field of a card."""
        self.fields[card] = (*self.fields.get(card, ()), name)

    def command(self) -> ClearTable | None:
        """Return the one act all this comes to, or ``None`` when there is nothing to take away."""
        if not (self.cards or self.links or self.fields):
            return None
        return ClearTable(tuple(self.cards), tuple(self.links), self.fields)
