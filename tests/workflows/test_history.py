"""The hub's own past concerns are read by those who answer for the rules, and never unlogged."""

from dataclasses import replace

import pytest

from adapters.columns.past import ColumnConcerns
from adapters.memory import MemoryUnitOfWork
from adapters.memory_people import MemoryAccessLog
from rules.errors import NotAllowed
from rules.people import Actor, Role
from tests.people import EVERYONE, RUT
from tests.rules import shipped
from tests.workflows.course import begun
from workflows.history import REPLAY, REPLAYER, read_history
from workflows.ports import Access, StoreUnavailable, UnitOfWork

WORDS = shipped.file().ruleset.words


def test_every_case_is_read_by_its_number_and_all_of_them_are_in_one_line_of_the_log() -> None:
    course = begun()

    past = read_history(course.world.office, RUT, WORDS, gather=ColumnConcerns.of)

    (concern,) = past.concerns([0])
    line = course.world.store.access[max(course.world.store.access)]
    assert (concern.id, concern.received_at) == (course.case.number, course.case.received_at)
    assert (line.account_id, line.action, line.case_ids, line.granted) == (
        RUT.id,
        REPLAY,
        (course.id,),
        True,
    )


def test_the_command_line_is_named_in_the_log() -> None:
    course = begun()

    read_history(course.world.office, REPLAYER, WORDS, gather=ColumnConcerns.of)

    line = course.world.store.access[max(course.world.store.access)]
    assert (line.account_id, line.case_ids) == ("kommandoraden", (course.id,))


@pytest.mark.parametrize(
    "who",
    [it for it in EVERYONE if not it.has(Role.RULE_OWNER, Role.MANAGER)],
    ids=lambda who: who.name,
)
def test_only_those_who_answer_for_the_rules_read_it(who: Actor) -> None:
    course = begun()
    before = len(course.world.store.access)

    with pytest.raises(NotAllowed):
        read_history(course.world.office, who, WORDS, gather=ColumnConcerns.of)

    assert len(course.world.store.access) == before


def test_what_cannot_be_logged_is_not_read() -> None:
    course = begun()

    class Mute(MemoryAccessLog):
        def record(self, *lines: Access) -> None:
            raise StoreUnavailable

    def uow() -> UnitOfWork:
        work = MemoryUnitOfWork(course.world.store)
        work.access = Mute(work._staged)
        return work

    with pytest.raises(StoreUnavailable):
        read_history(replace(course.world.office, uow=uow), RUT, WORDS, gather=ColumnConcerns.of)
