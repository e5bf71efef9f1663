"""Who may use which route, written out; a route without a row here fails the test.

One sign a person: `+` is let in (what the case says of it is another matter), `-` is refused
(403), `.` is told that there is no such case (404), `!` has no token (401).
"""

from collections.abc import Mapping

from rules.people import Actor
from tests.people import BEA, CALLE, CIA, CURT, GRY, JON, MIRA, RUT, SYS, UTA, VERA, VIVI

# The relations: mottagning, its chef; called unit, its chef; utredare, its chef; verksamhetschef
# with a breach; a unit that is not called; granskare, regelansvarig, systemförvaltare, socialjour;
# nobody.
PEOPLE: tuple[Actor | None, ...] = (
    MIRA, CIA, BEA, CALLE, UTA, CURT, VIVI, VERA, GRY, RUT, SYS, JON, None,
)  # fmt: skip

EVERYONE = "++++++++++++!"
READ = "++++++......!"
INTAKE = "++----......!"
CALL = "++++--......!"
UNITS = "--++--......!"
DEPUTY = "+-++--......!"
RECEIVE = "----++......!"
REQUEST = "++--++......!"
# Of a breach that the intake owns; a unit's chef explains the unit's own.
EXPLAIN = "-+----+.....!"

CASE = "/api/v1/cases/{case_id}"
HANDED_OVER: Mapping[str, str] = {
    "GET /api/v1/me": EVERYONE,
    "GET /api/v1/rules": EVERYONE,
    "GET /api/v1/cases": EVERYONE,
    "POST /api/v1/classifications": EVERYONE,
    "POST /api/v1/concerns": "+-----------!",
    "POST /api/v1/child-lookups": "+-----------!",
    "GET /api/v1/duty-list": "++---------+!",
    "GET /api/v1/deadlines": "-+-+-++-----!",
    "GET /api/v1/access-log": "--------+---!",
    "GET /api/v1/meetings": "++-+-++-----!",
    "GET /api/v1/capacity": "++-+-++-----!",
    "GET /api/v1/absences": "++++-+-+----!",
    # For whom one may set it, and end it, is asked of the person it is about.
    "POST /api/v1/absences": "++++-+-+----!",
    "POST /api/v1/absences/{absence_id}/ends": "....-.-.----!",
    "GET /api/v1/deliveries": "-+-+-++---+-!",
    # Nobody finds that number: whoever may come in is told so.
    "POST /api/v1/deliveries/{delivery_id}/resends": "-.-.-..---.-!",
    "POST /api/v1/deliveries/{delivery_id}/settlements": "-.-.-..---.-!",
    f"GET {CASE}": READ,
    f"GET {CASE}/chronology": READ,
    f"GET {CASE}/package": READ,
    f"GET {CASE}/slot-proposal": READ,
    f"POST {CASE}/notes": READ,
    f"POST {CASE}/protection-assessments": INTAKE,
    f"POST {CASE}/indicator-answers": INTAKE,
    f"POST {CASE}/levels": INTAKE,
    f"POST {CASE}/lowering-answers": INTAKE,
    f"POST {CASE}/child-corrections": INTAKE,
    f"POST {CASE}/hub-calls": CALL,
    f"POST {CASE}/meeting-moves": CALL,
    f"POST {CASE}/called-units": CALL,
    f"POST {CASE}/answers": UNITS,
    f"POST {CASE}/deputies": DEPUTY,
    f"POST {CASE}/meetings": INTAKE,
    f"POST {CASE}/mappings": INTAKE,
    f"POST {CASE}/assessments": INTAKE,
    f"POST {CASE}/decisions": INTAKE,
    f"POST {CASE}/handovers": INTAKE,
    f"POST {CASE}/receipts": RECEIVE,
    f"POST {CASE}/concerned-information": RECEIVE,
    f"POST {CASE}/conclusions": RECEIVE,
    f"POST {CASE}/closures": INTAKE,
    f"POST {CASE}/feedback-requests": INTAKE,
    f"POST {CASE}/feedback": INTAKE,
    f"POST {CASE}/information-requests": REQUEST,
    f"POST {CASE}/information-requests/{{request_id}}/answers": REQUEST,
    f"POST {CASE}/clocks/{{key}}/extensions": REQUEST,
    f"POST {CASE}/clocks/{{key}}/suspensions": REQUEST,
    f"POST {CASE}/clocks/{{key}}/resumptions": REQUEST,
    f"POST {CASE}/clocks/{{key}}/acknowledgements": READ,
    f"POST {CASE}/occasions": REQUEST,
    f"POST {CASE}/breaches/{{key}}/explanations": EXPLAIN,
}


def registered(row: str) -> str:
    """Before the call and the handover only the intake stands in any relation to the case."""
    return f"{row[:2]}....{row[6:]}"


def closed(row: str) -> str:
    """After the case is closed the called units see it no more; the receivers do."""
    return f"{row[:2]}..{row[4:]}"
