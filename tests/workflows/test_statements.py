"""The daily statement: one a Swedish day, of what is so when it is made, and nothing can be taken
away or changed without being found."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.signing import Ed25519Seal, derived
from rules.errors import NotAllowed, NotVisible
from rules.people import Actor
from tests.people import GREEN, GRY, MIRA, RED, SYS, VIVI, World, report
from workflows import statements
from workflows.daily_statement import Signed, hash_of, text_of
from workflows.node_ports import Node
from workflows.registering import register
from workflows.statement_ports import AlreadyStated
from workflows.statement_words import headline, letter, lines, marks

SEAL = derived("ett långt och slumpat prov av en hemlighet")
OTHER = derived("en helt annan och lika lång hemlighet")
NOW = timedelta()
FIRST_MORNING = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


def world_at(at: datetime = FIRST_MORNING) -> World:
    world = World()
    world.clock.now = at
    return world


def make(world: World, seal: Ed25519Seal = SEAL, skew: timedelta = NOW) -> Signed | None:
    return statements.make(world.office, seal, skew=skew)


def made(world: World) -> Signed:
    signed = make(world)
    assert signed is not None
    return signed


def three_days() -> World:
    world = world_at()
    made(world)
    for answers in (RED, GREEN):
        world.clock.forward(hours=3)
        register(world.office, MIRA, report(answers=answers, received_at=world.clock.now))
        world.clock.forward(hours=21)
        made(world)
    return world


def faults(world: World, *, seen: tuple[str, ...] = (), keys: tuple[str, ...] = ()) -> list[str]:
    return list(statements.check(world.office, SEAL, seen=seen, keys=keys).faults)


@pytest.mark.parametrize("hours", [24, -1])
def test_whose_clock_is_wrong_signs_no_time_and_the_statement_is_missed(hours: int) -> None:
    world = world_at()
    world.clock.forward(minutes=20)

    assert make(world, skew=timedelta(hours=hours)) is None
    with world.office.uow() as work:
        assert statements.overdue(work, world.clock.now) == FIRST_MORNING


def test_a_statement_is_made_at_seven_and_not_before() -> None:
    world = world_at(FIRST_MORNING - timedelta(seconds=1))

    assert make(world) is None
    world.clock.forward(seconds=1)
    signed = made(world)

    assert signed.day == date(2026, 3, 10)
    assert signed.statement.late == timedelta()


def test_two_workers_make_one_statement_a_day() -> None:
    world = world_at()

    found = [make(world), make(world)]

    assert [it.number for it in found if it] == [1]
    assert len(world.store.notices) == 2


def test_a_worker_that_comes_second_writes_nothing() -> None:
    world, first = world_at(), world_at()
    signed = made(first)

    with world.office.uow() as late:
        assert late.statements.newest() is None
        with world.office.uow() as quick:
            quick.statements.add(signed)
            quick.commit()
        with pytest.raises(AlreadyStated):
            late.statements.add(signed)


def test_a_statement_counts_every_open_case_and_who_watches_it() -> None:
    world = world_at()
    register(world.office, MIRA, report(received_at=world.clock.now))
    register(world.office, MIRA, report(received_at=world.clock.now, answers=GREEN))

    said = made(world).statement

    assert (said.figures.open, said.figures.with_clock, said.figures.without) == (2, 2, ())
    assert said.rules_version == world.rulebook.version
    assert said.head.position == len(world.store.events)
    assert headline(said) == "2 öppna ärenden, 2 bevakade, 0 utan."


def test_a_case_that_nobody_watches_is_told_by_number() -> None:
    world = world_at()
    (case,) = register(world.office, MIRA, report(received_at=world.clock.now))
    rows = world.store.rows[case.id]
    world.store.rows[case.id] = replace(rows, clocks=())

    signed = made(world)

    assert signed.statement.figures.without == (case.number,)
    assert case.number in letter(signed)[1]
    assert "måste någon se till nu" in letter(signed)[1]


def test_a_statement_that_comes_late_says_so_and_is_never_backdated() -> None:
    world = world_at()
    made(world)
    world.clock.forward(days=1, hours=5)

    said = made(world).statement

    assert said.made_at == world.clock.now
    assert said.late == timedelta(hours=5)
    assert "för sent" in dict(lines(said))["Gjort"]


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [
        (-1, "skiljer mindre än en sekund"),
        (999, "skiljer mindre än en sekund"),
        (1000, "1000 millisekunder"),
        (-2300, "−2300 millisekunder"),
    ],
)
def test_a_clock_that_is_right_says_so_and_one_that_is_behind_has_a_minus(
    milliseconds: int, told: str
) -> None:
    said = made(world_at()).statement

    assert dict(lines(replace(said, skew=milliseconds)))["Klockan mot databasens"] == told


def test_the_first_of_all_is_not_late_whenever_the_hub_is_taken_into_use() -> None:
    said = made(world_at(FIRST_MORNING + timedelta(hours=5))).statement

    assert said.late == timedelta()
    assert dict(lines(said))["Gjort"] == "2026-03-10 kl. 12.00"


def test_yesterdays_statement_is_made_in_the_night_and_tells_of_the_days_without() -> None:
    world = world_at()
    made(world)
    world.clock.now = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)

    said = made(world).statement

    assert said.day == date(2026, 3, 13)
    assert said.missed == (date(2026, 3, 11), date(2026, 3, 12))
    assert dict(lines(said))["Inget intyg för"] == "2026-03-11, 2026-03-12"
    assert make(world) is None


def test_a_chain_that_nobody_has_touched_has_no_fault() -> None:
    world = three_days()

    assert faults(world) == []
    assert [it.statement.number for it in world.store.statements.values()] == [1, 2, 3]


FIELDS = ("text", "hash", "signature", "key", "number", "day")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_any_changed_column_is_found(number: int, field: str) -> None:
    world = three_days()
    kept = world.store.statements[number]
    changed: dict[str, Any] = {
        "text": kept.text.replace('"open":', '"open": '),
        "hash": "0" * 64,
        "signature": "0" * 128,
        "key": OTHER.key,
        "number": 7,
        "day": kept.day - timedelta(days=30),
    }
    world.store.statements[number] = replace(kept, **{field: changed[field]})

    assert faults(world)


SAID = sorted(made(world_at()).statement.__dataclass_fields__)


@pytest.mark.parametrize("name", SAID)
def test_any_changed_word_is_found_even_when_the_hash_is_made_to_fit(name: str) -> None:
    world = three_days()
    kept = world.store.statements[2]
    said = kept.statement
    other: dict[str, Any] = {
        "number": 9,
        "day": date(2026, 3, 9),
        "due_at": said.due_at + timedelta(hours=1),
        "made_at": said.made_at - timedelta(hours=1),
        "missed": (date(2026, 3, 10),),
        "figures": replace(said.figures, without=("MH-2026-00009",)),
        "deliveries_waiting": 99,
        "oldest_delivery": said.due_at,
        "dead_letters": 99,
        "processes_working": 99,
        "processes_silent": 99,
        "skew": 99,
        "rules_version": "en-annan",
        "head": replace(said.head, hash="0" * 64),
        "previous": "0" * 64,
    }
    text = text_of(replace(said, **{name: other[name]}))
    world.store.statements[2] = replace(kept, text=text, hash=hash_of(text))

    found = faults(world)

    assert any("underskriften" in it for it in found)
    assert any("följer inte" in it for it in found)


def test_one_who_signs_anew_with_a_key_of_their_own_is_found() -> None:
    world = three_days()
    kept = world.store.statements[3]
    text = text_of(replace(kept.statement, skew=99))
    world.store.statements[3] = replace(
        kept, text=text, hash=hash_of(text), signature=OTHER.sign(text), key=OTHER.key
    )

    assert faults(world) == [f"{kept.name}: är underskrivet med en annan nyckel än hubbens."]
    assert faults(world, keys=(OTHER.key,)) == []


@pytest.mark.parametrize("number", [1, 2])
def test_a_statement_that_was_taken_away_is_found(number: int) -> None:
    world = three_days()
    del world.store.statements[number]

    assert faults(world)


def test_the_last_one_taken_away_is_found_by_the_day_and_by_whoever_kept_its_letter() -> None:
    world = three_days()
    gone = world.store.statements.pop(3)
    world.clock.forward(minutes=20)

    assert faults(world, seen=(gone.hash,)) == [
        f"Intyget med hash {gone.hash} saknas.",
        "Dagsintyget för 2026-03-12 saknas.",
    ]


def test_statements_in_another_order_are_found() -> None:
    world = three_days()
    kept = world.store.statements
    kept[1], kept[2] = replace(kept[2], number=1), replace(kept[1], number=2)

    assert faults(world)


def test_a_journal_that_has_changed_since_is_found() -> None:
    world = three_days()
    name = next(iter(world.store.journal))
    first, *rest = world.store.journal[name]
    world.store.journal[name] = (replace(first, by="någon annan"), *rest)

    assert faults(world) == [
        f"{world.store.statements[n].name}: journalen är en annan än när intyget skrevs."
        for n in (2,)
    ]


def test_a_text_that_cannot_be_read_is_a_fault_and_no_crash() -> None:
    world = three_days()
    kept = world.store.statements[2]
    world.store.statements[2] = replace(kept, text="{", hash=hash_of("{"))

    assert f"{kept.name}: texten går inte att läsa." in faults(world)


@settings(max_examples=40)
@given(st.data())
def test_no_single_character_can_be_changed(data: st.DataObject) -> None:
    world = KEPT
    number = data.draw(st.sampled_from(sorted(world.store.statements)))
    kept = world.store.statements[number]
    place = data.draw(st.integers(0, len(kept.text) - 1))
    sign = data.draw(st.characters(codec="latin-1").filter(lambda it: it != kept.text[place]))
    text = kept.text[:place] + sign + kept.text[place + 1 :]
    world.store.statements[number] = replace(kept, text=text, hash=hash_of(text))
    try:
        assert any("underskriften" in it for it in faults(world))
    finally:
        world.store.statements[number] = kept


KEPT = three_days()


def test_the_statement_counts_those_that_live_and_those_that_fell_silent() -> None:
    world = world_at()
    with world.office.uow() as work:
        for name, age in (("a", 5), ("b", 500)):
            seen = world.clock.now - timedelta(seconds=age)
            work.nodes.join(node(name, seen))
        work.commit()

    said = made(world).statement

    assert (said.processes_working, said.processes_silent) == (1, 1)


def node(name: str, seen: datetime) -> Node:
    return Node(
        id=name,
        kind="work",
        host=f"dator-{name}",
        program="1",
        schema="0011",
        started_at=seen,
        seen_at=seen,
    )


def test_the_letter_goes_to_the_manager_and_the_reviewer_once() -> None:
    world = world_at()
    signed = made(world)

    told = [it.notice for it in world.store.notices]

    assert {it.role for it in told} == {"verksamhetschef", "granskare"}
    assert all(signed.hash in it.body for it in told)
    assert told[0].subject == "Dagsintyg 2026-03-10: 0 öppna ärenden, 0 bevakade, 0 utan."


@pytest.mark.parametrize("person", [VIVI, GRY, SYS])
def test_those_who_answer_for_the_whole_read_it_and_the_look_is_logged(person: Actor) -> None:
    world = three_days()

    listed = statements.read_all(world.office, person)
    one = statements.read_one(world.office, person, listed[0].day)

    assert [it.number for it in listed] == [3, 2, 1]
    assert one == listed[0]
    assert [it.action for it in world.store.access.values()][-2:] == ["läsa dagsintyg"] * 2


def test_nobody_else_reads_it() -> None:
    world = three_days()

    with pytest.raises(NotAllowed):
        statements.read_all(world.office, MIRA)
    with pytest.raises(NotAllowed):
        statements.read_one(world.office, MIRA, date(2026, 3, 10))


def test_a_day_without_a_statement_is_no_page() -> None:
    with pytest.raises(NotVisible):
        statements.read_one(three_days().office, VIVI, date(2020, 1, 1))


def test_a_clock_that_goes_backwards_makes_no_statement_again() -> None:
    world = three_days()
    world.clock.forward(days=-1)

    assert make(world) is None
    assert faults(world) == []


def test_what_holds_it_together_stands_on_it() -> None:
    world = three_days()

    first, second = (dict(marks(world.store.statements[n])) for n in (1, 2))

    assert first["Föregående intyg"] == "det här är det första"
    assert first["Journalens hash"] == "ingen händelse"
    assert second["Föregående intyg"] == first["Intygets hash"]
    assert second["Hubbens nyckel"] == SEAL.key
