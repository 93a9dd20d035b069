"""A walk through commands, undo, redo and reopening: the service always says what the file holds."""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from facilitator.domain.integrity import check_whole
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.services.commands import (
    AddCards,
    AddCluster,
    AddPeople,
    ChangeCards,
    ChangePerson,
    Command,
    GiveDots,
    NewPerson,
    RemoveCards,
    RemoveCluster,
    RemovePerson,
    RenameCluster,
    SetLinks,
    SetStepState,
    WriteText,
)  # fmt: skip
from facilitator.services.groups import open_group
from facilitator.storage.group_file import GroupFile
from tests.helpers.records import texts
from tests.helpers.sessions import begin

KINDS = ("present-norm", "future-norm", "barrier", "rule", "personal-mission", "product", "action")
STEPS = ("present", "future", "barriers", "rules")
RELATIONS = ("overcomes", "hinders", "replaces", "delivers", "removes", "draws-on")


class Workflow(RuleBasedStateMachine):
    """Does what a moderator may do in any order, and keeps the states that undo must give back."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="facilitator-"))
        self.path = self.folder / "g.fgroup"
        self.service = begin(self.path, NewPerson("Алёна"))
        self.done = [GroupSnapshot(self.service.snapshot.event, self.service.snapshot.group)]
        self.done.append(self.service.snapshot)
        self.undone: list[GroupSnapshot] = []

    def perform(self, command: Command) -> None:
        before = self.service.snapshot
        try:
            changes = self.service.perform(command)
        except UserFault:
            assert self.service.snapshot == before
            return
        if changes.edits:
            self.done.append(self.service.snapshot)
            self.undone.clear()

    def one(self, data: st.DataObject, ids: object) -> str:
        return data.draw(st.sampled_from(sorted(ids) or ["018f0000-0000-7000-8000-000000000099"]))  # type: ignore[call-overload]

    def some(self, data: st.DataObject, ids: object) -> tuple[str, ...]:
        return tuple(data.draw(st.lists(st.sampled_from(sorted(ids)), max_size=3)) if ids else ())  # type: ignore[call-overload]

    @rule(kind=st.sampled_from(KINDS), words=st.lists(texts(), max_size=3), data=st.data())
    def add_cards(self, kind: str, words: list[str], data: st.DataObject) -> None:
        author = data.draw(st.none() | st.sampled_from(sorted(self.service.snapshot.participants) or [None]))
        self.perform(AddCards(kind, tuple(words), author=author))

    @rule(words=texts(), data=st.data())
    def edit_cards(self, words: str, data: st.DataObject) -> None:
        self.perform(ChangeCards(self.some(data, self.service.snapshot.cards), {"text": words}))

    @rule(data=st.data())
    def put_cards_into_a_cluster(self, data: st.DataObject) -> None:
        cards = self.some(data, self.service.snapshot.cards)
        self.perform(ChangeCards(cards, {"cluster": self.one(data, self.service.snapshot.clusters)}))

    @rule(data=st.data())
    def remove_cards(self, data: st.DataObject) -> None:
        self.perform(RemoveCards(self.some(data, self.service.snapshot.cards)))

    @rule(kind=st.sampled_from(["mission", "image"]), words=texts() | st.just(" "))
    def write_a_text(self, kind: str, words: str) -> None:
        self.perform(WriteText(kind, words))

    @rule(step=st.sampled_from(STEPS), title=texts(), data=st.data())
    def add_a_cluster(self, step: str, title: str, data: st.DataObject) -> None:
        self.perform(AddCluster(step, title, self.some(data, self.service.snapshot.cards)))

    @rule(title=texts(), data=st.data())
    def rename_a_cluster(self, title: str, data: st.DataObject) -> None:
        self.perform(RenameCluster(self.one(data, self.service.snapshot.clusters), title))

    @rule(data=st.data())
    def remove_a_cluster(self, data: st.DataObject) -> None:
        self.perform(RemoveCluster(self.one(data, self.service.snapshot.clusters)))

    @rule(relation=st.sampled_from(RELATIONS), data=st.data())
    def set_links(self, relation: str, data: st.DataObject) -> None:
        cards = self.service.snapshot.cards
        self.perform(SetLinks(self.one(data, cards), relation, self.some(data, cards)))

    @rule(dots=st.integers(0, 9), data=st.data())
    def give_dots(self, dots: int, data: st.DataObject) -> None:
        self.perform(GiveDots(self.one(data, self.service.snapshot.cards), dots))

    @rule(name=texts() | st.just(""))
    def add_a_person(self, name: str) -> None:
        self.perform(AddPeople((NewPerson(name),)))

    @rule(name=texts() | st.just(""), data=st.data())
    def change_a_person(self, name: str, data: st.DataObject) -> None:
        self.perform(ChangePerson(self.one(data, self.service.snapshot.participants), NewPerson(name)))

    @rule(data=st.data())
    def remove_a_person(self, data: st.DataObject) -> None:
        self.perform(RemovePerson(self.one(data, self.service.snapshot.participants)))

    @rule(step=st.sampled_from(STEPS), state=st.sampled_from(["waiting", "running", "done"]))
    def set_a_steps_state(self, step: str, state: str) -> None:
        self.perform(SetStepState(step, state))  # type: ignore[arg-type]

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def undo(self) -> None:
        assert self.service.undo()
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        assert self.service.redo()
        self.done.append(self.undone.pop())

    @rule()
    def reopen(self) -> None:
        self.service.close()
        with closing(GroupFile.open(self.path)) as file:
            assert file.altered_records() == file.integrity_problems() == ()
        self.service = open_group(self.path)

    @invariant()
    def the_service_says_what_the_file_holds(self) -> None:
        snapshot = self.service.snapshot
        assert snapshot == self.done[-1] == self.service._file.snapshot()
        assert (self.service.undo_name is None) == (len(self.done) == 1)
        assert (self.service.redo_name is None) == (not self.undone)
        check_whole(snapshot)

    def teardown(self) -> None:
        if hasattr(self, "service"):
            self.service.close()
            shutil.rmtree(self.folder)


TestWorkflow = Workflow.TestCase
TestWorkflow.settings = settings(max_examples=settings.default.max_examples // 3, stateful_step_count=25)
