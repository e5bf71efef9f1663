"""The replay says whose level would change, by which rules and to which deadline, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rules.answer import Answer, Value
from rules.language.ruleset import RuleSet
from rules.language.shape import LevelPromise
from rules.language.syntax import Answered, AnyOf, Not
from rules.level import Level
from rules.span import parse_span
from tests.rules import language
from workflows.concern_line import Concern
from workflows.past_concerns import Columns, Shift
from workflows.recounting import Outcome, Recount
from workflows.replaying import SAMPLE, Change, ColumnsDiffer, Direction, Replay, replay

TODAY = date(2026, 3, 2)
MOMENT = datetime(2026, 2, 9, 7, 55, tzinfo=UTC)
YES, NO = Answer(Value.YES, "skola"), Answer(Value.NO, "skola")


@dataclass(frozen=True)
class Counted:
    """What columns would have said, worked out one by one."""

    pairs: tuple[tuple[Outcome, Outcome], ...]

    @property
    def flows(self) -> Mapping[tuple[Level, Level], int]:
        ways = [(before.level, after.level) for before, after in self.pairs]
        return {(one, other): ways.count((one, other)) for one in Level for other in Level}

    @property
    def shifts(self) -> Sequence[Shift]:
        every = sorted({rule for pair in self.pairs for side in pair for rule in side.rules})
        held = {rule: [(rule in b.rules, rule in a.rules) for b, a in self.pairs] for rule in every}
        return [
            Shift(rule, sum(b for b, _ in at), sum(a for _, a in at), sum(b != a for b, a in at))
            for rule, at in held.items()
        ]

    @property
    def changed(self) -> Sequence[int]:
        return [n for n, (before, after) in enumerate(self.pairs) if before.level != after.level]

    def outcomes(self, places: Sequence[int]) -> Sequence[tuple[Outcome, Outcome]]:
        return [self.pairs[place] for place in places]


class Few:
    """Concerns in memory; `wrong` of them are said to be röd by the columns."""

    def __init__(self, told: Iterable[Concern], wrong: Sequence[int] = ()) -> None:
        self._told, self._wrong = tuple(told), wrong
        self.looked: list[int] = []

    def __len__(self) -> int:
        return len(self._told)

    def compared(self, old: RuleSet, new: RuleSet, *, today: date) -> Columns:
        sides = Recount(old, today), Recount(new, today)
        pairs = [(sides[0].outcome(it), sides[1].outcome(it)) for it in self._told]
        for place in self._wrong:
            before, after = pairs[place]
            pairs[place] = before, replace(after, high=Level.GREEN)
        return Counted(tuple(pairs))

    def names(self, places: Sequence[int]) -> Sequence[tuple[str, datetime | None]]:
        return [(self._told[place].id, self._told[place].received_at) for place in places]

    def concerns(self, places: Sequence[int]) -> Sequence[Concern]:
        self.looked = list(places)
        return [self._told[place] for place in places]


def concern(name: str, received_at: datetime | None = MOMENT, **answers: Answer) -> Concern:
    return Concern(name, {}, answers, received_at)


def rules(a: Level, **spans: str) -> RuleSet:
    """A rule for each of two questions; the level of the first is given."""
    times = {"röd": "4 h", "orange": "12 h", "grön": "14 dagar"} | spans
    promises = {
        Level(level): LevelPromise(name=level, handle_within=parse_span(span), hub=False)
        for level, span in times.items()
    }
    ruleset = language.ruleset(
        [
            language.rule("om-a", a, Answered("a")),
            language.rule("om-b", Level.ORANGE, Answered("b")),
        ]
    )
    return replace(ruleset, levels=promises)


OLD = rules(Level.ORANGE)


def replayed(told: Iterable[Concern], old: RuleSet = OLD, new: RuleSet | None = None) -> Replay:
    after = new or rules(Level.RED)
    return replay(
        Few(told),
        old,
        after,
        today=TODAY,
        rests=lambda day: "en helg" if day.weekday() > 4 else None,
    )


def test_a_concern_that_rises_is_told_with_its_rules_and_both_deadlines() -> None:
    found = replayed([concern("1", a=YES, b=YES), concern("2", b=YES), concern("3")])

    assert found.changes == (
        Change(
            id="1",
            received_at=MOMENT,
            before=Level.ORANGE,
            after=Level.RED,
            rules_before=("om-a", "om-b"),
            rules_after=("om-a",),
            deadline_before=MOMENT + timedelta(hours=12),
            deadline_after=MOMENT + timedelta(hours=4),
        ),
    )
    assert (found.changes[0].direction, found.changes[0].sooner) == (Direction.RAISED, True)
    assert (found.moving(Direction.RAISED), found.moving(Direction.LOWERED)) == (1, 0)
    assert found.sooner == 1
    assert found.flows[Level.ORANGE, Level.RED] == found.flows[Level.ORANGE, Level.ORANGE] == 1


def test_a_concern_that_falls_is_told_with_the_rule_that_no_longer_raises_it() -> None:
    found = replayed([concern("1", a=YES)], old=rules(Level.RED), new=rules(Level.ORANGE))

    (change,) = found.changes
    assert (change.direction, change.because, change.sooner) == (
        Direction.LOWERED,
        ("om-a",),
        False,
    )
    assert found.shifts == (Shift("om-a", 1, 1, other=0, tips=1),)


def test_a_deadline_in_days_ends_as_the_law_says() -> None:
    """14 days from Saturday 2026-02-14 end on a Saturday, moved to the end of Monday."""
    saturday = datetime(2026, 2, 14, 12, tzinfo=UTC)

    found = replayed(
        [concern("1", saturday, a=YES)], old=rules(Level.GREEN), new=rules(Level.ORANGE)
    )

    assert found.changes[0].deadline_before == datetime(2026, 3, 2, 23, tzinfo=UTC)


def test_a_concern_without_a_day_has_no_deadline() -> None:
    (change,) = replayed([concern("1", None, a=YES)]).changes

    assert (change.deadline_before, change.deadline_after, change.sooner) == (None, None, False)


def test_a_shorter_promise_shortens_the_deadline_of_those_that_keep_their_level() -> None:
    found = replayed(
        [concern("1", b=YES), concern("2")], new=rules(Level.ORANGE, orange="8 h", grön="3 veckor")
    )

    told = [(it.level, str(it.before), str(it.after), it.count, it.sooner) for it in found.promises]
    assert told == [
        (Level.ORANGE, "12 h", "8 h", 1, True),
        (Level.GREEN, "14 dagar", "3 veckor", 1, False),
    ]
    assert (found.changes, found.sooner) == ((), 1)


def test_a_level_that_every_answer_gives_is_of_no_rule() -> None:
    """When c is not known both answers to it give orange, and no rule holds."""
    either = AnyOf((Answered("c"), Not(Answered("c"))))
    new = replace(OLD, rules=(*OLD.rules, language.rule("om-c", Level.ORANGE, either)))

    (change,) = replayed([concern("1")], new=new).changes

    assert (change.after, change.rules_after) == (Level.ORANGE, ())


def test_nothing_is_answered_when_one_concern_differs_from_the_second_engine() -> None:
    few = Few([concern("1"), concern("2", a=YES), concern("3", a=NO)], wrong=[1])

    with pytest.raises(ColumnsDiffer, match="oense om 1 av 3 kontrollerade anmälningar, först 2"):
        replay(few, OLD, OLD, today=TODAY, rests=lambda _: None)


def test_of_many_a_sample_is_counted_twice_and_so_are_those_that_change() -> None:
    many = [concern(str(n), a=YES if n == 1 else NO) for n in range(2 * SAMPLE)]
    few = Few(many)

    found = replay(few, OLD, rules(Level.RED), today=TODAY, rests=lambda _: None)

    assert few.looked == sorted({*range(0, 2 * SAMPLE, 2), 1})
    assert found.checked == SAMPLE + 1


def test_no_concerns_are_no_changes() -> None:
    found = replayed([])

    assert (found.count, found.checked, found.changes) == (0, 0, ())
