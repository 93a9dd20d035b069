"""Sorting statements into clusters: columns side by side, those without a cluster always in view."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.domain.records import Card, Cluster
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.commands import AddCluster, ChangeCards, RemoveCluster, RenameCluster
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.cluster_column import ClusterColumn


class ClusterMode(QWidget):
    """Digits put the selected cards into a cluster, 0 takes them out, and dragging does the same."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._step = step
        self._describer = describer
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._name_next = False
        _ = context.gettext
        self.columns: list[ClusterColumn] = [self._make_column(None)]
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(M)
        self.new = button(_("Make a cluster"), self._make_cluster)
        self._lay_out()
        self._session.refused.connect(self._show_again)
        self._show_clusters()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        keys = _(
            "1–9: into a cluster, the next number makes one · 0: out of it · Ctrl+← →: move aside"
            " · ← →: go aside · F2: name the cluster · Enter: edit the card · Del: remove it"
        )
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(label(keys, "small"), 1)
        head.addWidget(self.new)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setLayout(self._row)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        sides = QHBoxLayout()
        sides.setSpacing(M)
        sides.addWidget(self.columns[0], 2)
        sides.addWidget(self._area, 5)
        self._empty = label(
            _(
                "All statements are without a cluster.\nSelect some that are about the same and press 1:"
                " the first cluster appears; F2 names it."
            ),
            "note",
        )
        self._row.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addLayout(sides, 1)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed; a cluster made with the button asks for its name."""
        self._show_clusters()
        for column in self.columns:
            column.refresh(touched)
        edits = changes.edits if changes is not None and changes.direction == "done" else ()
        new = (edit.after for edit in edits if edit.before is None)
        made = [record for record in new if isinstance(record, Cluster)]
        if made:
            self._show_made(made[0].id)

    def _show_made(self, cluster: str) -> None:
        column = next((column for column in self.columns if column.cluster == cluster), None)
        if column is not None:
            if self._name_next:
                column.ask_name()
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(column))
        self._name_next = False

    def focus_entry(self) -> None:
        """Put the keyboard on the first card without a cluster, or else on the first cluster."""
        full = (column for column in self.columns if column.list.cards.cards)
        next(full, self.columns[0]).focus_cards()

    def _make_column(self, cluster: Cluster | None) -> ClusterColumn:
        key = cluster.id if cluster else None

        def choose(group: GroupSnapshot) -> list[Card]:
            return [card for card in group.cards_of(*self._kinds) if card.cluster == key]

        model = CardModel(self._context, self._describer, choose)
        made = ClusterColumn(self._context, cluster, model)
        made.assigned.connect(partial(self._assign, made))
        made.moved_aside.connect(partial(self._move_aside, made))
        made.left_for.connect(partial(self._go_aside, made))
        made.dropped.connect(lambda cards: self._put(cards, key))
        made.named.connect(lambda title: self._session.perform(RenameCluster(str(key), title)))
        made.removal_asked.connect(lambda: self._session.perform(RemoveCluster(str(key))))
        return made

    def _show_clusters(self) -> None:
        """Add and take away columns so that there is one for each cluster, in the group's order."""
        clusters = self._session.snapshot.clusters_of(self._step.id)
        there = {column.cluster: column for column in self.columns[1:]}
        wanted = [there.get(cluster.id) or self._make_column(cluster) for cluster in clusters]
        for key, column in there.items():
            if key not in self._session.snapshot.clusters:
                self._row.removeWidget(column)
                column.hide()
                column.deleteLater()
        for place, (column, cluster) in enumerate(zip(wanted, clusters, strict=True)):
            if self._row.indexOf(column) != place:
                self._row.insertWidget(place, column)
            column.show_title(place + 1, cluster.title)
        self.columns = [self.columns[0], *wanted]
        self.columns[0].show_title(0, self._context.gettext("Without a cluster"))
        self._empty.setVisible(not clusters)

    def _assign(self, column: ClusterColumn, digit: int) -> None:
        """Put the selected cards of a column into the cluster of a digit; the next free digit makes one."""
        cards = column.list.chosen
        if not cards:
            return
        if digit < len(self.columns):
            self._put(cards, self.columns[digit].cluster)
        elif digit == len(self.columns):
            self._make_cluster(cards)

    def _put(self, cards: list[str], cluster: str | None) -> None:
        there = self._session.snapshot.cards
        moving = tuple(card for card in cards if card in there and there[card].cluster != cluster)
        if moving:
            self._session.perform(ChangeCards(moving, {"cluster": cluster}))

    def _make_cluster(self, cards: list[str] | None = None) -> None:
        self._name_next = not cards
        title = self._context.gettext("Cluster {n}").format(n=len(self.columns))
        self._session.perform(AddCluster(self._step.id, title, tuple(cards or ())))

    def _move_aside(self, column: ClusterColumn, distance: int) -> None:
        place = self.columns.index(column) + distance
        if 0 <= place < len(self.columns):
            self._put(column.list.chosen, self.columns[place].cluster)

    def _go_aside(self, column: ClusterColumn, distance: int) -> None:
        place = self.columns.index(column) + distance
        if 0 <= place < len(self.columns):
            self.columns[place].focus_cards()
            self._area.ensureWidgetVisible(self.columns[place])

    def _show_again(self, _fault: Fault, command: object) -> None:
        """Show the names as they are after one was refused."""
        self._name_next = False
        if isinstance(command, RenameCluster):
            self._show_clusters()
