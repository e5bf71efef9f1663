"""Proves that what the database says hangs together, case by case, and tells what does not.

The journal is held against its own hash chain, every projection against a rebuild, every alarm
against the messages put out, every open case against the promise of a running clock, every version
of the rules against its name, every daily statement against its signature, the one before it and
the journal, and the program's rights against what they must be.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine, select, text

from adapters import rulesfile
from adapters.chain import FIRST, seal
from adapters.every_table import APPEND_ONLY
from adapters.rule_tables import rule_approvals, rule_versions
from adapters.statement_store import PostgresStatements
from adapters.stored import StoredCase, batches, load
from rules.clocks import promise_is_kept
from rules.events import EVENT, Event
from rules.fold import replay
from rules.language.fault import Unreadable, Unsound
from workflows.rows import Rows, rows_of
from workflows.statement_proof import Trusted, faults_of
from workflows.telling import telling_faults

# What a damaged row can raise when it is read and folded: a fault to tell, not one to stop at.
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, AssertionError)


def verify(engine: Engine, trusted: Trusted | None = None) -> list[str]:
    """Every fault as a Swedish sentence, all of one moment; none says that all is well.

    Whose the signatures are is tried against the keys that are trusted, and not without any.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        faults = [*faults_of_rights(connection), *faults_of_versions(connection)]
        for case_ids in batches(connection):
            for stored in load(connection, case_ids):
                faults.extend(faults_of_case(stored))
        store = PostgresStatements(connection)
        faults.extend(faults_of(store, store.every(), trusted))
    return faults


def faults_of_rights(connection: Connection) -> Iterator[str]:
    """What only grows must be refused to change, by right and by guard."""
    for table in APPEND_ONLY:
        asked = {"table": table.name, "guard": f"{table.name}_is_append_only"}
        if connection.scalar(_MAY_CHANGE, asked):
            yield f"Programmets databasroll får ändra i {table.name}; den ska bara få lägga till."
        if not connection.scalar(_IS_GUARDED, asked):
            yield f"Spärren mot ändringar i {table.name} saknas eller är avslagen."


_MAY_CHANGE = text(
    "SELECT has_table_privilege(:table, 'UPDATE') OR has_table_privilege(:table, 'DELETE')"
    " OR has_table_privilege(:table, 'TRUNCATE')"
)
_IS_GUARDED = text(
    "SELECT count(*) FROM pg_trigger"
    " WHERE tgrelid = to_regclass(:table) AND tgname = :guard AND tgenabled = 'A'"
)


def faults_of_versions(connection: Connection) -> Iterator[str]:
    """The text of a version must be what its name says, and its approver another than its author.

    A text that this program cannot read is left to `hub rules recompute`, which needs it.
    """
    for name, content in connection.execute(select(rule_versions.c.version, rule_versions.c.text)):
        try:
            found = rulesfile.parse(content).version
        except (Unreadable, Unsound):
            continue
        if found != name:
            yield f"Regelversion {name}: texten är en annan än den som sparades."
    own = select(rule_approvals.c.version).where(
        rule_approvals.c.approver == rule_approvals.c.author
    )
    for name in connection.scalars(own):
        yield f"Regelversion {name}: godkänd av den som har skrivit den."


def faults_of_case(stored: StoredCase) -> Iterator[str]:
    """What is wrong with one case."""
    yield from _faults_of_chain(stored)
    try:
        events = read(stored)
        case = replay(stored.case_id, events)
    except DAMAGED as fault:
        kind = type(fault).__name__
        yield f"Ärende {stored.name}: journalen går inte att läsa till ett ärende ({kind})."
        return
    yield from _faults_of_labels(stored, events)
    yield from _faults_of_projections(stored, rows_of(case) if case else None)
    if case is not None:
        for untold in telling_faults(case, events, stored.put_out):
            yield f"Ärende {stored.name}: {untold}"
    if case is not None and not promise_is_kept(case):
        yield f"Ärende {stored.name}: öppet utan löpande frist och utan fristbrott med ägare."


def read(stored: StoredCase) -> list[Event]:
    """The events of the case as the journal has them."""
    return [EVENT.validate_json(entry.event) for entry in stored.entries]


def _faults_of_chain(stored: StoredCase) -> Iterator[str]:
    """Every row must follow from the one before it, and none may be missing."""
    previous, expected = FIRST, 1
    for entry in stored.entries:
        place = f"Ärende {stored.name}, händelse {entry.seq}"
        if entry.seq != expected:
            yield f"{place}: händelse {expected} saknas i journalen."
        elif entry.hash != seal(previous, entry.event, case_id=stored.case_id, seq=entry.seq):
            yield f"{place}: kedjan är bruten; raden har ändrats efter att den skrevs."
        previous, expected = entry.hash, entry.seq + 1


def _faults_of_labels(stored: StoredCase, events: Sequence[Event]) -> Iterator[str]:
    """The columns beside an event repeat what stands in it."""
    for entry, event in zip(stored.entries, events, strict=True):
        if (event.kind, event.by, event.at) != (entry.kind, entry.actor, entry.recorded_at):
            place = f"Ärende {stored.name}, händelse {entry.seq}"
            yield f"{place}: slag, person eller tid stämmer inte med händelsen."


def _faults_of_projections(stored: StoredCase, rows: Rows | None) -> Iterator[str]:
    wanted: Sequence[tuple[str, Sequence[object], Sequence[object]]] = (
        ("cases", stored.cases, (rows.case,) if rows else ()),
        ("clocks", stored.clocks, rows.clocks if rows else ()),
        ("units", stored.units, rows.units if rows else ()),
        ("alarms", stored.alarms, rows.alarms if rows else ()),
    )
    for table, found, rebuilt in wanted:
        if set(found) != set(rebuilt):
            yield f"Ärende {stored.name}: tabellen {table} stämmer inte med journalen."
