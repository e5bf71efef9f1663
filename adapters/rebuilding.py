"""Writes every list anew from the journal, which is the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from adapters.fitting import HEAD, require_fitting
from adapters.projections import remove_rows, write_changes
from adapters.stored import batches, load
from adapters.tables import cases
from adapters.verification import DAMAGED, read
from rules.case import Case
from rules.fold import replay
from workflows.rows import changed


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases were written anew, and which could not be: their rows are left alone."""

    cases: int
    damaged: tuple[str, ...]


def rebuild(engine: Engine) -> Rebuilt:
    """All projections from the journal, some hundred cases in a transaction."""
    written = 0
    damaged: list[str] = []
    with engine.connect() as reader:
        for case_ids in batches(reader):
            with engine.begin() as connection:
                require_fitting(connection, HEAD)
                failed = _rebuild_some(connection, case_ids)
            damaged += failed
            written += len(case_ids) - len(failed)
    return Rebuilt(written, tuple(damaged))


def _rebuild_some(connection: Connection, case_ids: Sequence[str]) -> list[str]:
    # The same lock as an append takes, in the same order for everybody.
    held = select(cases.c.case_id).where(cases.c.case_id.in_(case_ids)).order_by(cases.c.case_id)
    connection.execute(held.with_for_update())
    whole: list[Case] = []
    damaged: list[str] = []
    gone: list[str] = []
    for stored in load(connection, case_ids):
        try:
            case = replay(stored.case_id, read(stored))
        except DAMAGED:
            damaged.append(stored.name)
            continue
        gone.append(stored.case_id)
        whole += [case] if case else []
    remove_rows(connection, gone)
    write_changes(connection, (changed(case) for case in whole))
    return damaged
