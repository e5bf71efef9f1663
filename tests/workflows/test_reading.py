"""Reading is a step: what one may not see does not exist, and no look goes unlogged."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from adapters.memory import MemoryUnitOfWork
from adapters.memory_people import MemoryAccessLog
from rules.access import Relation, relations
from rules.breaches import Explanation
from rules.errors import NotAllowed, NotVisible
from rules.people import Actor, Role
from tests.people import (
    BEA,
    CALLE,
    CIA,
    CURT,
    EVERYONE,
    GRY,
    MIRA,
    SYS,
    ULF,
    UNO,
    UTA,
    VIVI,
    actor,
)  # fmt: skip
from tests.workflows.course import Course, begun
from workflows import assessing, convening, deciding
from workflows.breaches import explain
from workflows.deliveries import read_deliveries
from workflows.ports import Access, Office, StoreUnavailable, UnitOfWork
from workflows.reading import (
    read_access_log,
    read_board,
    read_case,
    read_deadlines,
)

DORA = actor("Dora", Role.UNIT, unit="vuxen")


def last_line(course: Course) -> Access:
    return course.world.store.access[max(course.world.store.access)]


def test_a_read_shows_the_case_with_its_events_and_is_logged() -> None:
    course = begun()
    view = read_case(course.world.office, MIRA, course.id)

    assert view.case == course.case
    assert view.events == course.world.store.journal[course.id]
    assert view.relations == {Relation.INTAKE}
    line = last_line(course)
    assert (line.account_id, line.action, line.case_ids, line.granted, line.relation) == (
        MIRA.id, "läsa", (course.id,), True, "mottagning",
    )  # fmt: skip


@pytest.mark.parametrize("who", [BEA, UTA, VIVI, SYS, GRY], ids=lambda who: who.name)
def test_a_denied_read_looks_as_if_there_were_no_case_and_is_logged(who: Actor) -> None:
    course = begun()

    with pytest.raises(NotVisible):
        read_case(course.world.office, who, course.id)
    line = last_line(course)
    assert (line.account_id, line.case_ids, line.granted, line.detail) == (
        who.id, (course.id,), False, "NotVisible",
    )  # fmt: skip
    with pytest.raises(NotVisible):
        read_case(course.world.office, who, "finns-inte")


class Mute(MemoryAccessLog):
    """An access log that cannot be written."""

    def record(self, *lines: Access) -> None:
        raise StoreUnavailable


def without_log(course: Course) -> Office:
    def uow() -> UnitOfWork:
        work = MemoryUnitOfWork(course.world.store)
        work.access = Mute(work._staged)
        return work

    return replace(course.world.office, uow=uow)


LOOKS: list[Callable[[Office, str], object]] = [
    lambda office, case_id: read_case(office, MIRA, case_id),
    lambda office, case_id: read_board(office, MIRA),
    lambda office, case_id: read_deadlines(office, CIA),
    lambda office, case_id: read_access_log(office, GRY),
    lambda office, case_id: read_case(office, BEA, case_id),
    lambda office, case_id: assessing.add_note(office, MIRA, case_id, text="Ringde."),
    lambda office, case_id: deciding.close(office, MIRA, case_id),
]


@pytest.mark.parametrize("look", LOOKS)
def test_what_cannot_be_logged_does_not_happen(look: Callable[[Office, str], object]) -> None:
    course = begun()
    before = course.world.store.commits

    with pytest.raises(StoreUnavailable):
        look(without_log(course), course.id)
    assert course.world.store.commits == before
    assert course.kinds[-1] == "classified"


def test_a_store_that_is_away_says_so_and_keeps_nothing() -> None:
    course = begun()
    course.world.store.away = True

    with pytest.raises(StoreUnavailable):
        read_case(course.world.office, MIRA, course.id)
    with pytest.raises(StoreUnavailable):
        course.protect()
    course.world.store.away = False
    assert course.kinds[-1] == "classified"


@pytest.fixture(scope="module")
def stages() -> Mapping[str, Course]:
    deputised = Course().until_called("barn")
    deputised.world.admit(DORA)
    convening.name_deputy(deputised.world.office, BEA, deputised.id, unit="barn", deputy=DORA.id)
    named = Course().until_decided()
    deciding.hand_over(named.world.office, MIRA, named.id, investigator=UTA.id)
    return {
        "begun": begun(),
        "called": Course().until_called("barn"),
        "deputised": deputised,
        "handed": Course().until_decided().hand_over(),
        "named": named,
        "taken": Course().until_decided().hand_over().receive(),
        "closed": Course().until_decided().hand_over().receive().close(),
    }


@pytest.mark.parametrize("who", [*EVERYONE, DORA], ids=lambda who: who.name)
@pytest.mark.parametrize(
    "stage", ["begun", "called", "deputised", "handed", "named", "taken", "closed"]
)
def test_a_list_shows_exactly_the_cases_that_may_be_read(
    stages: Mapping[str, Course], stage: str, who: Actor
) -> None:
    course = stages[stage]
    may_read = bool(relations(who, course.case, "mottagning") - {Relation.MANAGER})
    board = read_board(course.world.office, who, include_closed=True)

    assert [row.case_id for row in board.cases] == ([course.id] if may_read else [])
    assert {clock.case_id for clock in board.clocks} == ({course.id} if may_read else set())
    assert last_line(course).case_ids == ((course.id,) if may_read else ())


def test_closed_cases_are_listed_when_asked_for() -> None:
    course = Course().until_decided().hand_over().receive().close()

    assert read_board(course.world.office, MIRA).cases == ()
    assert len(read_board(course.world.office, MIRA, include_closed=True).cases) == 1


def test_a_case_that_another_investigator_has_taken_is_gone_for_the_others() -> None:
    course = Course().until_decided().hand_over()
    assert len(read_board(course.world.office, ULF).cases) == 1

    course.receive()
    assert read_board(course.world.office, ULF).cases == ()
    with pytest.raises(NotVisible):
        read_case(course.world.office, ULF, course.id)


@pytest.mark.parametrize(
    ("who", "seen"),
    [(VIVI, 1), (CIA, 1), (CALLE, 0), (CURT, 0)],
    ids=["Vivi", "Cia", "Calle", "Curt"],
)
def test_deadlines_are_shown_by_number_and_time_without_a_word_of_whom(
    who: Actor, seen: int
) -> None:
    course = begun()
    board = read_deadlines(course.world.office, who)

    assert len(board.cases) == seen
    for row in board.cases:
        assert (row.child_name, row.personal_number, row.birth_date, row.title) == (
            None, None, None, "",
        )  # fmt: skip
        assert row.number == course.case.number


def test_what_is_written_of_a_breach_is_for_those_who_may_read_the_case() -> None:
    course = begun().protect().confirm()
    course.world.clock.forward(hours=5)
    course.sweep()
    said = Explanation(key="hantering:röd", cause="annat", comment="Sent.", measure="Rings.")
    explain(course.world.office, CIA, course.id, said=said)

    found = [
        {(it.comment, it.measure) for it in read_deadlines(course.world.office, who).clocks}
        for who in (VIVI, CIA)
    ]

    assert found == [{(None, None)}, {(None, None), ("Sent.", "Rings.")}]


@pytest.mark.parametrize("who", [MIRA, BEA, UTA, SYS], ids=lambda who: who.name)
def test_deadlines_are_for_chefs(who: Actor) -> None:
    with pytest.raises(NotAllowed):
        read_deadlines(begun().world.office, who)


def test_the_reviewer_reads_who_has_read_and_that_is_logged_too() -> None:
    course = begun()
    lines = read_access_log(course.world.office, GRY)

    assert [line.action for line in lines] == ["registrera"]
    assert last_line(course).action == "läsa åtkomstlogg"
    with pytest.raises(NotAllowed):
        read_access_log(course.world.office, MIRA)


def test_chefs_and_the_administrator_see_what_was_sent() -> None:
    course = begun().protect().confirm().call("barn")

    assert len(read_deliveries(course.world.office, SYS).recent) == 1
    with pytest.raises(NotAllowed):
        read_deliveries(course.world.office, UNO)
