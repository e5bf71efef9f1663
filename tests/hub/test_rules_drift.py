"""`hub rules drift` on the command line: what it prints, for people and for programs."""

import json
from datetime import date

from typer.testing import CliRunner, Result

from adapters.rulesfile import load
from hub.rules_commands.drift import add_drift
from hub.rules_commands.files import rules_app
from rules.days import Days
from rules.errors import Invalid
from rules.language.ruleset import RuleSet
from rules.level import Level
from tests.people import rules
from tests.workflows.course import new_world
from tests.workflows.test_drift import lived, put, said, story
from workflows.drift import FOLLOWER, Drift, Sums, read_drift

TODAY = date(2026, 3, 20)


def run(*words: str, many: int = 0) -> Result:
    """Over what the hub has lived through, or over `many` made-up cases that people raised."""

    def follow(days: Days) -> tuple[Drift, RuleSet]:
        ruleset = rules().ruleset
        if not many:
            world = new_world()
            lived(world)
            return read_drift(world.office, FOLLOWER, ruleset=ruleset, days=days), ruleset
        sums = Sums(days, {})
        for number in range(many):
            sums.add(story(said(Level.ORANGE, "r"), put(Level.RED), case_id=str(number)))
        return sums.drift(ruleset), ruleset

    app = add_drift(rules_app(load, today=lambda: TODAY), follow, today=lambda: TODAY)
    return CliRunner().invoke(app, ["drift", *words])


def test_a_person_reads_counts_rules_and_questions() -> None:
    told = run().stdout

    assert "2025-09-19–2026-03-20: 4 bedömda; höjda 1 av 4; sänkta 1 av 4." in told
    assert "Per regel som avgjorde:" in told
    assert "  mottagning: 4 bedömda" in told
    assert "  2026 v. 11: 4 bedömda" in told
    assert "Regler som aldrig har stämt:" in told
    assert "Frågor som ingen har besvarat:" in told


def test_a_program_is_given_shares_only_when_there_are_enough() -> None:
    few, enough = (json.loads(run("--json", many=many).stdout) for many in (19, 20))

    assert few["whole"]["raised"] == {"count": 19, "share": None, "low": None, "high": None}
    assert enough["whole"]["raised"]["share"] == 1.0
    assert 0.8 < enough["whole"]["raised"]["low"] < 0.9
    assert [it["week"] for it in enough["weeks"] if it["judged"]] == ["2026-W11"]
    assert enough["rules"][0]["rule"] == "r"
    assert {it["indicator"] for it in enough["questions"]} == set(rules().ruleset.indicators)


def test_other_days_are_counted_when_they_are_asked_for() -> None:
    told = json.loads(run("--json", "--from", "2026-01-01", "--until", "2026-01-31").stdout)

    assert (told["from"], told["until"]) == ("2026-01-01", "2026-01-31")
    assert told["whole"]["judged"] == told["concerns"] == 0


def test_days_that_end_before_they_begin_are_refused() -> None:
    found = run("--from", "2026-02-01", "--until", "2026-01-31")

    assert isinstance(found.exception, Invalid)
