"""Why a clock ends when it does: from when, by which rule, on which days, in one sentence."""

import pytest

from adapters.calendar import rest_day
from rules.span import due, parse_span
from tests.rules_case.test_span import swedish

ELAPSED = "förfluten tid dygnet runt"
UNMOVED = "; att klockan ställs om 29 mars ändrar inte dagen"


@pytest.mark.parametrize(
    ("anchor", "text", "why"),
    [
        ("2026-03-10T10:00", "4 h", f" + 4 h, {ELAPSED}: 2026-03-10 kl. 14.00"),
        ("2026-10-24T13:00", "12 h", f" + 12 h, {ELAPSED}: 2026-10-25 kl. 01.00"),
        ("2026-03-10T12:00", "12 h", f" + 12 h, {ELAPSED}: 2026-03-10 kl. 24.00"),
    ],
)
def test_hours_are_explained_by_their_anchor_and_the_clock_on_the_wall(
    anchor: str, text: str, why: str
) -> None:
    assert due(swedish(anchor), parse_span(text), rest_day).why == _begun(anchor) + why


@pytest.mark.parametrize(
    ("anchor", "why"),
    [
        (
            "2026-03-28T23:30",
            (
                f" + 4 h, {ELAPSED}: 2026-03-29 kl. 04.30; natten till 29 mars är en timme kortare:"
                " 4 h efter kl. 23.30 är kl. 04.30"
            ),
        ),
        (
            "2026-10-24T23:30",
            (
                f" + 4 h, {ELAPSED}: 2026-10-25 kl. 02.30 vintertid; natten till 25 oktober"
                " är en timme längre: 4 h efter kl. 23.30 är kl. 02.30 vintertid"
            ),
        ),
    ],
)
def test_a_night_of_another_length_is_explained_when_it_lies_between(anchor: str, why: str) -> None:
    assert due(swedish(anchor), parse_span("4 h"), rest_day).why == _begun(anchor) + why


def test_both_nights_of_a_year_are_explained_in_a_long_time() -> None:
    why = due(swedish("2026-03-01T12:00"), parse_span("6000 h"), rest_day).why

    assert (
        "natten till 29 mars är en timme kortare och natten till 25 oktober är en timme längre"
        in why
    )
    assert why.endswith("6000 h efter kl. 12.00 är kl. 12.00")


@pytest.mark.parametrize(
    ("anchor", "text", "why"),
    [
        ("2026-03-10T10:00", "14 dagar", "dag 1 är dagen efter: sista dag 2026-03-24"),
        (
            "2026-03-10T10:00",
            "1 vecka",
            "samma veckodag (lag 1930:173 1 §): sista dag 2026-03-17",
        ),
        (
            "2026-11-10T10:00",
            "1 månad",
            "samma dag i månaden (lag 1930:173 1 §): sista dag 2026-12-10",
        ),
        (
            "2027-10-31T12:00",
            "4 månader",
            (
                "månadens sista dag eftersom februari inte har någon 31 (lag 1930:173 1 §):"
                " sista dag 2028-02-29"
            ),
        ),
        (
            "2026-03-20T10:00",
            "14 dagar",
            (
                "dag 1 är dagen efter: sista dag 2026-04-07, flyttad från långfredagen 2026-04-03"
                f" till nästa vardag (lag 1930:173 2 §){UNMOVED}"
            ),
        ),
    ],
)
def test_days_are_explained_by_the_rule_that_counts_them_and_the_rest_day_that_moved_them(
    anchor: str, text: str, why: str
) -> None:
    told = due(swedish(anchor), parse_span(text), rest_day).why

    assert told == f"{_begun(anchor)} + {text}, {why}"


def test_the_end_of_the_next_day_is_explained_with_the_rest_day_that_does_not_move_it() -> None:
    assert due(swedish("2026-03-28T10:00"), parse_span("nästa dags slut"), rest_day).why == (
        "2026-03-28 kl. 10.00, till slutet av nästa dag: 2026-03-29 kl. 24.00"
        f" (söndagen räknas som andra dagar){UNMOVED}"
    )


def _begun(anchor: str) -> str:
    return anchor.replace("T", " kl. ").replace(":", ".")
