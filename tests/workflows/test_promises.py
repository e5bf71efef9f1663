"""The watchdog: what it finds, that it says so once, and that it says when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.people import Role
from tests.nodes import node
from tests.people import MIRA, MORNING, RED, World, report
from workflows import outages, promises, watching
from workflows.delivery_ports import Claim, Failure, Notice, Way
from workflows.finding_words import advice, sentence
from workflows.promises import Own
from workflows.registering import register
from workflows.vigil_ports import Finding, Kind

HERE = Own(place="hub-1")


def lively(world: World | None = None) -> World:
    """A world where a worker lives and the statement of the day is made."""
    world = world or World()
    world.clock.now = MORNING.replace(hour=5)
    outages.beat(world.office, "hub-1")
    return world


def with_a_case(world: World) -> str:
    (case,) = register(world.office, MIRA, report(answers=RED, received_at=world.clock.now))
    return case.id


def kinds(world: World, own: Own = HERE) -> set[Kind]:
    return {it.kind for it in promises.examine(world.office, own)}


def later(world: World, **span: float) -> None:
    """The worker lives all the time."""
    until = world.clock.now + timedelta(**span)
    while world.clock.now < until:
        world.clock.now = min(until, world.clock.now + timedelta(seconds=50))
        outages.beat(world.office, "hub-1")


def test_nothing_is_found_where_everything_is_as_promised() -> None:
    world = lively()
    with_a_case(world)

    assert kinds(world) == set()


def test_a_case_without_a_clock_and_without_an_owned_breach_is_found() -> None:
    world = lively()
    case_id = with_a_case(world)
    world.store.rows[case_id] = replace(world.store.rows[case_id], clocks=(), alarms=())

    assert kinds(world) == {Kind.UNPROMISED}


def test_a_running_clock_that_nobody_will_be_told_of_is_found() -> None:
    world = lively()
    case_id = with_a_case(world)
    world.store.rows[case_id] = replace(world.store.rows[case_id], alarms=())

    assert kinds(world) == {Kind.UNTOLD, Kind.UNPROMISED}


def test_an_alarm_at_another_time_than_the_end_is_none() -> None:
    world = lively()
    case_id = with_a_case(world)
    rows = world.store.rows[case_id]
    late = tuple(replace(it, at=it.at + timedelta(days=400)) for it in rows.alarms)
    world.store.rows[case_id] = replace(rows, alarms=late)

    assert kinds(world) == {Kind.UNTOLD, Kind.UNPROMISED}


def test_a_sweep_that_does_not_come_is_found_after_a_minute() -> None:
    world = lively()
    rows = world.store.rows[with_a_case(world)]
    first = min(it.at for it in rows.alarms)
    later(world, seconds=(first - world.clock.now).total_seconds() + 59)
    assert kinds(world) == set()
    later(world, seconds=1)
    assert kinds(world) == {Kind.LATE_ALARM}

    due = min(it.due_at for it in rows.clocks)
    later(world, seconds=(due - world.clock.now).total_seconds() + 60)

    assert kinds(world) == {Kind.UNRECORDED, Kind.LATE_ALARM}
    watching.sweep(world.office)
    assert kinds(world) == set()


def test_a_breach_without_an_owner_is_nobodys_promise() -> None:
    world = lively()
    case_id = with_a_case(world)
    rows = world.store.rows[case_id]
    unowned = tuple(replace(it, passed_at=world.clock.now, owner="") for it in rows.clocks)
    world.store.rows[case_id] = replace(rows, clocks=unowned)
    assert kinds(world) == {Kind.UNPROMISED}

    owned = tuple(replace(it, owner="mottagning") for it in unowned)
    world.store.rows[case_id] = replace(rows, clocks=owned)
    assert kinds(world) == set()


def test_that_nobody_watches_is_found_by_whoever_looks() -> None:
    world = lively()
    world.clock.forward(seconds=59)
    assert kinds(world) == set()

    world.clock.forward(seconds=1)

    assert kinds(world) == {Kind.NO_WORKER}


def test_a_sign_of_life_from_a_clock_that_is_ahead_does_not_hide_that_nobody_watches() -> None:
    world = lively()
    now = world.clock.now
    world.clock.now = now + timedelta(days=1)
    outages.beat(world.office, "hub-2")

    world.clock.now = now + timedelta(seconds=60)

    assert kinds(world) == {Kind.NO_WORKER, Kind.BACKWARDS}


def test_that_nobody_has_ever_watched_is_found() -> None:
    assert Kind.NO_WORKER in kinds(World())


@pytest.mark.parametrize("seconds", [10, -10])
def test_a_clock_ten_seconds_from_the_databases_is_found(seconds: int) -> None:
    own = replace(HERE, skew=timedelta(seconds=seconds))

    assert kinds(lively(), own) == {Kind.SKEW}


def test_a_clock_a_second_from_the_databases_is_right_enough() -> None:
    assert kinds(lively(), replace(HERE, skew=timedelta(seconds=-1))) == set()


def test_a_step_backwards_is_found_by_what_is_already_written() -> None:
    world = lively()
    with_a_case(world)
    world.clock.forward(seconds=-10)

    assert kinds(world) == {Kind.BACKWARDS, Kind.NO_WORKER}
    outages.beat(world.office, "hub-1")
    assert kinds(world) == {Kind.BACKWARDS}


def test_a_step_backwards_is_kept_though_the_next_sign_of_life_writes_it_over() -> None:
    world = lively()
    world.clock.forward(seconds=-10)

    outages.beat(world.office, "hub-1")
    outages.beat(world.office, "hub-1")

    kept = promises.kept(world.office)
    assert [(it.finding.kind, it.finding.place) for it in kept] == [(Kind.BACKWARDS, "hub-1")]
    assert subjects(world) == ["Bevakningen larmar"] * 2


def test_a_scheduler_that_has_died_is_found() -> None:
    assert kinds(lively(), replace(HERE, scheduler=False)) == {Kind.DEAD_SCHEDULER}


def test_a_statement_that_is_not_made_is_found_a_quarter_past_seven() -> None:
    world = lively()
    later(world, hours=1, minutes=15)
    assert kinds(world) == {Kind.NO_STATEMENT}

    world.clock.forward(seconds=-1)
    assert kinds(world) == set()


def subjects(world: World) -> list[str]:
    return [it.notice.subject for it in world.store.notices]


def test_a_finding_is_mailed_once_when_it_begins_and_once_when_it_is_over() -> None:
    world = lively()
    skewed = replace(HERE, skew=timedelta(seconds=10))

    began = promises.watch(world.office, skewed)
    later(world, minutes=1)
    again = promises.watch(world.office, skewed)
    later(world, minutes=2)
    calm = promises.watch(world.office, HERE)
    later(world, minutes=1)
    over = promises.watch(world.office, HERE)

    assert [it.kind for it in began.began] == [it.kind for it in over.ended] == [Kind.SKEW]
    assert not again.began
    assert not calm.ended
    assert subjects(world) == ["Bevakningen larmar"] * 2 + ["Bevakningen: över"] * 2
    roles = {it.notice.role for it in world.store.notices}
    assert roles == {Role.MANAGER, Role.ADMINISTRATOR}
    (kept,) = promises.kept(world.office)
    assert kept.cleared_at == world.clock.now


def given_up(world: World, count: int) -> None:
    """So many letters more that nobody takes."""
    at = world.clock.now
    with world.office.uow() as work:
        for number in range(count):
            key = f"{at}:{number}"
            work.outbox.put([Notice(key=key, case_id="", subject="", body="", made_at=at)])
        claim = Claim(way=Way.MAIL, by="w", at=at, until=at, most=500)
        for it in work.outbox.claim(claim):
            failure = Failure(reason="550", next_try_at=at, dead=True)
            work.outbox.failed(it.id, failure, by="w")
        work.commit()


def letters_of_the_dead(world: World) -> int:
    return sum("getts upp" in it.notice.body for it in world.store.notices)


def test_a_dead_letter_is_told_of_though_another_is_dead_already() -> None:
    world = lively()
    given_up(world, 1)
    promises.watch(world.office, HERE)
    later(world, minutes=20)
    assert promises.watch(world.office, HERE).grew == ()
    given_up(world, 1)

    round_ = promises.watch(world.office, HERE)

    assert [it.kind for it in round_.grew] == [Kind.DEAD_LETTER]
    assert letters_of_the_dead(world) == 4


def test_letters_that_die_of_telling_that_letters_die_do_not_multiply_at_each_round() -> None:
    world = lively()
    given_up(world, 1)
    for _ in range(17):
        promises.watch(world.office, HERE)
        given_up(world, 0)
        later(world, seconds=50)

    assert letters_of_the_dead(world) == 2


def test_what_only_grows_with_time_is_not_told_again_and_again() -> None:
    world = lively()
    for number in range(3):
        with world.office.uow() as work:
            note = Notice(key=f"{number}", case_id="", subject="", body="", made_at=MORNING)
            work.outbox.put([replace(note, made_at=world.clock.now)])
            work.commit()
        later(world, minutes=20)
        round_ = promises.watch(world.office, HERE)

    assert (Kind.LATE_DELIVERY, round_.grew) == (round_.found[0].kind, ())


def test_a_finding_that_comes_back_is_told_again() -> None:
    world = lively()
    skewed = replace(HERE, skew=timedelta(seconds=10))
    promises.watch(world.office, skewed)
    later(world, minutes=4)
    promises.watch(world.office, HERE)

    assert [it.kind for it in promises.watch(world.office, skewed).began] == [Kind.SKEW]
    assert len(promises.kept(world.office)) == 2


def test_what_one_process_finds_of_itself_is_not_over_because_another_does_not() -> None:
    world = lively()
    promises.watch(world.office, replace(HERE, skew=timedelta(seconds=10)))
    later(world, minutes=1)

    assert promises.watch(world.office, Own(place="hub-2")).ended == ()


def test_what_one_process_finds_of_itself_is_told_by_every_other() -> None:
    world = lively()
    promises.watch(world.office, replace(HERE, skew=timedelta(seconds=10)))

    (found,) = promises.examine(world.office, Own())

    assert (found.kind, found.place) == (Kind.SKEW, "hub-1")


def test_whoever_looks_is_told_since_when_it_was_first_seen() -> None:
    world = lively()
    skewed = replace(HERE, skew=timedelta(seconds=10))
    first = world.clock.now
    promises.watch(world.office, skewed)
    later(world, minutes=1)

    (found,) = promises.examine(world.office, skewed)

    assert found.since == first


def test_two_workers_find_the_same_thing_once() -> None:
    world = lively()
    with_a_case(world)
    later(world, minutes=25)

    first = promises.watch(world.office, HERE)
    second = promises.watch(world.office, Own(place="hub-2"))

    assert first.began
    assert not second.began
    assert len(promises.kept(world.office)) == len(first.began)


def test_nothing_that_is_mailed_tells_of_a_case() -> None:
    world = lively()
    case_id = with_a_case(world)
    world.store.rows[case_id] = replace(world.store.rows[case_id], clocks=(), alarms=())
    before = len(world.store.notices)

    promises.watch(world.office, HERE)

    told = world.store.notices[before:]
    assert told
    assert not any("MH-" in it.notice.body for it in told)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("count", [1, 3])
def test_every_finding_is_a_sentence_with_something_to_do(kind: Kind, count: int) -> None:
    said = sentence(Finding(kind=kind, since=MORNING, count=count))

    assert said[0].isupper() or said[0] == "3"
    assert said.endswith(".")
    assert advice(kind).endswith(".")


def test_a_worker_that_falls_silent_is_found() -> None:
    world = lively()
    began = world.clock.now
    with world.office.uow() as work:
        work.nodes.join(node("a", started=0, seen=0, since=began))
        work.commit()
    later(world, minutes=2)

    assert kinds(world) == {Kind.SILENT_WORKER}
