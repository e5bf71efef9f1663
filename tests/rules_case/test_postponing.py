"""A clock is moved only on a ground that the rules name, and by what it actually rested."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import events as ev
from rules import why
from rules.alarms import breaches_before, due_events
from rules.case import Case
from rules.clock import is_warning
from rules.clocks import follow
from rules.errors import Invalid, NotAllowed
from rules.fold import extend
from rules.level import Level
from rules.people import Actor, Role
from rules.postponing import (
    AlreadyPassed,
    AlreadyResting,
    Asked,
    NoSuchClock,
    NotMovable,
    NotResting,
    NotWarned,
    acknowledge,
    resume,
    suspend,
)
from rules.postponing import extend as lengthen
from rules.schedule import Calendar
from rules.span import RestRule
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after, breaches, lived
from tests.rules_case.test_alarms import swept

LEGAL, REQUEST = "forhandsbedomning", "informationsinhamtning:b1"
NORA = Actor(
    "konto-Nora",
    "Nora",
    frozenset({Role.INTAKE}),
    "mottagning",
    frozenset({"inte_inleda_utredning", "inleda_utredning"}),
)
MIRA = replace(NORA, id="konto-Mira", delegations=frozenset())
GREEN = lived(it.classified(Level.GREEN))
ASKED_SCHOOL = ev.InformationRequested(
    at=after(200), by=it.BY, request_id="b1", party="skola", act="hämta", question="Hur?",
    ground="SoL 20:5-6", gate="hamta-under-utredning",
)  # fmt: skip
OPENED = lived(it.decided(), ASKED_SCHOOL)
FRIDAY = datetime(2026, 4, 3, 12, tzinfo=UTC)  # Good Friday; the next working day is the 7th


WARNED_AT = min(alarm.at for alarm in GREEN.clocks[LEGAL].pending)


def asked(key: str, until: datetime, reason: str = "Barnet är bortrest.") -> Asked:
    return Asked(key, until, reason)


def extended(case: Case, until: datetime, *, by: Actor = NORA) -> Case:
    made = lengthen(case, asked(LEGAL, until), calendar=it.CALENDAR, actor=by, at=after(60))
    return extend(case, made)


def test_the_law_limit_is_extended_to_the_end_of_a_day_with_ground_law_and_reason() -> None:
    case = extended(GREEN, datetime(2026, 4, 1, 9, tzinfo=UTC))
    (event,) = case.clocks[LEGAL].extended

    assert case.clocks[LEGAL].due_at == datetime(2026, 4, 1, 22, tzinfo=UTC)
    assert (event.ground, event.law) == ("synnerliga skäl", "SoL 20:2")
    assert "förlängd: synnerliga skäl (SoL 20:2)" in case.clocks[LEGAL].schedule.why


def test_a_last_day_on_a_rest_day_is_moved_as_ever_with_its_inner_target_before() -> None:
    schedule = extended(GREEN, FRIDAY).clocks[LEGAL].schedule

    assert schedule.due_at == datetime(2026, 4, 7, 22, tzinfo=UTC)
    assert schedule.target_at == datetime(2026, 4, 2, 22, tzinfo=UTC)


def test_the_clock_of_whole_days_that_ends_with_it_is_moved_along() -> None:
    case = extended(GREEN, FRIDAY)

    assert case.clocks["hantering:grön"].due_at == case.clocks[LEGAL].due_at


def test_a_promise_in_hours_is_not_moved_along() -> None:
    case = lived(it.classified())

    assert extended(case, FRIDAY).clocks["hantering:röd"] == case.clocks["hantering:röd"]


def test_an_extension_does_not_pull_in_a_clock_that_already_ends_later() -> None:
    later = extended(GREEN, datetime(2026, 5, 4, 9, tzinfo=UTC))
    green = later.clocks["hantering:grön"]
    (event,) = lengthen(
        later, asked(LEGAL, datetime(2026, 5, 5, 9, tzinfo=UTC)),
        calendar=_without_along(), actor=NORA, at=after(70),
    )  # fmt: skip

    assert extend(later, [event]).clocks["hantering:grön"] == green


def _without_along() -> Calendar:
    clocks = dict(it.CALENDAR.policy.clocks)
    allowed = clocks[LEGAL].extend
    assert allowed is not None
    alone = allowed.model_copy(update={"also": ()})
    clocks[LEGAL] = clocks[LEGAL].model_copy(update={"extend": alone})
    policy = it.CALENDAR.policy.model_copy(update={"clocks": clocks})
    return replace(it.CALENDAR, policy=policy)


def test_a_moved_end_warns_anew_whoever_had_seen_the_old_warnings() -> None:
    warned, _ = swept(GREEN, WARNED_AT)
    seen = extend(
        warned, [acknowledge(warned, LEGAL, policy=it.CALENDAR.policy, actor=MIRA, at=WARNED_AT)]
    )
    made = lengthen(seen, asked(LEGAL, FRIDAY), calendar=it.CALENDAR, actor=NORA, at=WARNED_AT)
    case = extend(seen, made)

    warnings = [it.step for it in case.clocks[LEGAL].pending if is_warning(it.step)]
    assert warnings
    assert all(step.endswith(".1") for step in warnings)


def test_nobody_extends_without_the_delegation_or_a_reason_or_to_an_earlier_day() -> None:
    with pytest.raises(NotAllowed):
        extended(GREEN, FRIDAY, by=MIRA)
    with pytest.raises(Invalid):
        lengthen(GREEN, asked(LEGAL, FRIDAY, " "), calendar=it.CALENDAR, actor=NORA, at=after(1))
    with pytest.raises(Invalid):
        extended(GREEN, after(60))


def test_a_clock_that_the_rules_do_not_let_move_stays() -> None:
    with pytest.raises(NotMovable):
        lengthen(
            GREEN, asked("skyddsbedomning", FRIDAY), calendar=it.CALENDAR, actor=NORA, at=after(1)
        )
    none = replace(it.CALENDAR, policy=it.CALENDAR.policy.model_copy(update={"clocks": {}}))
    with pytest.raises(NotMovable):
        lengthen(GREEN, asked(LEGAL, FRIDAY), calendar=none, actor=NORA, at=after(1))


def test_a_breach_is_never_unmade_by_an_extension() -> None:
    case, _ = swept(GREEN, GREEN.clocks[LEGAL].due_at)

    with pytest.raises(AlreadyPassed):
        extended(case, datetime(2026, 5, 1, tzinfo=UTC))


def test_a_deadline_that_has_passed_unseen_is_not_moved_either() -> None:
    due = GREEN.clocks[LEGAL].due_at
    later = asked(LEGAL, due + timedelta(days=30))

    with pytest.raises(AlreadyPassed):
        lengthen(GREEN, later, calendar=it.CALENDAR, actor=NORA, at=due)
    with pytest.raises(AlreadyPassed):
        acknowledge(GREEN, LEGAL, policy=it.CALENDAR.policy, actor=MIRA, at=due)


@pytest.mark.parametrize("key", ["finns-inte", LEGAL])
def test_only_a_running_clock_is_moved(key: str) -> None:
    decided = lived(it.decided())

    with pytest.raises(NoSuchClock):
        lengthen(decided, asked(key, FRIDAY), calendar=it.CALENDAR, actor=NORA, at=after(1))
    with pytest.raises(NoSuchClock):
        acknowledge(decided, key, policy=it.CALENDAR.policy, actor=MIRA, at=after(1))


def resting(case: Case = OPENED, *, days: int = 7) -> Case:
    until = after(300) + timedelta(days=days)
    return extend(
        case,
        [suspend(case, asked(REQUEST, until), calendar=it.CALENDAR, actor=NORA, at=after(300))],
    )


@given(st.integers(1, 60 * 24 * 7 - 1))
def test_a_clock_of_hours_is_moved_by_just_what_it_rested(minutes: int) -> None:
    case, at = resting(), after(300 + minutes)
    again = resume(case, REQUEST, calendar=it.CALENDAR, actor=NORA, at=at)

    was = OPENED.clocks[REQUEST].due_at
    assert again.schedule.due_at - was == timedelta(minutes=minutes)
    assert again.schedule.target_at - was == timedelta(minutes=minutes)
    assert "vilade" in again.schedule.why


@pytest.mark.parametrize("behind", [timedelta(seconds=2), timedelta(hours=5)])
def test_a_rest_ended_by_a_clock_that_is_behind_moves_no_end_to_an_earlier_time(
    behind: timedelta,
) -> None:
    case, at = resting(), after(300)
    again = resume(case, REQUEST, calendar=it.CALENDAR, actor=NORA, at=at - behind)

    assert again.resumed_at == at
    assert again.schedule.due_at == OPENED.clocks[REQUEST].due_at


def test_a_clock_of_days_is_moved_by_the_midnights_that_passed() -> None:
    handed = lived(it.decided(), it.handed(), it.taken())
    at = after(300)
    rests = suspend(
        handed, asked("avslutning", at + timedelta(days=9)),
        calendar=it.CALENDAR, actor=NORA, at=at,
    )  # fmt: skip
    again = resume(
        extend(handed, [rests]), "avslutning",
        calendar=it.CALENDAR, actor=NORA, at=at + timedelta(days=3, hours=1),
    )  # fmt: skip

    # 17 March and three days is Friday 20 March.
    assert again.schedule.due_at == datetime(2026, 3, 20, 23, tzinfo=UTC)
    assert "vilade 3 dygn" in again.schedule.why


def test_while_it_rests_nothing_is_told_and_no_deadline_passes_but_it_is_not_forgotten() -> None:
    case = resting()
    clock = case.clocks[REQUEST]
    _, told = swept(case, clock.due_at + timedelta(days=1))

    assert REQUEST not in {getattr(one, "key", "") for one in told}
    (alarm,) = clock.pending
    assert alarm.at == after(300) + timedelta(days=7)


def test_it_rests_once_at_a_time_no_longer_than_the_rules_say_and_not_backwards() -> None:
    with pytest.raises(AlreadyResting):
        resting(resting())
    with pytest.raises(Invalid):
        resting(days=15)
    with pytest.raises(Invalid):
        resting(days=-1)


def test_only_what_rests_runs_again() -> None:
    with pytest.raises(NotResting):
        resume(OPENED, REQUEST, calendar=it.CALENDAR, actor=NORA, at=after(301))
    with pytest.raises(NotResting):
        resume(OPENED, "finns-inte", calendar=it.CALENDAR, actor=NORA, at=after(301))


def test_a_rest_that_is_over_unseen_hides_no_breach_from_one_late_look_either() -> None:
    case, late = resting(), after(300) + timedelta(days=10)
    told = due_events(case, it.CALENDAR, late)

    assert [one.kind for one in told if getattr(one, "key", "") == REQUEST][:2] == [
        "clock_resumed",
        "deadline_passed",
    ]
    assert not any(one.key == REQUEST for one in breaches(extend(case, told), late))


def test_a_rest_that_is_over_unseen_is_not_ended_once_more_by_a_person() -> None:
    over = after(300) + timedelta(days=7)
    with pytest.raises(NotResting):
        resume(resting(), REQUEST, calendar=it.CALENDAR, actor=NORA, at=over)

    told = breaches_before(resting(), it.CALENDAR, over)
    assert [one.key for one in told if isinstance(one, ev.ClockResumed)] == [REQUEST]


def test_acknowledging_stops_warnings_and_never_the_clock_or_the_word_of_its_breach() -> None:
    key = "hantering:röd"
    case, _ = swept(lived(it.classified()), after(180))
    seen = extend(
        case, [acknowledge(case, key, policy=it.CALENDAR.policy, actor=MIRA, at=after(181))]
    )

    assert any(is_warning(alarm.step) for alarm in case.clocks[key].pending)
    assert not any(is_warning(alarm.step) for alarm in seen.clocks[key].pending)
    assert seen.clocks[key].due_at == case.clocks[key].due_at
    breached, told = swept(seen, after(240))
    assert breached.clocks[key].passed is not None
    assert any(isinstance(one, ev.Alerted) and one.key == key and one.told for one in told)
    with pytest.raises(AlreadyPassed):
        acknowledge(breached, key, policy=it.CALENDAR.policy, actor=MIRA, at=after(241))


def test_the_last_warning_of_a_limit_in_law_is_given_whoever_has_seen_the_others() -> None:
    case, _ = swept(GREEN, WARNED_AT)
    seen = extend(
        case, [acknowledge(case, LEGAL, policy=it.CALENDAR.policy, actor=MIRA, at=WARNED_AT)]
    )
    left = [alarm for alarm in seen.clocks[LEGAL].pending if is_warning(alarm.step)]

    assert left == [max(left, key=lambda alarm: alarm.at)]


def test_only_a_warning_that_was_given_is_seen_and_by_those_it_was_given_to() -> None:
    with pytest.raises(NotWarned):
        acknowledge(GREEN, LEGAL, policy=it.CALENDAR.policy, actor=MIRA, at=after(30))
    case, _ = swept(GREEN, WARNED_AT)
    with pytest.raises(NotAllowed):
        acknowledge(
            case, LEGAL, policy=it.CALENDAR.policy, actor=replace(MIRA, unit="barn"), at=WARNED_AT
        )


def test_who_stands_in_for_a_unit_has_seen_its_warning() -> None:
    called = lived(
        it.classified(), it.protected(), it.level_set(), it.called("barn"), it.deputy("barn")
    )
    case, _ = swept(called, after(75))
    dora = Actor("konto-Dora", "Dora", frozenset({Role.UNIT}), "vuxen")

    assert (
        acknowledge(
            case, "enhetssvar:barn", policy=it.CALENDAR.policy, actor=dora, at=after(76)
        ).key
        == "enhetssvar:barn"
    )


def test_a_rest_that_is_over_unseen_hides_no_breach_from_a_late_step() -> None:
    case, late = resting(days=1), after(60 * 24 * 20)
    before = breaches_before(case, it.CALENDAR, late)

    assert [type(one) for one in before if getattr(one, "key", "") == REQUEST][:2] == [
        ev.ClockResumed, ev.DeadlinePassed
    ]  # fmt: skip


def test_a_day_that_is_farther_off_than_two_years_is_a_slip_of_the_pen() -> None:
    for year in (2029, 9999):
        with pytest.raises(Invalid):
            extended(GREEN, datetime(year, 12, 31, 12, tzinfo=UTC))


def test_a_level_that_comes_back_gets_the_extended_day_of_the_limit_that_it_follows() -> None:
    case = extended(GREEN, FRIDAY)
    for level, at in ((Level.ORANGE, after(100)), (Level.GREEN, after(200))):
        case = it.followed(extend(case, [it.level_set(level, at=at)]), at)

    assert case.clocks["hantering:grön#2"].due_at == case.clocks[LEGAL].due_at


def test_a_clock_that_has_already_passed_is_not_moved_along() -> None:
    clocks = dict(it.CALENDAR.policy.clocks)
    clocks["hantering"] = clocks["hantering"].model_copy(update={"on_rest_day": RestRule.SAME})
    policy = it.CALENDAR.policy.model_copy(update={"clocks": clocks})
    calendar = replace(it.CALENDAR, policy=policy)
    saturday = datetime(2026, 3, 7, 8, tzinfo=UTC)
    first = replace(it.registered(), received_at=saturday, at=saturday)
    case = it.case_of(it.classified(Level.GREEN, at=saturday), first=first)
    case = extend(case, follow(case, calendar, saturday))
    at = case.clocks["hantering:grön"].due_at + timedelta(seconds=1)
    made = lengthen(case, asked(LEGAL, FRIDAY), calendar=calendar, actor=NORA, at=at)

    assert [event.key for event in made] == [LEGAL]


def test_a_local_promise_is_counted_alike_and_cites_no_law() -> None:
    saturday = datetime(2026, 3, 7, 8, tzinfo=UTC)
    first = replace(it.registered(), received_at=saturday, at=saturday)
    case = lived(it.classified(Level.GREEN, at=saturday), first=first)
    law, promise = case.clocks[LEGAL].schedule, case.clocks["hantering:grön"].schedule

    assert "lag 1930:173" in law.why
    assert "lag 1930:173" not in promise.why
    assert law.due_at == promise.due_at


def test_a_clock_that_was_moved_by_a_person_is_not_restarted_by_the_program() -> None:
    case = extended(GREEN, FRIDAY)

    assert follow(case, it.CALENDAR, after(120)) == ()


def test_a_clock_of_hours_is_extended_to_the_very_moment() -> None:
    clocks = dict(it.CALENDAR.policy.clocks)
    allowed = clocks["utredning"].extend
    clocks["information"] = clocks["information"].model_copy(update={"extend": allowed})
    calendar = replace(it.CALENDAR, policy=it.CALENDAR.policy.model_copy(update={"clocks": clocks}))
    until = after(60 * 48)
    (event,) = lengthen(
        OPENED, asked("information", until), calendar=calendar, actor=NORA, at=after(300)
    )

    assert event.schedule.due_at == event.schedule.target_at == until
    assert event.schedule.last_day is None


def test_how_long_a_clock_rested_last_is_read_from_why_it_ends_then() -> None:
    once = why.rested("2026-03-10 kl. 09.00 + 24 h", "1 h 0 min")

    assert why.last_rest("2026-03-10 kl. 09.00 + 24 h") == ""
    assert why.last_rest(once) == "1 h 0 min"
    assert why.last_rest(why.rested(once, "3 dygn")) == "3 dygn"
