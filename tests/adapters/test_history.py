"""The history: every case as it was first classified, and nothing that came later."""

from dataclasses import replace
from datetime import timedelta

from adapters.columns.past import ColumnConcerns
from rules.level import Level
from tests.adapters import saga
from tests.people import MIRA, RUT, Hands, Ids, office, report, rules
from tests.stores import WorkFactory
from workflows.concern_line import Concern
from workflows.history import REPLAY, read_history
from workflows.past_concerns import PastCase
from workflows.registering import register
from workflows.replaying import replay


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


def test_registered_cases_are_replayed_by_number_and_the_look_is_logged(
    store_factory: WorkFactory,
) -> None:
    house = office(store_factory, Hands(), Ids(), rules())
    (case,) = register(house, MIRA, report())
    ruleset = rules().ruleset

    past = read_history(house, RUT, ruleset.words, gather=ColumnConcerns.of)
    found = replay(past, ruleset, ruleset, today=saga.NOON.date(), rests=house.rests)

    with store_factory() as work:
        (line,) = (it for it in work.access.of_case(case.id) if it.action == REPLAY)
    assert [name for name, _ in past.names([0])] == [case.number]
    assert found.flows[case.level, case.level] == found.checked == 1
    assert (line.account_id, line.case_ids) == (RUT.id, (case.id,))
