"""The fold and the text of events, searched for longer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import events as ev
from rules.events import EVENT
from rules.fold import extend, replay
from tests.rules_case.generators import KINDS, histories, of_kind
from workflows.rows import rows_of

at_length = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@at_length
@given(histories(), st.integers(1, 30))
def test_a_replay_is_the_same_from_anywhere_and_from_text(
    history: list[ev.Event], cut: int
) -> None:
    whole = replay("a", history)
    earlier = replay("a", history[:cut])
    again = replay("a", [EVENT.validate_json(EVENT.dump_json(event)) for event in history])

    assert whole is not None
    assert earlier is not None
    assert again is not None
    assert whole.version == len(history)
    assert extend(earlier, history[cut:]) == whole == again
    assert rows_of(again) == rows_of(whole)


@settings(max_examples=50)
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
