"""What happens to cases, in acts: one from the report to its end, and one that nobody takes up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from rules.breaches import Explanation
from rules.case import Case
from rules.errors import NotVisible, Refusal
from rules.level import Level
from rules.statement import AnswerKind, DecisionKind, MapItem, Section
from tests.chaos.place import Place
from tests.chaos.survivors import Act
from tests.people import BEA, CIA, CURT, GRY, MIRA, ORANGE, UTA, VIVI, report
from workflows import (
    assessing,
    breaches,
    convening,
    deciding,
    deliveries,
    delivering,
    looking_up,
    meeting,
    reading,
    registering,
    sharing,
    watching,
)

WALKED, LEFT = "s-1", "s-2"
_POINT = MapItem(section=Section.RISKS, text="Våld.", source="skola")
# Longer than a sender that has died is waited for, in minutes.
_LEASE = 15
Step = Callable[[Place, str], object]


def acts() -> tuple[Act, ...]:
    """In order; the clock goes on a few minutes with each."""
    return (
        Act("register", lambda it: _registered(it, WALKED)),
        Act("register another", lambda it: _registered(it, LEFT), minutes=1),
        _step("protection", _protect),
        _step("level", _set_level),
        _step("call", lambda it, case: convening.call_hub(it.office, MIRA, case, units=("barn",))),
        _step("answer", _answered),
        Act("look up", lambda it: looking_up.known_about(it.office, MIRA, "20160514-9895")),
        Act("beside", _beside),
        Act("read", lambda it: reading.read_case(it.office, MIRA, it.case_id(WALKED))),
        Act("denied", lambda it: refused(lambda: _read_by_gry(it))),
        Act("board", lambda it: reading.read_board(it.office, MIRA)),
        Act("deadlines", lambda it: reading.read_deadlines(it.office, VIVI)),
        Act("sweep early", lambda it: watching.sweep(it.office), minutes=60),
        Act("no time", _delivered_in_no_time, again=_LEASE),
        Act("nobody answers", _delivered_to_nobody, again=_LEASE),
        Act("deliver", lambda it: delivering.deliver(it.office, it.post), minutes=20, again=_LEASE),
        Act("deliveries", lambda it: deliveries.read_deliveries(it.office, VIVI)),
        _step("meeting", _met, minutes=24 * 60),
        _step("mapping", _mapped),
        _step("assessment", _assessed),
        _step("decision", _decided),
        _step("handover", lambda it, case: deciding.hand_over(it.office, MIRA, case)),
        _step("receipt", lambda it, case: deciding.acknowledge(it.office, UTA, case)),
        Act("sweep late", lambda it: watching.sweep(it.office), minutes=60 * 24 * 30),
        Act("deliver late", lambda it: delivering.deliver(it.office, it.post), again=_LEASE),
        Act("sweep long after", lambda it: watching.sweep(it.office), minutes=60 * 24 * 60),
        _step("explanation", _explained),
        Act("access log", lambda it: reading.read_access_log(it.office, GRY)),
    )


def _step(name: str, do: Step, *, minutes: float = 2) -> Act:
    return Act(name, lambda it: do(it, it.case_id(WALKED)), case=WALKED, minutes=minutes)


def refused(do: Callable[[], object]) -> None:
    """What must be refused is; that it was is kept."""
    try:
        do()
    except (Refusal, NotVisible):
        return
    raise AssertionError("it was not refused")


def _registered(place: Place, reference: str) -> None:
    received = place.clock.now - timedelta(minutes=10)
    answers = ORANGE if reference == LEFT else report().children[0].answers
    said = report(received_at=received, reference=reference, answers=answers)
    registering.register(place.office, MIRA, said)


def _protect(place: Place, case: str) -> None:
    assessing.assess_protection(place.office, MIRA, case, needed=False, reasons="Tryggt.")


def _delivered_in_no_time(place: Place) -> None:
    slow = replace(place.post, longest=10_000.0)
    delivering.deliver(place.office, slow)


def _delivered_to_nobody(place: Place) -> None:
    silent = replace(place.post, answers=False)
    delivering.deliver(place.office, silent)


def _set_level(place: Place, case: str) -> None:
    assessing.set_level(place.office, MIRA, case, level=Level.RED)


def _mapped(place: Place, case: str) -> None:
    meeting.make_mapping(place.office, MIRA, case, items=(_POINT,))


def _answered(place: Place, case: str) -> None:
    convening.answer(place.office, BEA, case, unit="barn", kind=AnswerKind.NOT_KNOWN)


def _beside(place: Place) -> None:
    report_id = place.case(WALKED).registered.report_id
    sharing.open_beside(place.office, MIRA, report_id)


def _read_by_gry(place: Place) -> None:
    reading.read_case(place.office, GRY, place.case_id(WALKED))


def _met(place: Place, case: str) -> None:
    meeting.hold(
        place.office,
        MIRA,
        case,
        started_at=place.clock.now - timedelta(minutes=40),
        ended_at=place.clock.now - timedelta(minutes=10),
        present=("Mira",),
        present_units=("barn",),
    )


def _assessed(place: Place, case: str) -> None:
    meeting.make_assessment(place.office, MIRA, case, level=Level.RED, reasons="Våld.")


def _decided(place: Place, case: str) -> None:
    deciding.decide(place.office, MIRA, case, decision=DecisionKind.OPEN, reasons="Skydd.")


def _explained(place: Place, case: str) -> None:
    found: Case = place.case(WALKED)
    key, clock = next((key, it) for key, it in found.clocks.items() if it.breach_is_open)
    who = CURT if clock.passed and clock.passed.owner == "utredning" else CIA
    said = Explanation(key=key, cause="annat", comment="Sent.", measure="Ingen.")
    breaches.explain(place.office, who, case, said=said)
