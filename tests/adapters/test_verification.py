"""Verify finds what an intruder with the owner's rights has done, and rebuild mends the lists."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, text

from adapters import stored
from adapters.rebuilding import rebuild
from adapters.verification import verify
from adapters.work import postgres_work
from rules.events import Event
from tests.adapters import saga
from workflows.ports import Scope

UNLOCK = "ALTER TABLE journal DISABLE TRIGGER journal_is_append_only"
LOCK = "ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_is_append_only"
GONE = "Ärende 2026-a: tabellen {} stämmer inte med journalen."


@pytest.fixture(name="engine")
def two_cases(postgres_engine: Engine) -> Engine:
    with postgres_work(postgres_engine)() as work:
        for name in ("a", "b"):
            events: list[Event] = [
                saga.registered(f"2026-{name}"),
                saga.clock(warn=(saga.after(hours=9),)),
                saga.called("barn"),
                saga.classified(),
            ]
            work.journal.append(name, events, expected=0)
        work.commit()
    return postgres_engine


def tamper(owner: Engine, *statements: str) -> None:
    """As the owner, with the guard taken away and put back."""
    with owner.begin() as connection:
        for statement in (UNLOCK, *statements, LOCK):
            connection.execute(text(statement))


def found(engine: Engine, place: str) -> list[str]:
    return [fault for fault in verify(engine) if place in fault]


def test_an_untouched_database_has_no_fault(engine: Engine) -> None:
    assert verify(engine) == []


def test_an_empty_database_has_no_fault(postgres_engine: Engine) -> None:
    assert verify(postgres_engine) == []


def test_a_changed_event_is_found_with_case_and_number(engine: Engine, owner: Engine) -> None:
    tamper(
        owner,
        "UPDATE journal SET event = replace(event, 'skola', 'polis')"
        " WHERE case_id = 'a' AND seq = 1",
    )

    faults = verify(engine)

    assert "Ärende 2026-a, händelse 1: kedjan är bruten" in faults[0]
    assert all("2026-b" not in fault for fault in faults)


def test_a_change_with_a_new_hash_is_found_at_the_row_after(engine: Engine, owner: Engine) -> None:
    """Whoever reseals one row has to reseal every later one."""
    tamper(
        owner,
        "UPDATE journal SET event = replace(event, 'skola', 'polis') WHERE seq = 1",
        "UPDATE journal SET hash = encode(sha256(convert_to(E'\\n' || case_id || E'\\n1\\n'"
        " || event, 'UTF8')), 'hex') WHERE case_id = 'a' AND seq = 1",
    )

    assert found(engine, "2026-a, händelse 1: kedjan") == []
    assert len(found(engine, "2026-a, händelse 2: kedjan är bruten")) == 1


def test_a_removed_event_is_found(engine: Engine, owner: Engine) -> None:
    tamper(owner, "DELETE FROM journal WHERE case_id = 'a' AND seq = 2")

    assert found(engine, "händelse 3: händelse 2 saknas i journalen") != []


def test_a_removed_last_event_is_found(engine: Engine, owner: Engine) -> None:
    tamper(owner, "DELETE FROM journal WHERE case_id = 'a' AND seq = 4")

    assert found(engine, GONE.format("cases")) != []


def test_a_removed_case_is_found(engine: Engine, owner: Engine) -> None:
    tamper(owner, "DELETE FROM journal WHERE case_id = 'a'")

    for table in ("cases", "clocks", "units", "alarms"):
        assert found(engine, GONE.format(table)) != []


def test_an_added_event_is_found(engine: Engine, owner: Engine) -> None:
    tamper(
        owner,
        "INSERT INTO journal (case_id, seq, kind, actor, recorded_at, event, hash)"
        " SELECT case_id, 5, kind, actor, recorded_at, event, hash FROM journal"
        " WHERE case_id = 'a' AND seq = 4",
    )

    assert found(engine, "2026-a, händelse 5: kedjan är bruten") != []


def test_an_event_that_cannot_be_read_is_found_and_the_rest_still_checked(
    engine: Engine, owner: Engine
) -> None:
    tamper(
        owner,
        "UPDATE journal SET event = '{' WHERE case_id = 'a' AND seq = 2",
        "DELETE FROM journal WHERE case_id = 'b' AND seq = 4",
    )

    assert found(engine, "2026-a: journalen går inte att läsa") != []
    assert found(engine, "2026-b") != []


def test_an_event_that_does_not_follow_is_found(engine: Engine) -> None:
    with postgres_work(engine)() as work, pytest.raises(KeyError):
        work.journal.append("a", [saga.stopped("finns-inte")], expected=4)

    assert verify(engine) == []


@pytest.mark.parametrize(
    "change", ["kind = 'closed'", "actor = 'nobody'", "recorded_at = recorded_at + interval '1 h'"]
)
def test_a_changed_label_beside_an_event_is_found(
    engine: Engine, owner: Engine, change: str
) -> None:
    tamper(owner, f"UPDATE journal SET {change} WHERE case_id = 'a' AND seq = 1")

    assert found(engine, "2026-a, händelse 1: slag, person eller tid") != []


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("cases", "UPDATE cases SET level = 'grön' WHERE case_id = 'a'"),
        ("clocks", "UPDATE clocks SET stopped_at = now() WHERE case_id = 'a'"),
        ("clocks", "DELETE FROM clocks WHERE case_id = 'a'"),
        ("units", "DELETE FROM units WHERE case_id = 'a'"),
        ("alarms", "DELETE FROM alarms WHERE case_id = 'a' AND step = 'frist'"),
        ("alarms", "UPDATE alarms SET at = at + interval '1 day' WHERE case_id = 'a'"),
    ],
)
def test_a_list_that_differs_from_the_journal_is_found_and_mended(
    engine: Engine, table: str, statement: str
) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
    assert verify(engine) == [GONE.format(table)]

    rebuild(engine)

    assert verify(engine) == []


def test_an_open_case_without_a_running_clock_is_told(engine: Engine) -> None:
    with postgres_work(engine)() as work:
        work.journal.append("a", [saga.stopped()], expected=4)
        work.commit()

    assert verify(engine) == [
        "Ärende 2026-a: öppet utan löpande frist och utan fristbrott med ägare."
    ]


def test_a_guard_that_is_away_is_told(engine: Engine, owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(text(UNLOCK))

    assert found(engine, "Spärren mot ändringar i journal saknas") != []


def test_a_right_too_many_is_told(engine: Engine, owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(text("GRANT UPDATE ON access_log TO hub_program"))

    assert found(engine, "Programmets databasroll får ändra i access_log") != []


def test_rebuilding_from_nothing_gives_the_same_lists(engine: Engine) -> None:
    def lists() -> Sequence[object]:
        with postgres_work(engine)() as work:
            everything = Scope(everything=True)
            ids = ["a", "b"]
            return work.lists.cases(everything), work.lists.clocks(ids), work.lists.units(ids)

    before = lists()
    with engine.begin() as connection:
        for table in ("cases", "clocks", "units", "alarms"):
            connection.execute(text(f"DELETE FROM {table}"))

    assert rebuild(engine).cases == 2
    assert lists() == before
    assert verify(engine) == []


def test_rows_that_no_journal_tells_of_are_removed(engine: Engine, owner: Engine) -> None:
    tamper(owner, "DELETE FROM journal WHERE case_id = 'a'")

    rebuild(engine)

    assert verify(engine) == []
    with postgres_work(engine)() as work:
        assert work.lists.row("a") is None


def test_a_damaged_case_is_named_and_the_others_are_rebuilt(engine: Engine, owner: Engine) -> None:
    tamper(owner, "UPDATE journal SET event = '{' WHERE case_id = 'a' AND seq = 2")

    rebuilt = rebuild(engine)

    assert (rebuilt.cases, rebuilt.damaged) == (1, ("2026-a",))


def test_every_case_is_seen_once_whatever_the_size_of_a_batch(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "BATCH", 1)

    with engine.connect() as connection:
        assert list(stored.batches(connection)) == [["a"], ["b"]]
