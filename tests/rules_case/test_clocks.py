"""The clocks: each starts, stops and starts again by itself, and none is ever forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rules import courses
from rules import events as ev
from rules.answer import Value
from rules.case import Case
from rules.clock import is_warning
from rules.clocks import follow, promise_is_kept
from rules.concern import ReporterKind
from rules.fold import extend
from rules.level import Level
from rules.milestone import Milestone, Occasion
from rules.statement import AnswerKind, DecisionKind
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after, lived, running

POLICY = it.CALENDAR.policy
MEETING = "hubbmote:20260310T1015"
ASKED = ev.InformationRequested(
    at=after(200), by=it.BY, request_id="b1", party="skola", act="hämta", question="Hur?",
    ground="SoL 20:5-6", gate="hamta-under-utredning",
)  # fmt: skip
TOLD = ev.FeedbackGiven(at=after(300), by=it.BY, fact="inletts", channel="telefon")


def wants_feedback() -> ev.Registered:
    return it.registered(wants_feedback=True)


HUB = (it.classified(), it.protected(), it.level_set(), it.called("barn"))
MET = (*HUB, it.answer("barn"), it.met())
DONE = (*MET, it.mapped(), it.assessed())

# clock key, what starts it, from when, how long, what stops it
COURSES: list[tuple[str, tuple[ev.Event, ...], datetime, timedelta, ev.Event]] = [
    ("hantering:röd", (it.classified(),), it.RECEIVED, timedelta(hours=4), it.decided()),
    (
        "hantering:orange",
        (it.classified(Level.ORANGE),),
        it.RECEIVED,
        timedelta(hours=12),
        it.decided(),
    ),
    ("klassning:röd", (it.classified(),), it.RECEIVED, timedelta(minutes=30), it.level_set()),
    (
        "utan_drojsmal",
        (it.answered(vald_mot_barnet=Value.YES),),
        it.RECEIVED,
        timedelta(hours=24),
        it.decided(),
    ),
    (
        "hojning",
        (
            it.classified(Level.GREEN),
            it.level_set(Level.GREEN),
            it.classified(Level.RED, at=after(20)),
        ),
        after(20),
        timedelta(minutes=30),
        it.level_set(Level.RED, at=after(30)),
    ),
    (
        "sankning",
        (it.classified(), it.lowering()),
        after(14),
        timedelta(hours=2),
        ev.LoweringDeclined(at=after(20), by="konto-Nora", reason="Nej."),
    ),
    ("enhetssvar:barn", HUB, after(15), timedelta(hours=2), it.answer("barn")),
    (MEETING, HUB, after(15), timedelta(hours=2, minutes=45), it.met()),
    (
        "ombedomning",
        (*DONE, it.answer("barn", AnswerKind.KNOWN, at=after(178))),
        after(178),
        timedelta(hours=2),
        it.assessed(at=after(179)),
    ),
    ("overlamning", (*DONE, it.decided(), it.handed()), after(180), timedelta(hours=4), it.taken()),
    (
        "information",
        (*DONE, it.decided()),
        after(180),
        timedelta(hours=24),
        ev.ConcernedInformed(at=after(300), by="konto-Uta", how="Samtal hemma."),
    ),
    (
        "informationsinhamtning:b1",
        (*DONE, it.decided(), ASKED),
        after(200),
        timedelta(hours=24),
        ev.InformationReceived(at=after(300), by=it.BY, request_id="b1", nothing_known=True),
    ),
    (
        "aterkoppling_genast",
        (it.decided(), ev.FeedbackRequested(at=after(250), by=it.BY, requested_at=after(249))),
        after(249),
        timedelta(hours=24),
        TOLD,
    ),
    (
        "fristbrott:hantering:röd",
        (it.classified(), it.passed("hantering:röd")),
        after(241),
        timedelta(hours=24),
        it.explained("hantering:röd"),
    ),
    (
        f"atgard:hantering:röd:{it.explained('hantering:röd').at:%Y%m%dT%H%M%S}",
        (it.classified(), it.passed("hantering:röd"), it.explained("hantering:röd")),
        it.explained("hantering:röd").at,
        timedelta(hours=24),
        it.decided(at=after(400)),
    ),
]


@pytest.mark.parametrize(
    ("key", "before", "anchor", "length", "end"), COURSES, ids=[row[0] for row in COURSES]
)
def test_a_clock_of_hours_starts_by_itself_and_stops_at_its_end(
    key: str, before: tuple[ev.Event, ...], anchor: datetime, length: timedelta, end: ev.Event
) -> None:
    case = lived(*before)

    assert key in running(case)
    started = case.clocks[key].started
    assert started.anchor_at == anchor
    assert started.due_at == started.target_at == anchor + length
    warnings = [alarm.at for alarm in started.alarms if is_warning(alarm.step)]
    assert warnings
    assert all(anchor < at < started.due_at for at in warnings)

    stopped = lived(*before, end).clocks[key].stopped
    assert stopped is not None


DATES: list[tuple[str, tuple[ev.Event, ...], str, ev.Event]] = [
    ("hantering:grön", (it.classified(Level.GREEN),), "2026-03-24T23:00", it.decided()),
    ("forhandsbedomning", (), "2026-03-24T23:00", it.decided()),
    ("skyddsbedomning", (), "2026-03-11T23:00", it.protected()),
    (
        "utredning",
        (it.decided(),),
        "2026-07-10T22:00",
        ev.InvestigationConcluded(at=after(500), by="konto-Uta", outcome="Stöd."),
    ),
    ("avslutning", (it.decided(DecisionKind.NOT_OPEN),), "2026-03-17T23:00", it.closed()),
    ("avslutning", (it.decided(), it.handed(), it.taken()), "2026-03-17T23:00", it.closed()),
]


@pytest.mark.parametrize(("key", "before", "due", "end"), DATES)
def test_a_clock_of_days_ends_when_the_swedish_day_does(
    key: str, before: tuple[ev.Event, ...], due: str, end: ev.Event
) -> None:
    case = lived(*before)

    assert case.clocks[key].started.due_at.isoformat()[:16] == due
    assert lived(*before, end).clocks[key].stopped is not None


def test_feedback_asked_for_before_the_decision_has_a_week_from_it() -> None:
    case = lived(it.decided(), first=wants_feedback())

    assert case.clocks["aterkoppling"].started.due_at.isoformat()[:16] == "2026-03-17T23:00"
    assert "aterkoppling" not in lived(first=wants_feedback()).clocks
    assert lived(it.decided(), TOLD, first=wants_feedback()).clocks["aterkoppling"].stopped


@pytest.mark.parametrize("kind", [ReporterKind.PRIVATE, ReporterKind.ANONYMOUS])
def test_a_private_reporter_has_no_feedback_clock(kind: ReporterKind) -> None:
    asked = it.registered(kind, wants_feedback=True)
    later = ev.FeedbackRequested(at=after(250), by=it.BY, requested_at=after(250))

    assert not {"aterkoppling", "aterkoppling_genast"} & set(
        lived(it.decided(), later, first=asked).clocks
    )


def test_a_legal_limit_and_a_local_promise_are_told_apart_with_law_or_source() -> None:
    clocks = lived(it.classified()).clocks

    assert clocks["forhandsbedomning"].started.legal
    assert clocks["forhandsbedomning"].started.law == "SoL 20:2"
    assert not clocks["hantering:röd"].started.legal
    assert clocks["hantering:röd"].started.law == "s1:3347-3358"


def test_every_clock_of_the_rules_is_tried_here() -> None:
    tried = {row[0].split(":")[0] for row in COURSES} | {row[0].split(":")[0] for row in DATES}
    of_occasions = {
        name for name, clock in POLICY.clocks.items() if isinstance(clock.begins, Occasion)
    }

    # Those of occasions are tried one by one in test_occasions.
    assert tried | {"aterkoppling"} == set(POLICY.clocks) - of_occasions


def test_every_beginning_that_the_rules_may_name_is_known_to_the_courses() -> None:
    named = {clock.begins for clock in POLICY.clocks.values()}
    milestones = {point for point in named if isinstance(point, Milestone)}

    assert milestones <= {*courses._BEGINNINGS, Milestone.CALLED}


def test_a_new_level_replaces_its_clocks_and_they_still_run_from_when_the_concern_came() -> None:
    case = lived(it.classified(Level.ORANGE), it.level_set(Level.RED))

    assert case.clocks["hantering:orange"].stopped is not None
    assert case.clocks["hantering:röd"].started.anchor_at == it.RECEIVED
    assert running(case) == {"hantering:röd", "skyddsbedomning", "forhandsbedomning"}


def test_a_level_that_comes_back_starts_its_clock_a_second_time() -> None:
    case = lived(
        it.classified(Level.RED),
        it.level_set(Level.ORANGE, at=after(20)),
        it.level_set(Level.RED, at=after(30)),
    )

    assert case.clocks["hantering:röd"].stopped is not None
    assert case.clocks["hantering:röd#2"].running
    assert case.clocks["hantering:röd#2"].started.anchor_at == it.RECEIVED


def test_a_breach_stays_and_must_be_explained_even_when_the_level_is_lowered() -> None:
    case = lived(
        it.classified(), it.passed("hantering:röd"), it.level_set(Level.ORANGE, at=after(250))
    )

    assert case.clocks["hantering:röd"].breach_is_open
    assert "fristbrott:hantering:röd" in running(case)


def test_the_breach_of_a_clock_that_started_anew_has_an_explanation_of_its_own() -> None:
    case = lived(
        it.classified(),
        it.passed("hantering:röd"),
        it.explained("hantering:röd"),
        it.level_set(Level.ORANGE, at=after(310)),
        it.level_set(Level.RED, at=after(320)),
        it.passed("hantering:röd#2", at=after(330)),
    )

    assert "fristbrott:hantering:röd~2" in running(case)


def test_an_unexplained_breach_can_itself_be_breached_but_no_further() -> None:
    case = lived(
        it.classified(),
        it.passed("hantering:röd"),
        it.passed("fristbrott:hantering:röd", at=after(2000)),
    )

    assert case.clocks["fristbrott:hantering:röd"].passed is not None
    assert not any(key.startswith("fristbrott:fristbrott") for key in case.clocks)
    assert promise_is_kept(case)


def test_another_answer_after_the_new_assessment_starts_the_weighing_again() -> None:
    case = lived(
        *DONE,
        it.answer("barn", AnswerKind.KNOWN, at=after(178)),
        it.assessed(at=after(179)),
        it.answer("barn", AnswerKind.KNOWN, at=after(181)),
    )

    assert case.clocks["ombedomning"].stopped is not None
    assert case.clocks["ombedomning#2"].started.anchor_at == after(181)


def test_a_meeting_that_uses_all_its_time_is_no_breach_when_it_is_recorded_at_once() -> None:
    case = lived(*HUB)
    meeting = case.clocks[MEETING].started
    call = case.call

    assert call is not None
    assert MEETING not in {breach.key for breach in it.breaches(case, call.ends_at)}
    assert meeting.due_at == call.ends_at + timedelta(minutes=15)


def test_a_decision_stops_what_waited_for_it_and_starts_what_follows() -> None:
    case = lived(*DONE, it.decided())

    assert running(case) == {"overlamning", "information", "utredning"}
    assert lived(*HUB, it.decided()).clocks[MEETING].stopped is not None


def test_a_closed_case_leaves_only_the_clocks_of_the_law_running() -> None:
    case = lived(*HUB, it.decided(), it.handed(), it.taken(), it.closed())

    assert running(case) == {"information", "utredning"}
    assert case.clocks["enhetssvar:barn"].stopped is not None


@pytest.mark.parametrize(
    "events",
    [(), HUB, DONE, (*DONE, it.decided()), (it.classified(), it.passed("hantering:röd"))],
)
def test_following_twice_adds_nothing(events: tuple[ev.Event, ...]) -> None:
    case = lived(*events)

    assert follow(case, it.CALENDAR, after(1000)) == ()


def test_a_legal_limit_on_a_rest_day_warns_at_its_inner_target_too() -> None:
    first = it.registered()
    saturday = first.received_at + timedelta(days=11)  # 21 March; 4 April is Easter Eve
    case = it.followed(
        it.case_of(first=replace(first, received_at=saturday)), saturday + timedelta(hours=1)
    )
    started = case.clocks["forhandsbedomning"].started

    assert started.target_at < started.due_at
    assert started.target_at in [alarm.at for alarm in started.alarms]


def test_a_deadline_passes_once_and_at_its_very_moment() -> None:
    case = lived(it.classified())
    due = case.clocks["klassning:röd"].started.due_at

    assert it.breaches(case, due - timedelta(microseconds=1)) == ()
    (breach,) = it.breaches(case, due)
    assert (breach.key, breach.owner, breach.due_at) == ("klassning:röd", "mottagning", due)
    assert it.breaches(lived(it.classified(), breach), due) == ()


def test_telling_an_outside_party_starts_no_clock() -> None:
    case = lived(it.decided(), replace(ASKED, act="lämna"))

    assert not any(key.startswith("informationsinhamtning") for key in case.clocks)


def test_a_unit_that_is_called_later_has_a_clock_of_its_own() -> None:
    added = ev.UnitAdded(at=after(20), by=it.BY, unit="ekonomi", answer_by=after(135))
    case = lived(*HUB, added)

    assert case.clocks["enhetssvar:ekonomi"].started.due_at == after(135)
    assert case.clocks["enhetssvar:ekonomi"].started.unit == "ekonomi"


def unowned() -> Case:
    case = lived(it.classified())
    keys = list(case.clocks)
    return extend(case, [it.passed(key, owner="") for key in keys])


def explained() -> Case:
    case = unowned()
    return extend(case, [it.passed(key) for key in case.clocks])


@pytest.mark.parametrize(
    ("case", "kept"),
    [
        (lambda: it.case_of(it.classified()), False),
        (lambda: lived(it.classified()), True),
        (unowned, False),
        (explained, True),
        (lambda: it.case_of(it.closed()), True),
    ],
)
def test_the_promise_is_a_running_clock_or_a_breach_with_an_owner(
    case: Callable[[], Case], kept: bool
) -> None:
    assert promise_is_kept(case()) is kept


def test_a_silent_unit_is_asked_until_no_investigation_wants_its_answer() -> None:
    not_opened = lived(*HUB, it.decided(DecisionKind.NOT_OPEN))

    assert "enhetssvar:barn" not in it.running(not_opened)
    assert "enhetssvar:barn" in it.running(lived(*HUB, it.decided()))


def test_feedback_is_given_at_once_when_an_investigation_runs_already() -> None:
    case = lived(it.decided(DecisionKind.ONGOING), first=wants_feedback())

    assert "aterkoppling" not in case.clocks
    assert case.clocks["aterkoppling_genast"].due_at == after(180) + timedelta(hours=24)


def test_asking_again_for_feedback_moves_no_limit() -> None:
    again = ev.FeedbackRequested(at=after(250), by=it.BY, requested_at=after(249))
    once = lived(it.decided(), first=wants_feedback())
    twice = lived(it.decided(), again, first=wants_feedback())

    assert twice.clocks == once.clocks
