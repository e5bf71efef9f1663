"""Rows written many at a time are the very rows that were given, whatever signs they hold."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import legible
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ports import Scope

LEGIBLE = st.text(max_size=40).filter(lambda text: not any(legible.faults(text)))
AWKWARD = (
    'citat " och \\ och \\u0041',
    "rad\nbrytning\tflik",
    "\u2028 \u2029 \x85",
    "😀 Åsa Öberg é e\u0301",
    "'; DROP TABLE journal; -- :rows %(rows)s {}",
    "null",
    "",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_no_sign_in_a_text_is_changed_on_its_way(store_factory: WorkFactory, text: str) -> None:
    event = saga.registered(text=text, title=text)
    with store_factory() as work:
        work.journal.append("a", [event], expected=0)

        assert work.journal.read("a") == (event,)
        (row,) = work.lists.cases(Scope(everything=True))
        assert row.title == text


@given(texts=st.lists(LEGIBLE, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_is_put_out_together_is_kept_as_it_is_and_in_order(
    store_factory: WorkFactory, texts: list[str]
) -> None:
    notices = [replace(saga.notice(f"n{n}"), body=text) for n, text in enumerate(texts)]
    lines = [replace(saga.access("a", "b"), detail=text) for text in texts]
    with store_factory() as work:
        work.outbox.put(notices)
        work.access.record(*lines)

        assert [it.notice for it in reversed(work.outbox.recent(9))] == notices
        assert list(reversed(work.access.recent(9))) == lines
