"""The parts of the simulation: chance, arrivals, queues, the search; laws, and what is no law."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.simulation.agenda import Agenda
from hub.simulation.concerns import TEXT, incoming, moments
from hub.simulation.draws import Draws
from hub.simulation.profile import Duration, Profile
from hub.simulation.profile_faults import WrongProfile, read_profile
from hub.simulation.results import quantile
from hub.simulation.staffing import interval, smallest, with_people
from hub.simulation.teams import Staff, Task, Work
from rules.local_time import STOCKHOLM
from tests.hub.played import concerns, shipped, town

START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

jobs = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), min_size=1, max_size=25)
shifts = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=12, max_size=12)


def starts(come: list[tuple[int, int]], people: list[int]) -> dict[int, datetime]:
    """When each job begins in a queue of one urgency, with so many people each hour."""
    agenda = Agenda(START)
    begun: dict[int, datetime] = {}

    def present(at: datetime) -> int:
        hour = int((at - START) / timedelta(hours=1))
        return people[hour] if hour < len(people) else 1

    def note(work: Work) -> None:
        begun[work.concern] = work.started_at

    staff = Staff("mottagning", agenda, present, note)
    for number, (at, length) in enumerate(sorted(come)):
        task = Task(
            step="beslut",
            concern=number,
            urgency=(0, START + at * MINUTE, number),
            length=length * MINUTE,
            done=lambda: None,
        )
        agenda.put(START + at * MINUTE, lambda task=task: staff.ask(task))  # type: ignore[misc]
    for hour in range(72):
        agenda.put(START + timedelta(hours=hour), staff.begin)
    agenda.run(START + timedelta(hours=72))
    return begun


@given(jobs, shifts)
@settings(max_examples=60, deadline=None)
def test_more_people_never_begin_a_task_of_one_urgency_later(
    come: list[tuple[int, int]], shifts: list[tuple[int, int]]
) -> None:
    few = starts(come, [one for one, _ in shifts])
    more = starts(come, [one + extra for one, extra in shifts])

    assert set(few) <= set(more)
    assert all(more[number] <= at for number, at in few.items())


def test_urgent_work_goes_before_work_that_came_earlier() -> None:
    agenda, done = Agenda(START), list[str]()
    staff = Staff("mottagning", agenda, lambda _at: 1, lambda work: done.append(work.step))
    for place, (step, urgency) in enumerate([("nivå", 0), ("avslut", 0), ("beslut", -2)]):
        staff.ask(
            Task(
                step=step,
                concern=place,
                urgency=(urgency, START, place),
                length=MINUTE,
                done=lambda: None,
            )
        )
    agenda.run(START + timedelta(hours=1))

    assert done == ["nivå", "beslut", "avslut"], "nobody is interrupted, then the urgent one"


def test_what_is_said_first_of_two_at_once_happens_first() -> None:
    agenda, seen = Agenda(START), list[int]()
    for number in range(3):
        agenda.put(START, lambda number=number: seen.append(number))  # type: ignore[misc]
    agenda.run(START)

    assert seen == [0, 1, 2]


def test_a_draw_is_shifted_by_no_other_draw() -> None:
    one, other = Draws(7), Draws(7)
    other.chance("något annat")

    assert one.chance("frånvaro", 3) == other.chance("frånvaro", 3)
    assert one.chance("frånvaro", 3) != one.chance("frånvaro", 4)
    assert Draws(8).chance("frånvaro", 3) != one.chance("frånvaro", 3)


def test_half_of_the_lengths_are_under_the_median_and_two_thirds_within_the_spread() -> None:
    duration = Duration(median=20, spread=1.5)
    lengths = [Draws(1).length(duration, n) for n in range(2000)]

    assert quantile(lengths, 0.5) == pytest.approx(20, rel=0.05)
    within = sum(20 / 1.5 <= it <= 20 * 1.5 for it in lengths) / len(lengths)
    assert within == pytest.approx(0.683, abs=0.03)


def test_as_many_concerns_come_as_the_profile_says_and_at_its_hours() -> None:
    profile = shipped()
    until = profile.begins() + timedelta(weeks=100)
    came = list(moments(profile.arrivals, Draws(2), profile.begins(), until=until))
    at_ten = sum(it.astimezone(STOCKHOLM).hour == 10 for it in came)
    hours = profile.arrivals.hours

    assert len(came) / 100 == pytest.approx(profile.arrivals.per_week, rel=0.05)
    assert at_ten / len(came) == pytest.approx(hours[10] / sum(hours), rel=0.15)
    assert came == sorted(came)


def test_a_concern_describes_nobody() -> None:
    profile = shipped()
    until = profile.begins() + timedelta(days=7)
    came = list(incoming(profile, concerns(), Draws(2), until=until))

    assert came
    for it in came:
        (reported,) = it.report.children
        assert it.report.text == TEXT
        assert (reported.child.name, reported.child.personal_number) == (None, None)
        assert reported.child.birth_date is None
        assert (it.report.reporter.name, it.report.reporter.contact) == (None, None)
        assert reported.siblings == ()


def kept_by(profile: Profile, needed: dict[int, int]) -> float:
    missing = sum(max(0, n - profile.staffing[place].people) for place, n in needed.items())
    return 1 - missing / 10


def test_the_search_finds_the_fewest_that_hold() -> None:
    needed = {0: 3, 1: 1, 2: 2, 4: 5}
    found = smallest(town(), 1.0, lambda it, _seed: kept_by(it, needed), seed=1)
    places = [n for n, it in enumerate(town().staffing) if it.team in ("mottagning", "beslutare")]

    assert found.reached
    assert {n: found.blocks[n].people for n in places} == {n: needed.get(n, 0) for n in places}
    assert (found.low, found.share, found.high) == (1.0, 1.0, 1.0)
    assert found.proved


def test_a_goal_that_people_cannot_reach_is_told_as_that() -> None:
    found = smallest(town(), 0.99, lambda _it, _seed: 0.5, seed=1)

    assert not found.reached
    assert not found.proved


def test_a_goal_that_held_by_luck_on_the_seeds_of_the_search_is_not_proved() -> None:
    found = smallest(town(), 0.9, lambda _it, seed: 1.0 if seed < 100 else 0.8, seed=1)

    assert found.reached
    assert found.share == pytest.approx(0.8)
    assert not found.proved


def test_the_search_leaves_the_other_teams_alone() -> None:
    changed = with_people(town(), {0: 7})

    assert changed.staffing[0].people == 7
    assert changed.staffing[1:] == town().staffing[1:]


def test_the_interval_is_students() -> None:
    low, high = interval([0.90, 0.94, 0.92])

    assert low == pytest.approx(0.92 - 4.30 * 0.02 / 3**0.5)
    assert high == pytest.approx(0.92 + 4.30 * 0.02 / 3**0.5)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"hittepå": 1}, "hittepå"),
        ({"start": None}, "start"),
        ({"work": {"beslut": {"median": 1, "spread": 1}}}, "skyddsbedömning"),
        ({"absence": {"mottagning": 2}}, "absence.mottagning"),
        ({"outages": [{"what": "lunch", "day": 0, "hour": 0, "hours": 1}]}, "outages.0.what"),
    ],
)
def test_a_fault_in_a_profile_is_told_by_field(change: dict[str, object], where: str) -> None:
    values = {**shipped().model_dump(mode="json"), **change}

    with pytest.raises(WrongProfile) as wrong:
        read_profile(values)
    assert any(where in sentence for sentence in wrong.value.sentences)
