"""The decision and what follows: refused until its ground is laid, received, and let go of."""

from collections.abc import Callable

import pytest

from rules import deciding
from rules import events as ev
from rules.answer import Value
from rules.assessing import AlreadyDecided, CaseIsClosed, ProtectionFirst
from rules.case import Case
from rules.concern import ReporterKind
from rules.deciding import (
    AlreadyAcknowledged,
    AlreadyDone,
    AssessmentFirst,
    ConfirmLevelFirst,
    Draft,
    LoweringUnanswered,
    NoInvestigation,
    NotHandedOver,
    NothingToHandOver,
    NotReadyToClose,
    RaiseUnanswered,
    WeighLateAnswers,
)
from rules.errors import Invalid, NotAllowed, Refusal
from rules.fold import extend
from rules.level import Level
from rules.people import Actor
from rules.policy import UnitKind, UnitPolicy
from rules.statement import AnswerKind, DecisionKind
from tests.people import MIRA, OSKAR, UTA
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after

OTHER_BOARD = UnitPolicy(name="Annan nämnd", kind=UnitKind.INVESTIGATING, same_board=False)
SHIPPED = it.CALENDAR.policy
POLICY = SHIPPED.model_copy(update={"units": {**SHIPPED.units, "annan": OTHER_BOARD}})
OPEN, NOT_OPEN, ONGOING = DecisionKind

GREEN = (it.classified(Level.GREEN), it.protected(), it.level_set(Level.GREEN))
RED = (it.classified(), it.protected(), it.level_set())
MET = (*RED, it.called("barn"), it.answer("barn"), it.met(), it.mapped(), it.assessed())
LATE = it.answer("barn", AnswerKind.KNOWN, at=after(178))


def draft(decision: DecisionKind = OPEN, *, reasons: str = "Våld.", **more: str) -> Draft:
    return Draft(decision=decision, reasons=reasons, **more)  # type: ignore[arg-type]


def decide(case: Case, draft: Draft, actor: Actor = MIRA) -> ev.Decided:
    return deciding.decide(
        case,
        draft,
        hub_levels=frozenset({Level.ORANGE, Level.RED}),
        policy=POLICY,
        actor=actor,
        at=after(185),
    )


REFUSED: list[tuple[type[Refusal], tuple[ev.Event, ...], Draft]] = [
    (ProtectionFirst, (it.classified(),), draft()),
    (ConfirmLevelFirst, (it.classified(), it.protected()), draft()),
    (LoweringUnanswered, (*RED, it.lowering()), draft(NOT_OPEN)),
    (WeighLateAnswers, (*MET, LATE), draft(NOT_OPEN)),
    (AssessmentFirst, RED, draft()),
    (AssessmentFirst, (*RED, it.called("barn"), it.met(), it.mapped()), draft(without_hub=" ")),
    (Invalid, MET, draft(reasons=" ")),
    (RaiseUnanswered, (*GREEN, it.classified(Level.RED, at=after(20))), draft(NOT_OPEN)),
    (AlreadyDecided, (*MET, it.decided()), draft()),
    (CaseIsClosed, (*MET, it.decided(), it.closed()), draft()),
]


@pytest.mark.parametrize(
    ("refusal", "events", "attempt"), REFUSED, ids=[row[0].__name__ for row in REFUSED]
)
def test_a_decision_without_its_ground_is_refused(
    refusal: type[Refusal], events: tuple[ev.Event, ...], attempt: Draft
) -> None:
    with pytest.raises(refusal):
        decide(it.case_of(*events), attempt)


def test_to_open_an_investigation_never_waits_for_a_raise_to_be_answered() -> None:
    case = it.case_of(*GREEN, it.classified(Level.RED, at=after(20)))

    assert case.raise_is_proposed
    assert decide(case, draft()).decision is OPEN


