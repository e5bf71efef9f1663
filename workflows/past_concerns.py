"""Past concerns, any number of them, as a workflow is given them, and where they come from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from rules.classification import Classification
from rules.language.ruleset import RuleSet
from rules.language.vocabulary import Vocabulary
from rules.level import Level
from workflows.concern_line import Concern
from workflows.judgements import LevelRow
from workflows.recounting import Outcome


@dataclass(frozen=True, slots=True)
class Shift:
    """For how many concerns a rule holds before and after; `other` count those for one only.

    `tips` counts the concerns that get another level because of it: it gives the higher of the two.
    """

    rule: str
    before: int
    after: int
    other: int
    tips: int = 0


class Columns(Protocol):
    """The same concerns under two versions; a concern is known by its place, from 0."""

    @property
    def flows(self) -> Mapping[tuple[Level, Level], int]:
        """How many have one level before and one after, also where it is the same."""

    @property
    def shifts(self) -> Sequence[Shift]:
        """How often each rule of either version holds, by id; what it tips is not known here."""

    @property
    def changed(self) -> Sequence[int]:
        """The concerns that have another level, in order."""

    def outcomes(self, places: Sequence[int]) -> Sequence[tuple[Outcome, Outcome]]:
        """Before and after, of the concerns at those places."""


class PastConcerns(Protocol):
    """Any number of past concerns, ready to be classified at once."""

    def __len__(self) -> int: ...

    def compared(self, old: RuleSet, new: RuleSet, *, today: date) -> Columns:
        """Each under the rules of its own day in both versions, an undated one under today's."""

    def names(self, places: Sequence[int]) -> Sequence[tuple[str, datetime | None]]:
        """The id of each, and when it came in."""

    def concerns(self, places: Sequence[int]) -> Sequence[Concern]:
        """The concerns at those places, as they were told."""


Gather = Callable[[Iterable[Concern], Vocabulary], PastConcerns]


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case when it was first classified; its concern bears the number of the case."""

    case_id: str
    concern: Concern
    level: Level
    version: str


def past_case(
    case_id: str, number: str, received_at: datetime, *, said: Classification
) -> PastCase:
    """The case as its first classification has it."""
    concern = Concern(number, said.facts, said.answers, received_at)
    return PastCase(case_id, concern, said.level, said.rules_version)


class History(Protocol):
    """Every case from the side of the rules alone: no name, no text, nothing that came later."""

    def first_classified(self) -> Iterator[PastCase]:
        """Each case as it was first classified, in the order they came in."""

    def levels(self, since: datetime, until: datetime) -> Iterator[LevelRow]:
        """What was said of the level of each case of which anything was said from `since`.

        All of it until `until`, also what came before; the rows of a case in order.
        """


class CannotRead(Exception):
    """The whole file is something else than past concerns; the text says why."""


@dataclass(frozen=True, slots=True)
class BadConcern:
    """A line or row that was left out: its number from 1, its id if it has one, and why."""

    line: int
    id: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The concerns of a file; of the `left_out` bad ones some are told (`bad`)."""

    concerns: PastConcerns
    bad: tuple[BadConcern, ...] = ()
    left_out: int = 0
