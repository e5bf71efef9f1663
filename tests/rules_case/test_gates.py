"""Legal gates: what is not allowed by name is refused, with the rule and what would open it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import events as ev
from rules import gates
from rules.errors import Invalid
from rules.gates import RequestAnswered, RequestUnknown, judge
from rules.policy import Act, Phase
from rules.statement import DecisionKind
from tests.people import MIRA
from tests.rules_case import happenings as it

POLICY = it.CALENDAR.policy
POLICE = {"forebygga_brott", "risk_brott_under_21", "misstankt_brott_mot_barn"}
CARE = {"samtycke", "vard_eller_stod", "nodvandigt"}


def opens(phase: Phase, act: Act, party: str) -> set[str]:
    """The law as we read it: the grounds that open, with "" for open to all."""
    everything = {"", *POLICY.grounds}
    if phase is Phase.ENDED:
        return set()
    if phase is Phase.INVESTIGATION and act is Act.GATHER:
        return everything
    own = {"samtycke"} if phase is Phase.PRELIMINARY else CARE
    return own | (POLICE if party == "polis" and act is Act.SHARE else set())


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("party", list(POLICY.parties))
def test_only_the_grounds_of_the_law_open_a_gate(phase: Phase, act: Act, party: str) -> None:
    opened = {
        ground
        for ground in ("", *POLICY.grounds)
        if judge(phase, act, party, ground=ground, policy=POLICY).allowed
    }

    assert opened == opens(phase, act, party)


@pytest.mark.parametrize(("phase", "act"), list(product(Phase, Act)))
def test_every_verdict_names_its_rule_its_law_and_what_would_open_it(
    phase: Phase, act: Act
) -> None:
    for party in POLICY.parties:
        verdict = judge(phase, act, party, ground="", policy=POLICY)
        assert all((verdict.gate, verdict.because, verdict.law, verdict.opens))


@given(st.sampled_from(Phase), st.sampled_from(Act), st.text(), st.text())
def test_a_party_that_no_gate_names_is_refused_whatever_the_ground(
    phase: Phase, act: Act, party: str, ground: str
) -> None:
    if party not in POLICY.parties:
        verdict = judge(phase, act, party, ground=ground, policy=POLICY)
        assert (verdict.allowed, verdict.gate) == (False, "ingen-sparr")


def test_without_any_gates_everything_is_refused() -> None:
    none = POLICY.model_copy(update={"gates": ()})

    assert not any(
        judge(phase, act, party, ground=ground, policy=none).allowed
        for phase, act, party, ground in product(Phase, Act, POLICY.parties, ("", *POLICY.grounds))
    )


def ask(case: object, **changes: object) -> ev.InformationRequested | ev.RequestRefused:
    asked: dict[str, object] = {
        "request_id": "begaran-1",
        "party": "skola",
        "act": Act.GATHER,
        "question": "Hur är närvaron?",
        "ground": "",
        "ground_reason": "",
        "policy": POLICY,
        "actor": MIRA,
        "at": it.after(20),
    }
    return gates.ask(case, **(asked | changes))  # type: ignore[arg-type]


def test_a_refused_request_is_an_event_of_its_own() -> None:
    refused = ask(it.case_of())

    assert isinstance(refused, ev.RequestRefused)
    assert (refused.gate, refused.party, refused.act) == (
        "hamta-under-forhandsbedomning", "skola", "hämta",
    )  # fmt: skip
    assert "Det här skulle öppna: Inled utredning" in refused.because


def test_an_allowed_request_keeps_the_recorded_ground_or_the_law() -> None:
    investigating = it.case_of(it.decided())
    with_law = ask(investigating)
    with_ground = ask(it.case_of(), ground="samtycke", ground_reason="Modern, i dag, närvaron.")

    assert isinstance(with_law, ev.InformationRequested)
    assert isinstance(with_ground, ev.InformationRequested)
    assert (with_law.ground, with_law.gate) == ("SoL 20:5-6", "hamta-under-utredning")
    assert with_ground.ground == "samtycke"
    assert with_ground.ground_reason == "Modern, i dag, närvaron."


def test_a_ground_opens_nothing_without_a_record_of_why_it_holds() -> None:
    with pytest.raises(Invalid) as told:
        ask(it.case_of(), ground="samtycke", ground_reason="  ")

    assert list(told.value.faults) == ["ground_reason"]


@pytest.mark.parametrize(
    ("field", "value"), [("party", "grannen"), ("ground", "nyfikenhet"), ("question", "  ")]
)
def test_a_request_that_makes_no_sense_is_told_which_field(field: str, value: str) -> None:
    with pytest.raises(Invalid) as told:
        ask(it.case_of(), **{field: value})
    assert list(told.value.faults) == [field]


def test_information_that_went_to_an_ongoing_investigation_closes_the_gate_with_the_case() -> None:
    ongoing = it.decided(DecisionKind.ONGOING)

    assert it.case_of(ongoing).phase is Phase.INVESTIGATION
    assert it.case_of(ongoing, it.closed()).phase is Phase.ENDED


@pytest.mark.parametrize(
    ("events", "phase"),
    [
        ([], Phase.PRELIMINARY),
        ([it.decided()], Phase.INVESTIGATION),
        ([it.decided(), it.closed()], Phase.INVESTIGATION),
        (
            [it.decided(), ev.InvestigationConcluded(at=it.after(500), by=it.BY, outcome="Stöd")],
            Phase.ENDED,
        ),
        ([it.decided(DecisionKind.NOT_OPEN)], Phase.ENDED),
        ([it.closed()], Phase.ENDED),
    ],
)
def test_the_phase_follows_the_decision_and_the_end_of_the_investigation(
    events: list[ev.Event], phase: Phase
) -> None:
    assert it.case_of(*events).phase is phase


def receive(case: object, **changes: object) -> ev.InformationReceived:
    said: dict[str, object] = {
        "request_id": "begaran-1",
        "nothing_known": False,
        "statements": (it.said(),),
        "actor": MIRA,
        "at": it.after(300),
    }
    return gates.receive(case, **(said | changes))  # type: ignore[arg-type]


ASKED = it.case_of(it.decided(), ask(it.case_of(it.decided())))


def test_a_party_answers_with_statements_or_that_it_has_nothing() -> None:
    assert receive(ASKED).statements == (it.said(),)
    assert receive(ASKED, nothing_known=True, statements=()).nothing_known


@pytest.mark.parametrize("nothing", [True, False])
def test_an_answer_that_says_both_or_neither_is_refused(nothing: bool) -> None:
    with pytest.raises(Invalid):
        receive(ASKED, nothing_known=nothing, statements=(it.said(),) if nothing else ())


def test_only_a_request_that_is_open_can_be_answered() -> None:
    with pytest.raises(RequestUnknown):
        receive(it.case_of())
    answered = it.case_of(it.decided(), ask(it.case_of(it.decided())), receive(ASKED))
    with pytest.raises(RequestAnswered):
        receive(answered)
