"""The fold: a case is what its events add up to, however they are read and stored."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import events as ev
from rules.events import EVENT
from rules.fold import apply, begin, extend, replay
from tests.rules_case import happenings as it
from tests.rules_case.generators import KINDS, histories, of_kind
from workflows.rows import rows_of

quick = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(histories())
def test_the_version_counts_the_events(history: list[ev.Event]) -> None:
    case = replay("a", history)

    assert case is not None
    assert case.version == len(history)


@quick
@given(histories(), st.integers(1, 30))
def test_a_replay_is_the_same_as_one_event_at_a_time_from_anywhere(
    history: list[ev.Event], cut: int
) -> None:
    cut = min(cut, len(history))
    earlier = replay("a", history[:cut])

    assert earlier is not None
    assert extend(earlier, history[cut:]) == replay("a", history)


@quick
@given(histories())
def test_what_is_stored_as_text_folds_to_the_same_case_and_the_same_rows(
    history: list[ev.Event],
) -> None:
    stored = [json.loads(EVENT.dump_json(event)) for event in history]
    read = [EVENT.validate_python(event) for event in map(_reread, stored)]
    case, again = replay("a", history), replay("a", read)

    assert case == again
    assert case is not None
    assert again is not None
    assert rows_of(case) == rows_of(again)


def _reread(stored: object) -> ev.Event:
    return EVENT.validate_json(json.dumps(stored))


@settings(max_examples=5)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(st.data())
def test_every_kind_of_event_comes_back_from_text_as_it_was(
    kind: type[ev.Event], data: st.DataObject
) -> None:
    event = data.draw(of_kind(kind))
    again = EVENT.validate_json(EVENT.dump_json(event))

    assert again == event
    assert type(again) is kind
    assert EVENT.dump_json(again) == EVENT.dump_json(event)


def test_every_kind_of_event_has_a_name_of_its_own() -> None:
    names = [kind.__dataclass_fields__["kind"].default for kind in KINDS]

    assert len(set(names)) == len(KINDS)


def test_every_event_class_of_the_module_is_an_event() -> None:
    classes = {it for it in vars(ev).values() if isinstance(it, type) and issubclass(it, ev.Stamp)}

    assert classes - {ev.Stamp} == set(KINDS)


def test_no_events_are_no_case() -> None:
    assert replay("a", []) is None


def test_a_case_begins_with_its_registration_and_is_registered_once() -> None:
    with pytest.raises(ValueError, match="cannot begin with note_added"):
        begin("a", ev.NoteAdded(at=it.after(), by="x", about_seq=None, nature="rättelse", text="x"))
    with pytest.raises(ValueError, match="registered once"):
        apply(it.case_of(), it.registered())


def test_a_reporter_who_wants_to_hear_back_has_asked_when_the_concern_came() -> None:
    asked = it.case_of(first=it.registered(wants_feedback=True)).feedback.requested

    assert asked is not None
    assert asked.requested_at == it.RECEIVED
    assert it.case_of().feedback.requested is None


def test_a_correction_leaves_what_was_registered() -> None:
    corrected = ev.ChildCorrected(
        at=it.after(9), by=it.BY, child=replace(it.registered().child, name="Alma"), reason="Fel"
    )
    case = it.case_of(corrected)

    assert case.child.name == "Alma"
    assert case.registered.child.name == "Alva"


def test_a_refused_request_leaves_nothing_but_its_own_event() -> None:
    refused = ev.RequestRefused(
        at=it.after(9), by=it.BY, party="skola", act="hämta", gate="g", because="Nej", law="OSL"
    )
    case = it.case_of()

    assert extend(case, [refused]) == replace(case, version=2)


def test_a_new_handover_takes_back_the_receipt_of_the_old_one() -> None:
    case = it.case_of(it.decided(), it.handed(), it.taken(), it.handed())

    assert case.receipt is None
    assert case.handover_is_due
