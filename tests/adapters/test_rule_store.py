"""Versions of the rules are kept the same way in memory and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from adapters.rulesfile import parse, read
from adapters.verification import verify
from adapters.work import postgres_work
from rules.events import Event
from rules.level import Level
from rules.versions import Approval, NotWaiting, OwnProposal, Rejection, RuleVersion
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ports import UnitOfWork
from workflows.rule_ports import Shadow, ShadowResult, Tally

OLD, NEW = "2026.1-aaaaaaaaaaaa", "2026.2-bbbbbbbbbbbb"


def version(name: str = OLD, *, author: str = "konto-rut", **span: float) -> RuleVersion:
    return RuleVersion(
        version=name, text=f"version: {name}\n", author=author, proposed_at=saga.after(**span)
    )


def approval(name: str = OLD, *, approver: str = "konto-vivi", **span: float) -> Approval:
    return Approval(
        version=name,
        author="konto-rut",
        approver=approver,
        approved_at=saga.NOON,
        effective_at=saga.after(**span),
        base=OLD,
        ticked=("villkor", "tröskel"),
        reason="Nämnden 12 mars.",
    )


def rejection(name: str = OLD, approval_id: int | None = None) -> Rejection:
    return Rejection(
        version=name,
        approval_id=approval_id,
        rejected_by="konto-vivi",
        rejected_at=saga.NOON,
        reason="Inte nu.",
    )


def result(shadow: Shadow, position: int, level: Level | None = Level.RED) -> ShadowResult:
    return ShadowResult(
        shadow_id=shadow.id,
        position=position,
        case_id="a",
        number="2026-0001",
        at=saga.NOON,
        live_version="v1",
        live_level=Level.ORANGE,
        live_rules=("r1",),
        shadow_level=level,
        shadow_rules=("r1", "r2") if level else (),
        fault=None if level else "Invalid",
    )


def keep_both(work: UnitOfWork) -> None:
    assert work.rules.keep(version(OLD))
    assert work.rules.keep(version(NEW, hours=1))


def test_a_version_is_kept_as_it_was_written_and_only_once(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        keep_both(work)
        assert not work.rules.keep(replace(version(OLD), text="en annan", author="konto-nisse"))
        work.commit()

    with store_factory() as work:
        assert work.rules.version(OLD) == version(OLD)
        assert work.rules.version("2025-cccccccccccc") is None
        assert work.rules.versions() == (version(NEW, hours=1), version(OLD))


def test_the_store_refuses_the_author_as_approver_and_the_transaction_lives_on(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        keep_both(work)
        with pytest.raises(OwnProposal):
            work.rules.approve(approval(approver="konto-rut"))
        assert work.rules.approve(approval()).id > 0
        work.commit()

    with store_factory() as work:
        assert len(work.rules.approvals()) == 1


def test_approvals_stand_in_the_order_they_take_effect(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        keep_both(work)
        late, early = (
            work.rules.approve(approval(OLD, hours=2)),
            work.rules.approve(approval(NEW, hours=1)),
        )
        same = work.rules.approve(approval(OLD, hours=2))
        work.commit()

    with store_factory() as work:
        assert work.rules.schedule() == (early, late, same)
        assert work.rules.approvals() == (same, early, late)


def test_a_withdrawn_approval_no_longer_stands(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        keep_both(work)
        withdrawn, stands = (
            work.rules.approve(approval(OLD, hours=1)),
            work.rules.approve(approval(OLD, hours=2)),
        )
        work.rules.reject(rejection(OLD, withdrawn.id))
        work.commit()

    with store_factory() as work:
        assert work.rules.schedule() == (stands,)
        assert work.rules.rejections() == (rejection(OLD, withdrawn.id),)


@pytest.mark.parametrize("of_approval", [True, False])
def test_the_same_answer_is_never_given_twice(
    store_factory: WorkFactory, *, of_approval: bool
) -> None:
    with store_factory() as work:
        keep_both(work)
        of = work.rules.approve(approval()).id if of_approval else None
        work.rules.reject(rejection(OLD, of))
        with pytest.raises(NotWaiting):
            work.rules.reject(rejection(OLD, of))
        work.rules.reject(rejection(NEW))
        work.commit()

    with store_factory() as work:
        assert [it.version for it in work.rules.rejections()] == [NEW, OLD]


def test_a_shadow_begins_after_the_last_row_and_ends_once(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        keep_both(work)
        work.journal.append("a", [saga.registered(), saga.classified()], expected=0)
        work.commit()
    with store_factory() as work:
        begun = Shadow(version=NEW, started_by="konto-rut", started_at=saga.NOON)
        first, other = work.rules.start_shadow(begun), work.rules.start_shadow(begun)
        work.rules.end_shadow(first.id, at=saga.after(hours=1), by="konto-rut")
        work.rules.end_shadow(first.id, at=saga.after(hours=9), by="konto-vivi")
        work.commit()

    with store_factory() as work:
        ended = replace(first, ended_at=saga.after(hours=1), ended_by="konto-rut")
        assert work.rules.shadows() == (other, ended)
        assert work.rules.unseen(other, limit=10) == ()


def test_a_shadow_follows_what_comes_after_it_began_and_sees_each_once(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        keep_both(work)
        shadow = work.rules.start_shadow(
            Shadow(version=NEW, started_by="konto-rut", started_at=saga.NOON)
        )
        events: list[Event] = [saga.registered(), saga.classified(), saga.classified(at=later())]
        work.journal.append("a", events, expected=0)
        work.commit()

    with store_factory() as work:
        first, second = work.rules.unseen(shadow, limit=10)
        assert work.rules.unseen(shadow, limit=1) == (first,)
        assert (first.case_id, first.number, first.received_at) == ("a", "2026-0001", saga.NOON)
        assert first.classification == saga.classified().classification
        work.rules.record([result(shadow, second.position)])
        assert work.rules.unseen(shadow, limit=10) == (first,)
        assert work.rules.history() == (first, second)
        assert work.rules.history(after=first.position) == (second,)
        assert work.rules.history(case_id="b") == ()


def later() -> datetime:
    return saga.after(hours=1)


def test_the_running_comparison_counts_and_lists_what_differs(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        keep_both(work)
        shadow = work.rules.start_shadow(
            Shadow(version=NEW, started_by="konto-rut", started_at=saga.NOON)
        )
        levels = [Level.RED, Level.ORANGE, Level.RED, None]
        results = [result(shadow, place, level) for place, level in enumerate(levels, 7)]
        work.rules.record(results)
        work.rules.record([result(shadow, 7, Level.GREEN)])
        work.rules.record([])
        work.commit()

    with store_factory() as work:
        assert work.rules.tally(shadow.id) == (
            Tally(Level.ORANGE, None, 1),
            Tally(Level.ORANGE, Level.ORANGE, 1),
            Tally(Level.ORANGE, Level.RED, 2),
        )
        assert work.rules.differing(shadow.id) == (results[3], results[2], results[0])
        assert work.rules.differing(shadow.id, limit=1) == (results[3],)


APPROVED = text(
    "INSERT INTO rule_approvals"
    " (version, author, approver, approved_at, effective_at, ticked, reason)"
    " VALUES (:version, :author, :approver, now(), now(), '{}', '')"
)


@pytest.mark.parametrize(
    ("author", "approver", "why"),
    [
        ("konto-rut", "konto-rut", "another_person"),
        ("konto-nisse", "konto-rut", "fk_rule_approvals_version_author"),
    ],
)
def test_the_database_itself_refuses_an_author_to_approve(
    owner: Engine, author: str, approver: str, why: str
) -> None:
    """Neither openly nor by naming somebody else as author."""
    kept = text("INSERT INTO rule_versions VALUES (:version, '', 'konto-rut', now(), '', '')")
    with owner.connect() as connection:
        connection.execute(kept, {"version": OLD})
        with pytest.raises(IntegrityError, match=why):
            connection.execute(APPROVED, {"version": OLD, "author": author, "approver": approver})


def test_a_row_that_cannot_be_read_is_told_and_not_skipped(
    postgres_engine: Engine, owner: Engine
) -> None:
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO journal (case_id, seq, kind, actor, recorded_at, event, hash)"
                " VALUES ('x', 1, 'classified', 'program', now(), '{', '')"
            )
        )

    with postgres_work(postgres_engine)() as work:
        (past,) = work.rules.history()

    assert (past.case_id, past.number, past.received_at) == ("x", "x", None)
    assert past.classification is None


def test_verify_tells_of_a_version_whose_text_is_another_and_of_one_approved_by_its_author(
    postgres_engine: Engine, owner: Engine
) -> None:
    with postgres_work(postgres_engine)() as work:
        work.rules.keep(replace(version(OLD), text=read()))
        work.rules.keep(replace(version(NEW), text="a: ["))
        right = parse(read()).version
        work.rules.keep(replace(version(right), text=read()))
        work.commit()
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE rule_approvals DROP CONSTRAINT " + ANOTHER_PERSON))
        row = {"version": NEW, "author": "konto-rut", "approver": "konto-rut"}
        connection.execute(APPROVED, row)

    assert verify(postgres_engine) == [
        f"Regelversion {OLD}: texten är en annan än den som sparades.",
        f"Regelversion {NEW}: godkänd av den som har skrivit den.",
    ]


ANOTHER_PERSON = "ck_rule_approvals_another_person"