def test_to_open_an_investigation_waits_for_neither_a_lowering_nor_a_late_answer() -> None:
    lowering = decide(it.case_of(*MET, it.lowering()), draft())
    late = decide(it.case_of(*MET, LATE), draft())

    assert lowering.decision is late.decision is OPEN


def test_a_decision_has_what_the_law_demands() -> None:
    made = decide(it.case_of(*MET), draft(reasons=" Våld. "))

    assert (made.reasons, made.law, made.decided_by) == ("Våld.", "SoL 20:2, KL 6:37", "Mira")
    assert made.delegation == "inleda_utredning"
    assert made.participants == ("Mira", "Bea")
    assert decide(it.case_of(*MET), draft(law=" SoL 20:2 ")).law == "SoL 20:2"
    named = Draft(decision=OPEN, reasons="Våld.", participants=("Nora",))
    assert decide(it.case_of(*MET), named).participants == ("Nora",)


def test_green_is_decided_without_a_hub() -> None:
    made = decide(it.case_of(*GREEN), draft(NOT_OPEN))

    assert (made.participants, made.delegation) == ((), "inte_inleda_utredning")


def test_red_is_decided_without_a_hub_only_with_a_reason() -> None:
    assert decide(it.case_of(*RED), draft(without_hub=" Akut. ")).without_hub == "Akut."


def test_a_late_answer_that_has_been_weighed_stops_nothing() -> None:
    assert decide(it.case_of(*MET, LATE, it.assessed(at=after(179))), draft(NOT_OPEN))


def test_the_information_may_go_to_an_ongoing_investigation() -> None:
    assert decide(it.case_of(*MET), draft(ONGOING)).decision is ONGOING


def test_only_the_delegate_decides() -> None:
    with pytest.raises(NotAllowed, match="saknar delegation"):
        decide(it.case_of(*MET), draft(), OSKAR)


def test_violence_by_kin_is_not_left_without_a_word_about_it() -> None:
    violent = it.answered(vald_mot_barnet=Value.YES)
    taken_back = it.answered(vald_mot_barnet=Value.NO)
    for case in (it.case_of(*MET, violent), it.case_of(*MET, violent, taken_back)):
        with pytest.raises(Invalid) as told:
            decide(case, draft(NOT_OPEN))
        assert list(told.value.faults) == ["violence_considered"]
        made = decide(case, draft(NOT_OPEN, violence_considered=" Prövat 2024. "))
        assert made.reasons == "Våld.\n\nUppgiften om våld: Prövat 2024."


def test_without_a_delegation_in_the_rules_nobody_decides() -> None:
    nobody = POLICY.model_copy(update={"delegation": ()})

    with pytest.raises(Refusal, match="säger inte vem som får fatta beslutet"):
        deciding._delegation(OPEN, nobody)


def hand_over(case: Case, unit: str = "utredning") -> ev.HandedOver:
    return deciding.hand_over(
        case, unit=unit, investigator=None, package_hash="f" * 64, policy=POLICY, actor=MIRA,
        at=after(190),
    )  # fmt: skip


def acknowledge(case: Case) -> ev.HandoverAcknowledged:
    return deciding.acknowledge(case, actor=UTA, at=after(200))


def inform(case: Case, how: str = "Samtal.", withheld: str = "") -> ev.ConcernedInformed:
    return deciding.inform(case, how=how, withheld_because=withheld, actor=UTA, at=after(210))


def conclude(case: Case, outcome: str = "Stöd.") -> ev.InvestigationConcluded:
    return deciding.conclude(case, outcome=outcome, actor=UTA, at=after(900))


def close(case: Case) -> ev.Closed:
    return deciding.close(case, reason=" Klart ", actor=MIRA, at=after(400))


DECIDED = it.case_of(it.decided())
HANDED = it.case_of(it.decided(), it.handed())
TAKEN = it.case_of(it.decided(), it.handed(), it.taken())


def test_the_handover_says_how_much_of_the_case_it_holds() -> None:
    made = hand_over(DECIDED)

    assert (made.upto_seq, made.package_hash) == (DECIDED.version, "f" * 64)
    assert hand_over(HANDED, "barn").unit == "barn"


