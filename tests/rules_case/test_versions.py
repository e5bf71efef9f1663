"""Versions of the rules: two persons, one wait at a time, nothing lowered unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.errors import Invalid, NotAllowed, Refusal
from rules.people import Actor, Role
from rules.versions import (
    INSTALLATION,
    LEAD,
    AlreadyInForce,
    AnotherIsWaiting,
    Approval,
    LowersUnticked,
    NotWaiting,
    OwnProposal,
    ProposalRejected,
    Rejection,
    RulesChangedMeanwhile,
    RuleVersion,
    Standing,
    Wish,
    approve,
    governed_by_people,
    in_force,
    reject,
    waiting,
)
from tests.people import MIRA, MORNING, RUT, VIVI, actor

OTTO = actor("Otto", Role.RULE_OWNER)
PROPOSAL = RuleVersion(version="ny", text="", author=RUT.id, proposed_at=MORNING)
DECLINED = Rejection(version="ny", rejected_by=VIVI.id, rejected_at=MORNING, reason="Nej.")


def approval(version: str, minutes: int, *, id_: int = 1, by: str = VIVI.id) -> Approval:
    at = MORNING + timedelta(minutes=minutes)
    return Approval(
        id=id_, version=version, author="rules.yaml", approver=by, approved_at=at, effective_at=at
    )


OLD = approval("gammal", -60)
STANDING = Standing((OLD,))
WISH = Wish(effective_at=MORNING + LEAD, base="gammal")


def approved(
    *,
    by: Actor = VIVI,
    wish: Wish = WISH,
    standing: Standing = STANDING,
    lowers: frozenset[str] = frozenset(),
    proposal: RuleVersion = PROPOSAL,
) -> Approval:
    return approve(proposal, standing, wish, lowers=lowers, actor=by, at=MORNING)


@pytest.mark.parametrize("by", [VIVI, OTTO])
def test_another_rule_owner_or_the_manager_may_approve(by: Actor) -> None:
    made = approved(by=by)

    assert (made.version, made.author, made.approver, made.base) == ("ny", RUT.id, by.id, "gammal")
    assert made.effective_at == MORNING + LEAD


@pytest.mark.parametrize(
    ("why", "by", "standing", "wish"),
    [
        (NotAllowed, MIRA, STANDING, WISH),
        (OwnProposal, RUT, STANDING, WISH),
        (ProposalRejected, VIVI, Standing((OLD,), (DECLINED,)), WISH),
        (AnotherIsWaiting, VIVI, Standing((OLD, approval("annan", 5))), WISH),
        (RulesChangedMeanwhile, VIVI, Standing((OLD, approval("annan", -5))), WISH),
        (RulesChangedMeanwhile, VIVI, Standing(()), WISH),
        (AlreadyInForce, VIVI, Standing((approval("ny", -5),)), replace(WISH, base="ny")),
        (Invalid, VIVI, STANDING, replace(WISH, effective_at=MORNING + LEAD * 0.99)),
    ],
)
def test_an_approval_is_refused_that_somebody_else_must_give_or_that_comes_at_the_wrong_time(
    why: type[Refusal], by: Actor, standing: Standing, wish: Wish
) -> None:
    with pytest.raises(why):
        approved(by=by, standing=standing, wish=wish)


def test_the_author_is_refused_even_as_manager() -> None:
    both = replace(RUT, roles=frozenset({Role.RULE_OWNER, Role.MANAGER}))

    with pytest.raises(OwnProposal):
        approved(by=both)


def test_every_kind_of_lowering_must_be_ticked_and_the_ticks_are_kept() -> None:
    lowers = frozenset({"tröskel:manga", "regel:vald"})

    with pytest.raises(LowersUnticked, match="regel:vald"):
        approved(lowers=lowers, wish=replace(WISH, ticked=frozenset({"tröskel:manga"})))
    assert approved(lowers=lowers, wish=replace(WISH, ticked=lowers)).ticked == (
        "regel:vald",
        "tröskel:manga",
    )


def test_an_approval_that_was_withdrawn_may_be_given_again() -> None:
    withdrawn = replace(DECLINED, approval_id=7)

    assert approved(standing=Standing((OLD,), (withdrawn,))).version == "ny"


def test_people_may_take_over_the_very_version_that_the_installation_put_in_force() -> None:
    installed = approval("ny", -5, by=INSTALLATION)

    assert approved(standing=Standing((installed,)), wish=replace(WISH, base="ny")).base == "ny"


def test_the_last_to_have_taken_effect_is_in_force_and_of_two_at_once_the_later_decided() -> None:
    schedule = [approval("a", -9), approval("b", -5, id_=2), approval("c", -5, id_=3)]
    coming = approval("d", 5, id_=4)

    now = in_force([coming, *schedule], MORNING)

    assert now is not None
    assert now.version == "c"
    assert waiting([*schedule, coming], MORNING) == coming
    assert in_force([*schedule, coming], coming.effective_at) == coming
    assert in_force([], MORNING) is None
    assert waiting(schedule, MORNING) is None


def test_the_file_governs_until_a_person_has_approved() -> None:
    installed = approval("a", -9, by=INSTALLATION)

    assert not governed_by_people([installed])
    assert governed_by_people([installed, approval("b", 5)])


def rejected(
    standing: Standing, *, by: Actor = VIVI, proposal: RuleVersion = PROPOSAL, reason: str = "Nej."
) -> Rejection:
    return reject(proposal, standing, reason=reason, actor=by, at=MORNING)


def test_a_proposal_is_declined_with_a_reason_and_its_author_may_do_it() -> None:
    assert rejected(STANDING).approval_id is None
    assert rejected(STANDING, by=RUT).rejected_by == RUT.id
    with pytest.raises(Invalid):
        rejected(STANDING, reason=" ")
    with pytest.raises(NotAllowed):
        rejected(STANDING, by=MIRA)


def test_a_waiting_approval_can_be_withdrawn_until_every_process_counts_on_it() -> None:
    early, late = approval("ny", 2, id_=8), approval("ny", 0.5, id_=9)  # type: ignore[arg-type]

    assert rejected(Standing((OLD, early))).approval_id == 8
    with pytest.raises(NotWaiting):
        rejected(Standing((OLD, late)))


@pytest.mark.parametrize(
    "standing", [Standing((approval("ny", -5),)), Standing((OLD,), (DECLINED,))]
)
def test_what_is_in_force_or_declined_is_not_rejected(standing: Standing) -> None:
    with pytest.raises(NotWaiting):
        rejected(standing)
