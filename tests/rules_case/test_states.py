"""No state that a case can wait in is without a clock; rules that leave one so are refused."""

import pytest

from adapters.rulesfile import load, parse, read
from rules.courses import courses
from rules.language.fault import Unsound
from rules.language.states import state_faults, states
from rules.policy import Policy

POLICY = load().policy


def without(*clocks: str) -> Policy:
    kept = {name: clock for name, clock in POLICY.clocks.items() if name not in clocks}
    return POLICY.model_copy(update={"clocks": kept})


def test_the_shipped_rules_leave_no_state_without_a_clock() -> None:
    assert list(state_faults(POLICY)) == []


def test_every_state_is_tried_once_and_has_a_name_of_its_own() -> None:
    names = [name for name, _ in states()]

    assert len(names) == len(set(names)) == 16


def test_without_a_clock_from_the_beginning_every_undecided_state_is_told_of() -> None:
    gone = ("hantering", "klassning", "skyddsbedomning", "forhandsbedomning", "utan_drojsmal")
    told = {fault.message for fault in state_faults(without(*gone))}

    assert "ingen frist löper för ett ärende som är nyregistrerat" in told
    assert "ingen frist löper för ett ärende som är bedömt och har haft hubbmöte" in told


@pytest.mark.parametrize(
    ("gone", "state"),
    [
        (("avslutning",), "är beslutat: inte inleda"),
        (("avslutning", "utredning"), "är mottaget och där utredningen är avslutad"),
        (("utredning",), "är avslutat i hubben medan utredningen pågår"),
        (
            ("overlamning",),
            "är beslutat, till_pågående_utredning, och är överlämnat",
        ),
    ],
)
def test_each_clock_that_a_state_hangs_on_is_missed(gone: tuple[str, ...], state: str) -> None:
    assert f"ingen frist löper för ett ärende som {state}" in {
        fault.message for fault in state_faults(without(*gone))
    }


def test_a_state_told_of_is_one_where_all_courses_are_over() -> None:
    policy = without("overlamning", "avslutning")
    told = {fault.message.rpartition(" som ")[2] for fault in state_faults(policy)}

    for name, case in states():
        alive = [course for course in courses(case, policy) if course.ended_at is None]
        assert (alive == []) == (name in told)


def test_rules_that_leave_a_state_without_a_clock_are_refused() -> None:
    text = read()
    begin, end = text.index("  overlamning:\n"), text.index("  information:\n")
    with pytest.raises(Unsound) as refused:
        parse(text[:begin] + text[end:])

    assert any("ingen frist löper" in fault.message for fault in refused.value.faults)