NOT_NOW: list[tuple[type[Refusal], Callable[[], object]]] = [
    (NothingToHandOver, lambda: hand_over(it.case_of())),
    (NothingToHandOver, lambda: hand_over(it.case_of(it.decided(NOT_OPEN)))),
    (AlreadyAcknowledged, lambda: hand_over(TAKEN)),
    (CaseIsClosed, lambda: hand_over(extend(TAKEN, [it.closed()]))),
    (Invalid, lambda: hand_over(DECIDED, "fritids")),
    (Invalid, lambda: hand_over(DECIDED, "annan")),
    (NotHandedOver, lambda: acknowledge(DECIDED)),
    (AlreadyAcknowledged, lambda: acknowledge(TAKEN)),
    (NoInvestigation, lambda: inform(it.case_of())),
    (NoInvestigation, lambda: inform(it.case_of(it.decided(ONGOING)))),
    (AlreadyDone, lambda: inform(extend(TAKEN, [inform(TAKEN)]))),
    (Invalid, lambda: inform(TAKEN, " ")),
    (NoInvestigation, lambda: conclude(it.case_of(it.decided(NOT_OPEN)))),
    (AlreadyDone, lambda: conclude(extend(TAKEN, [conclude(TAKEN)]))),
    (Invalid, lambda: conclude(TAKEN, " ")),
]


@pytest.mark.parametrize(("refusal", "attempt"), NOT_NOW)
def test_what_comes_after_the_decision_comes_in_its_order(
    refusal: type[Refusal], attempt: Callable[[], object]
) -> None:
    with pytest.raises(refusal):
        attempt()


def test_those_concerned_are_told_or_it_is_said_why_not() -> None:
    assert inform(TAKEN).how == "Samtal."
    assert inform(TAKEN, "", " Fara för barnet. ").withheld_because == "Fara för barnet."


def test_the_receiver_is_the_one_who_acknowledges() -> None:
    assert acknowledge(HANDED).investigator == UTA.id
    assert conclude(TAKEN).outcome == "Stöd."


WANTS = it.registered(wants_feedback=True)
GIVEN = ev.FeedbackGiven(at=after(220), by=it.BY, fact="inletts", channel="telefon")
PRIVATE = it.registered(ReporterKind.PRIVATE, wants_feedback=True)
BREACHED = (it.classified(), it.passed("hantering:röd"))


@pytest.mark.parametrize(
    ("missing", "case"),
    [
        ("beslut saknas", it.case_of()),
        ("överlämningen är inte mottagen", HANDED),
        ("anmälaren har begärt återkoppling", it.case_of(it.decided(NOT_OPEN), first=WANTS)),
        ("ett sent svar är inte vägt", it.case_of(*MET, it.decided(NOT_OPEN), LATE)),
        ("ett fristbrott är inte förklarat", it.lived(*BREACHED, it.decided(NOT_OPEN))),
    ],
)
def test_a_case_is_not_let_go_of_with_something_undone(missing: str, case: Case) -> None:
    with pytest.raises(NotReadyToClose, match=missing):
        close(case)
    assert deciding.missing_before_close(case) == (missing,)


@pytest.mark.parametrize(
    "case",
    [
        it.case_of(it.decided(NOT_OPEN)),
        TAKEN,
        it.case_of(it.decided(NOT_OPEN), GIVEN, first=WANTS),
        it.case_of(it.decided(NOT_OPEN), first=PRIVATE),
        it.lived(*BREACHED, it.decided(NOT_OPEN), it.explained("hantering:röd")),
    ],
)
def test_a_case_with_everything_done_is_closed(case: Case) -> None:
    assert close(case).reason == "Klart"


def test_a_case_is_closed_once() -> None:
    with pytest.raises(CaseIsClosed):
        close(extend(TAKEN, [it.closed()]))
