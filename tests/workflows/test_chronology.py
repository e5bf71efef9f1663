"""The chronology: whatever happens is one Swedish sentence, in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import events as ev
from rules.clock_events import Schedule, Told
from rules.statement import AnswerKind, DecisionKind
from tests.rules_case import happenings as it
from tests.rules_case.generators import KINDS, of_kind
from tests.workflows.course import Course
from tests.workflows.test_messages import whole_course
from workflows.chronology import chronology

POLICY = it.CALENDAR.policy


def sentence(event: ev.Event) -> str:
    (line,) = chronology([event], POLICY)
    return line.what


@settings(max_examples=5)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(st.data())
def test_every_kind_of_event_has_a_sentence(kind: type[ev.Event], data: st.DataObject) -> None:
    (line,) = chronology([data.draw(of_kind(kind))], POLICY)

    assert line.what.strip()
    assert line.kind == kind.__dataclass_fields__["kind"].default


def test_a_whole_course_is_read_from_the_first_word_to_the_last() -> None:
    course = whole_course()
    events = course.world.store.journal[course.id]
    lines = list(chronology(events, POLICY))

    assert [line.seq for line in lines] == list(range(1, len(events) + 1))
    assert lines[0].what.startswith("Anmälan registrerad, inkommen 2026-03-10 kl. 08.50")
    assert "Fristen Utredning stoppad" in {line.what for line in lines[-3:]}
    assert "Nivån orange sänkt av två personer" in {line.what for line in lines}


def test_the_silent_are_named_and_what_was_said_is_beside_what_happened() -> None:
    course = Course().until_met()
    lines = list(chronology(course.world.store.journal[course.id], POLICY))
    told = {line.what: line.detail for line in lines}

    assert told["Hubbmöte hållet; inget svar från Ungdom"] == "Mira, Bea"
    assert told["Barn och familj känner till barnet eller sammanhanget"].startswith("Mormor")


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            it.answer("ungdom", AnswerKind.SYSTEM_DOWN),
            "Ungdom kan inte svara: systemet nere",
        ),
        (it.answer("gammal", AnswerKind.NOT_KNOWN), "gammal har ingen kännedom"),
        (it.decided(DecisionKind.NOT_OPEN), "Beslut att inte inleda utredning (SoL 20:2)"),
        (it.passed("utgangen:a#2"), "Fristbrott: utgangen, frist 2026-03-10 kl. 13.00"),
        (it.explained("hantering:röd"), "Fristbrott förklarat: Annan orsak"),
        (
            ev.FeedbackGiven(at=it.RECEIVED, by=it.BY, fact=None, unsuitable_because="Hot."),
            "Återkoppling bedömd som olämplig",
        ),
        (
            ev.ConcernedInformed(at=it.RECEIVED, by=it.BY, how="", withheld_because="Hot."),
            "Berörda inte informerade, särskilda skäl",
        ),
        (
            ev.Alerted(at=it.RECEIVED, by=it.BY, key="hantering:röd", step="varning-1", told=()),
            "Varning om fristen Hantering överhoppad",
        ),
        (
            ev.Alerted(
                at=it.RECEIVED,
                by=it.BY,
                key="enhetssvar:barn",
                step="frist",
                told=(
                    Told(role="enhet", unit="barn"),
                    Told(role="enhet", unit="barn", account="konto-Dora"),
                    Told(role="verksamhetschef"),
                ),
            ),
            (
                "Larm om fristen Enhetssvar: enhet, Barn och familj, ersättare, Barn och familj,"
                " verksamhetschef"
            ),
        ),
        (
            ev.OccasionNoted(
                at=it.RECEIVED, by=it.BY, occasion="vard_ansokt", happened_at=it.RECEIVED
            ),
            "Vård ansökt hos förvaltningsrätten: 2026-03-10 kl. 09.00",
        ),
        (
            ev.OccasionNoted(at=it.RECEIVED, by=it.BY, occasion="utgatt", happened_at=it.RECEIVED),
            "utgatt: 2026-03-10 kl. 09.00",
        ),
        (
            ev.NoteAdded(at=it.RECEIVED, by=it.BY, about_seq=3, nature="rättelse", text="Fel."),
            "Rättelse till händelse 3",
        ),
    ],
)
def test_what_is_special_is_said(event: ev.Event, said: str) -> None:
    assert sentence(event) == said


def test_why_a_meeting_has_its_time_is_a_sentence_of_its_own() -> None:
    called = it.called()
    moved = ev.MeetingMoved(
        at=called.at,
        by=it.BY,
        starts_at=called.starts_at,
        ends_at=called.ends_at,
        answer_by=called.answer_by,
        extra=False,
        why_slot="vald av den som kallade",
        reason="Två hann inte",
    )
    first, second = chronology([called, moved], POLICY)

    assert first.detail == "Första fasta tid"
    assert second.detail == "Två hann inte. Vald av den som kallade"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (
            "2026-03-10 kl. 09.00 + 24 h: 2026-03-11 kl. 09.00; vilade 1 h 0 min; vilade 2 h 5 min",
            "Den vilade 2 h 5 min.",
        ),
        (
            "2026-03-10 kl. 09.00 + 14 d; vilade 3 dygn: sista dag 2026-03-27",
            "Den vilade 3 dygn: sista dag 2026-03-27.",
        ),
        ("enligt reglerna", "enligt reglerna"),
    ],
)
def test_a_clock_that_runs_again_says_how_long_it_rested(why: str, told: str) -> None:
    end = it.after(hours=30)
    schedule = Schedule(due_at=end, target_at=end, alarms=(), why=why, last_day=None)
    (line,) = chronology(
        [
            ev.ClockResumed(
                at=it.after(60), by=it.BY, key="hantering:röd", resumed_at=end, schedule=schedule
            )
        ],
        POLICY,
    )

    assert line.what == "Fristen Hantering löper igen, till 2026-03-11 kl. 15.00"
    assert line.detail == told
