"""Versions of the rules on PostgreSQL: rows are added, and the database refuses all else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.exc import IntegrityError

from adapters.alone import alone
from adapters.projections import columns_of
from adapters.rule_tables import (
    rule_approvals,
    rule_rejections,
    rule_shadow_ends,
    rule_shadow_results,
    rule_shadows,
    rule_versions,
)
from adapters.tables import cases, journal
from rules.events import EVENT, Classified
from rules.level import Level
from rules.versions import Approval, NotWaiting, OwnProposal, Rejection, RuleVersion
from workflows.rule_ports import Past, Shadow, ShadowResult, Tally

_ONE_AT_A_TIME = 20_260_103
_IN_TURN = (rule_approvals.c.effective_at, rule_approvals.c.id)


class PostgresRules:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> None:
        alone(self._connection, _ONE_AT_A_TIME)

    def keep(self, version: RuleVersion) -> bool:
        added = insert_once(rule_versions).values(columns_of(version)).on_conflict_do_nothing()
        found = self._connection.scalar(added.returning(rule_versions.c.version))
        return found is not None

    def version(self, name: str) -> RuleVersion | None:
        query = select(rule_versions).where(rule_versions.c.version == name)
        row = self._connection.execute(query).mappings().one_or_none()
        return RuleVersion(**row) if row else None

    def versions(self) -> tuple[RuleVersion, ...]:
        newest = (rule_versions.c.proposed_at.desc(), rule_versions.c.version.desc())
        rows = self._connection.execute(select(rule_versions).order_by(*newest)).mappings()
        return tuple(RuleVersion(**row) for row in rows)

    def approve(self, approval: Approval) -> Approval:
        row = columns_of(approval) | {"ticked": list(approval.ticked)}
        del row["id"]
        added = insert(rule_approvals).values(row).returning(rule_approvals)
        try:
            with self._connection.begin_nested():
                return _approval(self._connection.execute(added).mappings().one())
        except IntegrityError as refused:
            if _constraint(refused) == "ck_rule_approvals_another_person":
                raise OwnProposal from refused
            raise

    def approvals(self) -> tuple[Approval, ...]:
        query = select(rule_approvals).order_by(rule_approvals.c.id.desc())
        return tuple(_approval(row) for row in self._connection.execute(query).mappings())

    def schedule(self) -> tuple[Approval, ...]:
        withdrawn = select(rule_rejections.c.id).where(
            rule_rejections.c.approval_id == rule_approvals.c.id
        )
        query = select(rule_approvals).where(~withdrawn.exists()).order_by(*_IN_TURN)
        return tuple(_approval(row) for row in self._connection.execute(query).mappings())

    def reject(self, rejection: Rejection) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(rule_rejections).values(columns_of(rejection)))
        except IntegrityError as refused:
            if _constraint(refused) == "uq_rule_rejections_version_approval_id":
                raise NotWaiting from refused
            raise

    def rejections(self) -> tuple[Rejection, ...]:
        columns = [column for column in rule_rejections.columns if column.name != "id"]
        query = select(*columns).order_by(rule_rejections.c.id.desc())
        return tuple(Rejection(**row) for row in self._connection.execute(query).mappings())

    def start_shadow(self, shadow: Shadow) -> Shadow:
        begun = {
            "version": shadow.version,
            "started_by": shadow.started_by,
            "started_at": shadow.started_at,
            "position": select(func.coalesce(func.max(journal.c.position), 0)).scalar_subquery(),
        }
        added = insert(rule_shadows).values(begun).returning(rule_shadows)
        return Shadow(**self._connection.execute(added).mappings().one())

    def end_shadow(self, shadow_id: int, *, at: datetime, by: str) -> None:
        row = {"shadow_id": shadow_id, "ended_at": at, "ended_by": by}
        ended = insert_once(rule_shadow_ends).values(row).on_conflict_do_nothing()
        self._connection.execute(ended)

    def shadows(self) -> tuple[Shadow, ...]:
        ends = rule_shadow_ends
        query = (
            select(rule_shadows, ends.c.ended_at, ends.c.ended_by)
            .outerjoin(ends, ends.c.shadow_id == rule_shadows.c.id)
            .order_by(rule_shadows.c.id.desc())
        )
        return tuple(Shadow(**row) for row in self._connection.execute(query).mappings())

    def history(
        self, *, after: int = 0, limit: int = 500, case_id: str | None = None
    ) -> tuple[Past, ...]:
        query = _classified().where(journal.c.position > after).limit(limit)
        if case_id is not None:
            query = query.where(journal.c.case_id == case_id)
        return self._past(query)

    def unseen(self, shadow: Shadow, *, limit: int) -> tuple[Past, ...]:
        # By what is missing and not by the last position seen: a transaction that began first
        # may come last, and its row would then be passed by.
        seen = select(rule_shadow_results.c.position).where(
            rule_shadow_results.c.shadow_id == shadow.id,
            rule_shadow_results.c.position == journal.c.position,
        )
        since = _classified().where(journal.c.position > shadow.position, ~seen.exists())
        return self._past(since.limit(limit))

    def _past(self, query: Select[Any]) -> tuple[Past, ...]:
        return tuple(_past(row) for row in self._connection.execute(query).mappings())

    def record(self, results: Sequence[ShadowResult]) -> None:
        rows = [_result_row(result) for result in results]
        if rows:
            once = insert_once(rule_shadow_results).on_conflict_do_nothing()
            self._connection.execute(once, rows)

    def tally(self, shadow_id: int) -> tuple[Tally, ...]:
        table = rule_shadow_results
        query = (
            select(table.c.live_level, table.c.shadow_level, func.count().label("count"))
            .where(table.c.shadow_id == shadow_id)
            .group_by(table.c.live_level, table.c.shadow_level)
        )
        rows = self._connection.execute(query).mappings()
        found = [
            Tally(_level(row["live_level"]), _level(row["shadow_level"]), row["count"])
            for row in rows
        ]
        return tuple(sorted(found, key=lambda it: (it.live or "", it.shadow or "")))

    def differing(self, shadow_id: int, *, limit: int = 200) -> tuple[ShadowResult, ...]:
        table = rule_shadow_results
        query = (
            select(table)
            .where(
                table.c.shadow_id == shadow_id,
                table.c.shadow_level.is_distinct_from(table.c.live_level)
                | table.c.fault.is_not(None),
            )
            .order_by(table.c.position.desc())
            .limit(limit)
        )
        return tuple(_result(row) for row in self._connection.execute(query).mappings())


def _constraint(error: IntegrityError) -> str | None:
    name: str | None = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return name


def _approval(row: RowMapping) -> Approval:
    return Approval(**dict(row) | {"ticked": tuple(row["ticked"])})


def _classified() -> Select[Any]:
    return (
        select(
            journal.c.position,
            journal.c.case_id,
            journal.c.recorded_at,
            journal.c.event,
            cases.c.number,
            cases.c.received_at,
        )
        .outerjoin(cases, cases.c.case_id == journal.c.case_id)
        .where(journal.c.kind == "classified")
        .order_by(journal.c.position)
    )


def _past(row: RowMapping) -> Past:
    try:
        event = EVENT.validate_json(row["event"])
    except ValueError:
        event = None
    return Past(
        position=row["position"],
        case_id=row["case_id"],
        number=row["number"] or row["case_id"],
        at=row["recorded_at"],
        received_at=row["received_at"],
        classification=event.classification if isinstance(event, Classified) else None,
    )


def _level(word: str | None) -> Level | None:
    return Level(word) if word else None


def _result_row(result: ShadowResult) -> dict[str, Any]:
    return columns_of(result) | {
        "live_rules": list(result.live_rules),
        "shadow_rules": list(result.shadow_rules),
    }


def _result(row: RowMapping) -> ShadowResult:
    return ShadowResult(
        **dict(row)
        | {
            "live_level": _level(row["live_level"]),
            "shadow_level": _level(row["shadow_level"]),
            "live_rules": tuple(row["live_rules"]),
            "shadow_rules": tuple(row["shadow_rules"]),
        }
    )
