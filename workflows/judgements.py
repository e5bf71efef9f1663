"""What people said of the level that the rules proposed, read out of the events of each case.

A case is counted once: what counts is the last level that people set before the rules were run
again, held against the level that the rules proposed then. What they set later they set on other
grounds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby, takewhile

from rules import events as ev
from rules.level import Level, highest

LevelEvent = ev.Classified | ev.LevelSet | ev.LoweringProposed | ev.LoweringDeclined
KINDS = ("classified", "level_set", "lowering_proposed", "lowering_declined")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """An event about a case's level; None when the row cannot be read."""

    case_id: str
    number: str
    closed: bool
    event: LevelEvent | None


class Course(StrEnum):
    """What became of the proposed level."""

    CONFIRMED = "bekräftad"
    RAISED = "höjd"
    LOWERED = "sänkt"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A proposal and the answer to it.

    `by` set the level, or proposed to lower it; `said` is the classification that proposed it.
    """

    proposed: Level
    level: Level
    at: datetime
    by: str
    said: ev.Classified

    @property
    def course(self) -> Course:
        if self.level.above(self.proposed):
            return Course.RAISED
        return Course.LOWERED if self.proposed.above(self.level) else Course.CONFIRMED

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that determined the proposal; none when it was precaution, or nothing held."""
        held = (it.rule for it in self.said.classification.findings if it.level is self.proposed)
        return tuple(dict.fromkeys(held))


@dataclass(frozen=True, slots=True)
class LevelStory:
    """All that was said of one case's level, in order."""

    case_id: str
    number: str
    closed: bool
    events: tuple[LevelEvent, ...]
    readable: bool = True

    @property
    def classified(self) -> tuple[ev.Classified, ...]:
        return tuple(it for it in self.events if isinstance(it, ev.Classified))

    @property
    def judgement(self) -> Judgement | None:
        """None until people have set a level that the rules had proposed something for."""
        words = [place for place, it in enumerate(self.events) if isinstance(it, ev.LevelSet)]
        if not words:
            return None
        before = [it for it in self.events[: words[0]] if isinstance(it, ev.Classified)]
        rest = self.events[words[0] :]
        until = takewhile(lambda it: not isinstance(it, ev.Classified), rest)
        word = [it for it in until if isinstance(it, ev.LevelSet)][-1]
        if not before:
            return None
        level = proposed(before)
        said = next(it for it in reversed(before) if it.classification.level is level)
        return Judgement(level, word.level, word.at, word.proposed_by or word.by, said)

    @property
    def hands(self) -> frozenset[str]:
        """Everybody who has had a say on the level of the case."""
        found = {it.by for it in self.events if not isinstance(it, ev.Classified)}
        second = (it.proposed_by for it in self.events if isinstance(it, ev.LevelSet))
        return frozenset(found.union(it for it in second if it))


def proposed(classified: Iterable[ev.Classified]) -> Level:
    """The level that stands proposed: never lowered, save that knowing outweighs not knowing."""
    level, before = Level.GREEN, None
    for said in (it.classification for it in classified):
        fresh = before is None or before.nothing_was_known
        level, before = said.level if fresh else highest(level, said.level), said
    return level


def stories(rows: Iterable[LevelRow]) -> Iterator[LevelStory]:
    """Case by case; the rows of a case stand together and in order."""
    for _, of_case in groupby(rows, key=lambda row: row.case_id):
        told = list(of_case)
        events = tuple(row.event for row in told if row.event is not None)
        last = told[-1]
        whole = len(events) == len(told)
        yield LevelStory(last.case_id, last.number, last.closed, events, whole)
