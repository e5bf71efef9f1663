"""A breach is explained with a cause from the list and a comment, and stays a breach."""

from dataclasses import replace
from datetime import datetime

import pytest

from rules import breaches
from rules import events as ev
from rules.breaches import Explanation, NoSuchBreach
from rules.case import Case
from rules.clocks import follow
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


def promised(case: Case, by: datetime | None) -> ev.BreachExplained:
    said = Explanation(
        key="hantering:röd", cause="annat", comment="Kö.", measure="Rings.", measure_by=by
    )
    return breaches.explain(case, said, policy=it.CALENDAR.policy, actor=CIA, at=it.after(300))


def test_a_new_time_is_promised_for_a_step_that_remains_and_watched_from_then_on() -> None:
    breached = it.lived(it.classified(), it.passed("hantering:röd"))
    made = promised(breached, it.after(360))
    case = it.lived(it.classified(), it.passed("hantering:röd"), made)

    assert made.measure_by == it.after(360)
    key = next(key for key in it.running(case) if key.startswith("atgard:hantering:röd"))
    assert case.clocks[key].due_at == it.after(360)


def test_a_step_that_is_done_needs_no_new_time() -> None:
    done = it.lived(it.classified(), it.passed("hantering:röd"), it.decided(at=it.after(250)))

    assert promised(done, it.after(360)).measure_by is None
    assert promised(BREACHED, None).measure_by is None


@pytest.mark.parametrize("by", [it.after(300), it.after(300, days=8)], ids=["past", "far away"])
def test_a_new_time_lies_ahead_and_near(by: datetime) -> None:
    with pytest.raises(Invalid):
        promised(BREACHED, by)


def test_an_explanation_anew_promises_anew_and_the_old_promise_no_longer_counts() -> None:
    first = promised(BREACHED, it.after(360))
    second = replace(first, at=it.after(310), measure_by=it.after(500))
    case = it.lived(it.classified(), it.passed("hantering:röd"), first, second)
    ends = [case.clocks[key].due_at for key in it.running(case) if key.startswith("atgard")]

    assert ends == [it.after(500)]


def test_a_clock_whose_name_only_begins_like_that_of_breaches_has_its_breach_explained() -> None:
    policy = it.CALENDAR.policy
    clocks = {**policy.clocks, "fristbrott_anmalt": policy.clocks["klassning"]}
    calendar = replace(it.CALENDAR, policy=policy.model_copy(update={"clocks": clocks}))
    case = it.lived(it.classified())
    case = extend(case, follow(case, calendar, it.after(10)))
    case = extend(case, [it.passed("fristbrott_anmalt:röd", at=it.after(40))])

    started = {turn.key for turn in follow(case, calendar, it.after(41))}
    assert "fristbrott:fristbrott_anmalt:röd" in started
