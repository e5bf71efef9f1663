"""The journal's writing: what is written can be read, and the seal tells of every change."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chain import FIRST, canonical, seal
from rules.events import EVENT, Event
from tests.adapters import saga
from tests.rules_case.generators import KINDS, of_kind

EVENTS: st.SearchStrategy[Event] = st.one_of([of_kind(kind) for kind in KINDS])


@given(EVENTS)
@settings(max_examples=60)
def test_every_event_is_read_back_as_it_was_written(event: Event) -> None:
    read = EVENT.validate_json(canonical(event))

    assert read == event
    assert canonical(read) == canonical(event)


def test_a_fact_keeps_its_kind() -> None:
    facts = {"a": 1, "b": True, "c": "1", "d": "true", "e": None, "f": 0, "g": False}

    read = EVENT.validate_json(canonical(saga.registered(facts=facts)))

    assert isinstance(read, type(saga.registered()))
    assert [(value, type(value)) for value in read.facts.values()] == [
        (value, type(value)) for value in facts.values()
    ]


def test_the_seal_depends_on_everything_it_seals() -> None:
    text = canonical(saga.registered())
    seals = {
        seal(FIRST, text, case_id="a", seq=1),
        seal("0" * 64, text, case_id="a", seq=1),
        seal(FIRST, text, case_id="b", seq=1),
        seal(FIRST, text, case_id="a", seq=2),
        seal(FIRST, text + " ", case_id="a", seq=1),
    }

    assert len(seals) == 5
