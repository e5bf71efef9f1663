"""The history: every case as it was first classified, and nothing that came later."""

from dataclasses import replace
from datetime import timedelta

from rules.level import Level
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.concern_line import Concern
from workflows.past_concerns import PastCase


def test_a_case_is_what_it_was_when_it_was_first_classified(store_factory: WorkFactory) -> None:
    first, later = saga.classified(), saga.classified(Level.RED, at=saga.after(hours=1))
    with store_factory() as work:
        saga.keep(work, "a", saga.registered(), first, saga.clock(), later)
        work.commit()

    with store_factory() as work:
        (case,) = work.history.first_classified()

    said = first.classification
    concern = Concern("2026-0001", said.facts, said.answers, saga.NOON)
    assert case == PastCase("a", concern, Level.ORANGE, "v1")


def test_cases_come_in_the_order_they_came_in_and_unclassified_ones_not_at_all(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        for number, hours in (("b", 2), ("c", 1), ("a", 2)):
            moment = saga.NOON - timedelta(hours=hours)
            event = replace(saga.registered(f"2026-{number}"), received_at=moment)
            saga.keep(work, number, event, saga.classified())
        saga.keep(work, "d", saga.registered("2026-d"))
        work.commit()

    with store_factory() as work:
        assert [case.case_id for case in work.history.first_classified()] == ["a", "b", "c"]
