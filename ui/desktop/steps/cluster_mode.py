"""Sorting statements into clusters: columns side by side, those without a cluster always in view."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.domain.records import Card, Cluster
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import Fault
from facilitator.script.chain import stands
from facilitator.script.model import ScriptStep
from facilitator.services.commands import AddCluster, ChangeCards, JoinClusters, RemoveCluster, RenameCluster
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.theme.tokens import M, S
from ui.desktop.voting.near import Pair, find_pairs, together
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.cluster_column import ClusterColumn
from ui.desktop.widgets.elided_label import ElidedLabel
from ui.desktop.widgets.proposals import Find, Proposals


class ClusterMode(QWidget):
    """Digits put the selected cards into a cluster, 0 takes them out, and dragging does the same."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self.setProperty("help", "clusters")
        self._context = context
        self._session = context.session
        self._step = step
        self._describer = describer
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._name_next = False
        self._unlike: set[frozenset[str]] = set()
        _ = context.gettext
        self.columns: list[ClusterColumn] = [self._make_column(None)]
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(M)
        self.new = button(_("Make a cluster"), self._make_cluster)
        self.hint = button(_("Propose what is alike"), self.ask_hints)
        self.hints = Proposals(
            context, _("About the same?"), _("Put together in a column"), _("Leave as they are")
        )
        self._lay_out()
        self._session.refused.connect(self._show_again)
        self._show_clusters()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        keys = _(
            "1–9: into a cluster, the next number makes one · 0: out of it · Ctrl+← →: move aside"
            " · ← →: go aside · F2: name the cluster · F3: join it with the one beside · Shift+F2: split off"
            " · F4: fold it · Enter: edit the card · Del: remove it"
        )
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(ElidedLabel(keys, "small"), 1)
        head.addWidget(self.hint)
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
        column.addWidget(self.hints)
        column.addLayout(sides, 1)
        self.hints.hide()
        self.hints.taken.connect(self._take_hint)
        self.hints.passed.connect(lambda find: self._unlike.add(frozenset(find)))
        self.hints.left.connect(self.focus_entry)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed; a cluster made with the button asks for its name."""
        self._show_clusters()
        self.hints.refresh()
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
        made.joining_asked.connect(partial(self._join, made))
        made.splitting_asked.connect(lambda: self._split_off(made.list.chosen))
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

    def _split_off(self, cards: list[str]) -> None:
        """Make a column of the selected cards, and ask for its name."""
        if cards:
            self._make_cluster(cards)
            self._name_next = True

    def _join(self, column: ClusterColumn) -> None:
        """Put a column into the one on its left, the first into the one on its right."""
        place = self.columns.index(column)
        others = self.columns[1:]
        if column.cluster is None or len(others) < 2:
            return
        into = others[place - 2] if place > 1 else others[1]
        self._session.perform(JoinClusters(column.cluster, str(into.cluster)))
        into.focus_cards()

    # What is alike, when it is asked for

    def ask_hints(self) -> None:
        """Look for statements without a cluster that are about the same."""
        cards = self.columns[0].list.cards.cards
        find_pairs(self._context, self, (card for card in cards if stands(card)), self._offer_hints)

    def _offer_hints(self, pairs: list[Pair]) -> None:
        there = self._session.snapshot.cards
        groups = ([key for key in group if key in there] for group in together(pairs))
        finds = [tuple(group) for group in groups if len(group) > 1]
        self.hints.offer([find for find in finds if frozenset(find) not in self._unlike])

    def _take_hint(self, find: Find, _chosen: str) -> None:
        self._make_cluster(list(find))
        self.hints.drop(set(find))

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
