"""The straight way through a course, so that a run can begin anywhere along it."""

from collections.abc import Callable
from datetime import timedelta

from rules.level import Level
from rules.statement import AnswerKind, DecisionKind
from tests.people import BEA, MIRA, UNO, UTA
from tests.workflows.course import ITEM, KNOWN
from workflows import assessing, convening, deciding, meeting
from workflows.ports import Office

Way = Callable[[Office, str], object]


def _hold(office: Office, case_id: str) -> object:
    now = office.clock()
    return meeting.hold(
        office,
        MIRA,
        case_id,
        started_at=now - timedelta(minutes=1),
        ended_at=now,
        present=("Mira", "Bea"),
        present_units=("barn",),
    )


WAY: tuple[Way, ...] = (
    lambda office, case: assessing.assess_protection(
        office, MIRA, case, needed=False, reasons="Hos mormor."
    ),
    lambda office, case: assessing.set_level(office, MIRA, case, level=Level.RED, reason="Våld."),
    lambda office, case: convening.call_hub(office, MIRA, case, units=("barn", "ungdom")),
    lambda office, case: convening.answer(
        office, BEA, case, unit="barn", kind=AnswerKind.KNOWN, statements=(KNOWN,)
    ),
    _hold,
    lambda office, case: meeting.make_mapping(office, MIRA, case, items=(ITEM,)),
    lambda office, case: meeting.make_assessment(
        office, MIRA, case, level=Level.RED, reasons="Samlad bild."
    ),
    lambda office, case: convening.answer(
        office, UNO, case, unit="ungdom", kind=AnswerKind.NOT_KNOWN
    ),
    lambda office, case: meeting.make_assessment(
        office, MIRA, case, level=Level.RED, reasons="Svaret vägt."
    ),
    lambda office, case: deciding.decide(
        office, MIRA, case, decision=DecisionKind.OPEN, reasons="Våld."
    ),
    lambda office, case: deciding.hand_over(office, MIRA, case),
    lambda office, case: deciding.acknowledge(office, UTA, case),
    lambda office, case: deciding.close(office, MIRA, case),
)
MILD_WAY: tuple[Way, ...] = (
    WAY[0],
    lambda office, case: assessing.set_level(office, MIRA, case, level=Level.GREEN),
    lambda office, case: deciding.decide(
        office, MIRA, case, decision=DecisionKind.NOT_OPEN, reasons="Skolan ger stöd."
    ),
    lambda office, case: deciding.close(office, MIRA, case),
)
