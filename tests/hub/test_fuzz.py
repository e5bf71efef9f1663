"""Whatever is sent to a page is answered: never a defect, never a half-written step."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.app import STEPS
from tests.api.stages import closed_case, handed_over_case, registered_case
from tests.hub.web import Web, enter
from tests.people import BEA, CIA, MIRA, UTA

FIELDS = (
    "needed", "reasons", "measures", "answers.pagaende_fara.value", "answers.pagaende_fara.source",
    "answers.finns_inte.value", "source", "level", "reason", "approve", "name", "birth_date",
    "personal_number", "protected", "nature", "text", "about_seq", "units", "when", "meeting_date",
    "meeting_time", "unit", "kind", "statements.1.text", "statements.1.source",
    "statements.1.about", "statements.1.nature", "statements.7.weight", "deputy", "started",
    "ended", "present", "present_units", "items.1.section", "items.1.text", "items.1.source",
    "dissents.1.name", "dissents.1.level", "decision", "presenters", "without_hub",
    "investigator", "how", "outcome", "requested_date", "requested_time", "channel", "consent",
    "party", "act", "question", "ground", "request_id", "nothing_known", "key", "cause", "comment",
    "children.1.name", "children.1.siblings.1.birth_date", "children.2.protected",
    "received_date", "received_time", "reporter_kind", "_more", "_drop", "_seen", ".", "a..b",
    "statements", "statements.x", "items.0.text", "items.².text", "statements.٣.text",
    "children.².name", "units.1", "level.1.2.3",
)  # fmt: skip
WORDS = (
    "", "ja", "nej", "röd", "grön", "okänt", "barn", "ungdom", "känd", "inte_känd", "barnet",
    "faktum", "proposed", "other", "2026-03-10", "1899-01-01", "9999-12-31", "0001-01-01", "8.50",
    "24.00", "inleda", "inte_inleda", "till_pågående_utredning", "skola", "hämta", "lämna", "risk",
    "utredning", "rättelse", "1", "-1", "99999999999999999999", "\0", "𝔛" * 50, "<b>", "konto-Bea",
    "²", "9" * 5000, "statements", "items", "children", "hantering:röd", "annat", "telefon",
    "samtycke",
)  # fmt: skip
PAIRS = st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(WORDS) | st.text(max_size=20)))
PEOPLE = (MIRA, BEA, CIA, UTA)
STAGES = (registered_case, handed_over_case, closed_case)
NOUNS = [*(f"/cases/{{}}/{step.noun}" for step in STEPS), "/cases/{}/breaches", "/concerns"]


@cache
def place(stage: int) -> tuple[str, list[object]]:
    web = Web()
    return STAGES[stage](web.world), [enter(web, person) for person in PEOPLE]


@settings(max_examples=400)
@given(
    pairs=PAIRS,
    noun=st.sampled_from(NOUNS),
    who=st.integers(0, len(PEOPLE) - 1),
    stage=st.integers(0, len(STAGES) - 1),
)
def test_whatever_is_sent_is_answered(
    pairs: list[tuple[str, str]], noun: str, who: int, stage: int
) -> None:
    case_id, clients = place(stage)
    fields: dict[str, list[str]] = {"_csrf": [f"csrf-{PEOPLE[who].id}"]}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)

    answer = clients[who].post(noun.format(case_id), data=fields)  # type: ignore[attr-defined]

    assert answer.status_code in (200, 303, 403, 404, 409, 422)
