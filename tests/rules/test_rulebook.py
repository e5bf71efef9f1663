"""The live rules are one version: its levels, its facts, and who may have answered."""

from datetime import date

import pytest

from rules.answer import Answer, Value
from rules.concern import ReporterKind
from rules.engines.rulebook import INTAKE_SOURCE, live
from rules.level import Level
from tests.rules import shipped

DAY = date(2026, 3, 10)
LIVE = live(shipped.file())


def test_the_live_rules_are_those_of_the_file_and_no_others() -> None:
    assert LIVE.version == LIVE.ruleset.version == shipped.file().version
    assert LIVE.policy is shipped.file().policy
    assert LIVE.facts == shipped.file().ruleset.words.facts


def test_the_hub_is_convened_at_the_levels_that_say_so() -> None:
    promised = {level for level, it in LIVE.ruleset.levels.items() if it.hub}

    assert LIVE.hub_levels == promised == {Level.RED, Level.ORANGE}


def test_a_concern_is_classified_by_the_version_that_is_live() -> None:
    said = LIVE.classify({}, {"pagaende_fara": Answer(Value.YES, "skola")}, on=DAY)

    assert (said.level, said.rules_version) == (Level.RED, LIVE.version)


@pytest.mark.parametrize("source", [INTAKE_SOURCE, "skola", "barn"])
def test_every_reporter_the_intake_and_every_unit_may_have_said_it(source: str) -> None:
    kinds = {kind.value for kind in ReporterKind}

    assert set(LIVE.sources) == kinds | {INTAKE_SOURCE} | set(LIVE.policy.units)
    assert LIVE.check_answers({"hotbild": Answer(Value.NO, source)}) == {}


def test_no_source_is_offered_twice() -> None:
    assert len(LIVE.sources) == len(set(LIVE.sources))


def test_an_answer_to_no_question_or_from_nobody_is_told_by_its_question() -> None:
    found = LIVE.check_answers(
        {
            "hotblid": Answer(Value.YES, "skola"),
            "hotbild": Answer(Value.YES, "grannen"),
            "himlen": Answer(Value.YES, "skola"),
            "forsvunnet": Answer(Value.YES, "polis"),
        }
    )

    assert found == {
        "hotblid": 'hotblid: frågan "hotblid" finns inte i instrumentet; menade du "hotbild"?',
        "himlen": 'himlen: frågan "himlen" finns inte i instrumentet.',
        "hotbild": "hotbild: källan ”grannen” finns inte; välj en i listan.",
    }
