"""The session script as a value. These definitions are the schema that ``script.toml`` is checked against."""

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from facilitator.domain.records import CARD_TEXT_LIMIT, Name
from facilitator.errors import UserFault

Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]
Need = Annotated[str, msgspec.Meta(pattern=r"\A(->|<-|\.)[a-z0-9]")]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wording in the two languages of the program."""

    ru: Text
    en: Text

    def in_language(self, language: str) -> str:
        """Return the wording in ``ru`` or ``en``; Russian is the first language and serves any other."""
        return self.en if language == "en" else self.ru


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer a choice field allows."""

    id: Name
    title: Words


class FieldDef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field that cards of a kind may carry. A date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    id: Name
    title: Words
    type: Literal["text", "date", "choice"] = "text"
    options: tuple[Option, ...] = ()
    hint: Words | None = None


class CardKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a statement can be: a norm, a barrier, an action. ``limit`` is in characters."""

    id: Name
    title: Words
    plural: Words
    limit: Annotated[int, msgspec.Meta(ge=1, le=CARD_TEXT_LIMIT)] = 2_000
    single: bool = False
    private: bool = False
    fields: tuple[FieldDef, ...] = ()

    def field(self, field_id: str) -> FieldDef | None:
        """Return the definition of a field, or ``None`` when cards of this kind have no such field."""
        return next((field for field in self.fields if field.id == field_id), None)


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How cards of some kinds point to cards of others; ``inverse`` reads from the target.

    One relation of a script may join: it leads from a near duplicate to the card that speaks for it.
    """

    id: Name
    sources: tuple[Name, ...]
    targets: tuple[Name, ...]
    title: Words
    inverse: Words
    joins: bool = False


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each card of a kind needs for the chain to hold: any one of several.

    A need is written ``->relation`` (the card is the source), ``<-relation`` (the target) or ``.field``.
    """

    kind: Name
    any_of: Annotated[tuple[Need, ...], msgspec.Meta(min_length=1)]
    words: Words

    @property
    def missing(self) -> str:
        """The needs without their arrows, such as ``overcomes|removes``."""
        return "|".join(need.lstrip("-<>.") for need in self.any_of)


class Method(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way of working together, as a card the moderator can read from."""

    id: Name
    minutes: Minutes
    title: Words
    purpose: Words
    how: Words
    say: Words


class SentenceRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many sentences a composed text may have, both ends included."""

    least: Count
    most: Count


class ScriptStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the session: what the group is asked and what it records. ``hint`` is for the moderator."""

    id: Name
    day: Count
    kind: Name
    minutes: Minutes
    title: Words
    question: Words
    hint: Words
    card_kinds: Annotated[tuple[CardKind, ...], msgspec.Meta(min_length=1)]
    methods: tuple[Name, ...] = ()
    sentences: SentenceRange | None = None


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A session script. ``sha256`` is the hash of the file's bytes, in hexadecimal; a group pins it."""

    id: Name
    version: Count
    title: Words
    steps: Annotated[tuple[ScriptStep, ...], msgspec.Meta(min_length=1)]
    methods: tuple[Method, ...] = ()
    relations: tuple[Relation, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    sha256: str = ""

    def step(self, step_id: str) -> ScriptStep:
        """Return a step. Raises ``UserFault("step-unknown")``."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise UserFault("step-unknown", field="step", step=step_id)

    def step_of_kind(self, card_kind: str) -> ScriptStep:
        """Return the step that records cards of a kind. Raises ``UserFault("kind-unknown")``."""
        return self._kind(card_kind)[0]

    def card_kind(self, kind_id: str) -> CardKind:
        """Return a card kind. Raises ``UserFault("kind-unknown")``."""
        return self._kind(kind_id)[1]

    def relation(self, relation_id: str) -> Relation:
        """Return a relation. Raises ``UserFault("relation-unknown")``."""
        for relation in self.relations:
            if relation.id == relation_id:
                return relation
        raise UserFault("relation-unknown", field="relation", relation=relation_id)

    def relations_from(self, card_kind: str) -> tuple[Relation, ...]:
        """Return the relations of the chain whose source can be a card of this kind."""
        return tuple(each for each in self.relations if card_kind in each.sources and not each.joins)

    def relations_to(self, card_kind: str) -> tuple[Relation, ...]:
        """Return the relations of the chain whose target can be a card of this kind."""
        return tuple(each for each in self.relations if card_kind in each.targets and not each.joins)

    @cached_property
    def joining(self) -> Relation | None:
        """The relation from a near duplicate to the card that speaks for it, if the script knows one."""
        return next((relation for relation in self.relations if relation.joins), None)

    def method(self, method_id: str) -> Method:
        """Return a method card. Raises ``UserFault("method-unknown")``."""
        for method in self.methods:
            if method.id == method_id:
                return method
        raise UserFault("method-unknown", field="method", method=method_id)

    @cached_property
    def _kinds(self) -> dict[str, tuple[ScriptStep, CardKind]]:
        return {kind.id: (step, kind) for step in self.steps for kind in step.card_kinds}

    def _kind(self, kind_id: str) -> tuple[ScriptStep, CardKind]:
        try:
            return self._kinds[kind_id]
        except KeyError:
            raise UserFault("kind-unknown", field="kind", kind=kind_id) from None
