"""A breach is explained with a cause from the list and a comment, and stays a breach."""

import pytest

from rules import breaches
from rules import events as ev
from rules.breaches import Explanation, NoSuchBreach
from rules.case import Case
from rules.errors import Invalid
from rules.fold import extend
from tests.people import CIA
from tests.rules_case import happenings as it

BREACHED = it.lived(it.classified(), it.passed("hantering:röd"))


def explain(
    case: Case = BREACHED,
    *,
    key: str = "hantering:röd",
    cause: str = "enhet_tyst",
    comment: str = " Ingen på plats. ",
) -> ev.BreachExplained:
    said = Explanation(key=key, cause=cause, comment=comment, measure="Enheten rings.")
    return breaches.explain(case, said, policy=it.CALENDAR.policy, actor=CIA, at=it.after(300))


def test_a_breach_gets_a_cause_an_owner_and_a_comment_and_stays() -> None:
    made = explain()
    clock = extend(BREACHED, [made]).clocks["hantering:röd"]

    assert (made.cause, made.comment, made.owner) == ("enhet_tyst", "Ingen på plats.", "Cia")
    assert clock.passed is not None
    assert not clock.breach_is_open


@pytest.mark.parametrize("key", ["hantering:grön", "forhandsbedomning", "fristbrott:hantering:röd"])
def test_only_what_has_been_breached_is_explained(key: str) -> None:
    with pytest.raises(NoSuchBreach):
        explain(key=key)


@pytest.mark.parametrize(("field", "value"), [("cause", "otur"), ("comment", " ")])
def test_an_explanation_is_whole(field: str, value: str) -> None:
    with pytest.raises(Invalid) as told:
        explain(**{field: value})  # type: ignore[arg-type]
    assert list(told.value.faults) == [field]
