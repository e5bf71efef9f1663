"""Which day a statement is of, and when it is due: 07.00 in Sweden, whatever the night was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.signing import derived
from rules.local_time import STOCKHOLM
from tests.people import World
from workflows import statements
from workflows.daily_statement import Signed, due, due_day, missed

FIRST_MORNING = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
SEAL = derived("ett långt och slumpat prov av en hemlighet")


def make(world: World) -> Signed | None:
    return statements.make(world.office, SEAL, skew=timedelta())


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 28), 6),
        (date(2026, 3, 29), 5),  # the night without an hour
        (date(2026, 10, 24), 5),
        (date(2026, 10, 25), 6),  # the night with two
        (date(2028, 2, 29), 6),
    ],
)
def test_seven_is_seven_in_sweden_after_every_night(day: date, utc: int) -> None:
    moment = due(day).astimezone(UTC)

    assert (moment.date(), moment.hour, moment.minute) == (day, utc, 0)
    assert due_day(moment) == day
    assert due_day(moment - timedelta(seconds=1)) == day - timedelta(days=1)


@given(st.integers(0, 20 * 366 * 24 * 60))
def test_the_day_to_state_is_always_the_last_whose_seven_has_come(minutes: int) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    day = due_day(at)

    assert due(day) <= at < due(day + timedelta(days=1))
    assert at.astimezone(STOCKHOLM).date() - day in (timedelta(), timedelta(days=1))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 40))
def test_no_day_between_two_statements_is_passed_over(last: date, gap: int) -> None:
    day = last + timedelta(days=gap)

    assert [last, *missed(last, day), day] == [last + timedelta(days=n) for n in range(gap + 1)]


@given(minutes=st.integers(0, 3 * 24 * 60), kept=st.booleans())
@example(minutes=17 * 60 + 5, kept=False)  # five past midnight in Sweden, in a new hub
def test_a_statement_that_is_wanting_is_always_one_that_can_be_made(
    minutes: int, kept: bool
) -> None:
    world = World()
    world.clock.now = FIRST_MORNING
    if kept:
        make(world)
    world.clock.forward(minutes=minutes)

    with world.office.uow() as work:
        wanting = statements.overdue(work, world.clock.now)
        assert wanting is None or make(world) is not None
