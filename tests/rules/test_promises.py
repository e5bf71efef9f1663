"""A rules file whose clocks cannot keep what its levels promise is refused, by line."""

import pytest

from adapters.rulesfile import parse, read
from rules.courses import BEGINNINGS
from rules.language.fault import Unsound
from rules.milestone import Milestone, Occasion

TEXT = read()


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("length: {röd: 4 h, orange", "length: {röd: 5 h, orange", "nivån röd lovar 4 h"),
        ("  hantering:\n", "  hanterande:\n", "fristen hantering saknas"),
        ("  fristbrott:\n", "  forklaring:\n", "fristen fristbrott saknas"),
        ("from: fristbrott\n", "from: avslutat\n", "ingen frist kan börja med avslutat"),
        ("until: möte_hållet", "until: beslutad", "en frist från hubb_kallad kan bara sluta"),
    ],
)
def test_a_clock_that_breaks_a_promise_is_refused_with_its_line(
    was: str, becomes: str, says: str
) -> None:
    assert TEXT.count(was) == 1

    with pytest.raises(Unsound) as refused:
        parse(TEXT.replace(was, becomes))

    told = [fault for fault in refused.value.faults if says in fault.message]
    assert len(told) == 1
    assert told[0].line is not None


def test_every_clock_of_the_shipped_file_can_start() -> None:
    assert Milestone.RECEIVED in BEGINNINGS
    policy = parse(TEXT).policy
    for clock in policy.clocks.values():
        if isinstance(clock.begins, Occasion):
            assert clock.begins.occasion in policy.occasions
        else:
            assert clock.begins in BEGINNINGS
