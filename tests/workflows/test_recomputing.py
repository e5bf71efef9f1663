"""Every old classification comes out bit for bit under the version of its day, or is told of."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from adapters.rulesfile import read
from rules.classification import Classification, Question
from rules.engines.rulebook import LiveRules, live
from rules.errors import Invalid
from rules.events import Classified
from rules.level import Level
from tests.people import GREEN, MIRA, ORANGE, RED, World, report
from workflows.assessing import answer_questions
from workflows.ports import Office
from workflows.recomputing import recompute
from workflows.registering import register
from workflows.rule_books import RuleBooks

TEXT = read()
NEWER = TEXT.replace('version: "2026.1"', 'version: "2026.2"').replace(
    "level: röd", "level: orange"
)


def _handing(rules: LiveRules) -> Callable[[], LiveRules]:
    return lambda: rules


@dataclass
class Past:
    """Cases classified under two versions, both kept."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.cases: list[str] = []
        for text in (TEXT, NEWER):
            rules = live(self.world.office.read_rules(text))
            office = replace(self.world.office, rulebook=_handing(rules))
            RuleBooks(office.uow).install(rules.version, text, at=self.world.clock.now)
            self._classify(office)
            rules.engines.retire()

    def _classify(self, office: Office) -> None:
        for answers in (RED, GREEN):
            done = register(office, MIRA, report(answers=answers))
            self.cases += [case.id for case in done]
        answer_questions(office, MIRA, self.cases[-1], answers=ORANGE)

    def tamper(self, change: Callable[[Classification], Classification], case: int = 0) -> str:
        """Change what the journal says of a case; its number."""
        store, case_id = self.world.store, self.cases[case]
        store.journal[case_id] = tuple(
            replace(it, classification=change(it.classification))
            if isinstance(it, Classified)
            else it
            for it in store.journal[case_id]
        )
        return store.rows[case_id].case.number


def test_what_was_said_under_each_version_is_said_again_bit_for_bit() -> None:
    past = Past()

    found = recompute(past.world.office)

    assert found.count == 6
    assert found.unlike == []
    assert found.incidents == 0
    said = [it.classification for it in past.world.store.events if isinstance(it, Classified)]
    assert len({it.rules_version for it in said}) == 2


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("level", lambda it: replace(it, level=Level.GREEN)),
        ("possible", lambda it: replace(it, possible=(Level.GREEN, Level.RED))),
        ("findings", lambda it: replace(it, findings=())),
        ("findings", lambda it: replace(it, findings=(replace(it.findings[0], because="Nej."),))),
        ("ask_next", lambda it: replace(it, ask_next=(Question("hotbild", "ja", Level.RED),))),
        ("facts", lambda it: replace(it, facts={"alder": 3})),
        ("level", lambda it: replace(it, answers={})),
        ("version", lambda it: replace(it, rules_version="2025.1-aaaaaaaaaaaa")),
        ("versionen känner", lambda it: replace(it, facts={"kon": "pojke"})),
    ],
)
def test_a_tampered_event_is_found(
    what: str, change: Callable[[Classification], Classification]
) -> None:
    past = Past()
    number = past.tamper(change)

    found = recompute(past.world.office)

    (unlike,) = found.unlike
    assert unlike.number == number
    assert what in unlike.what
    assert unlike.sentence.startswith(f"Ärende {number}, rad ")


def test_one_case_alone_can_be_recomputed_and_each_look_is_logged() -> None:
    past = Past()
    number = past.tamper(lambda it: replace(it, level=Level.GREEN))
    other = past.world.store.rows[past.cases[1]].case.number

    assert len(recompute(past.world.office, number=number).unlike) == 1
    assert recompute(past.world.office, number=other).unlike == []
    with pytest.raises(Invalid):
        recompute(past.world.office, number="MH-2026-99999")

    with past.world.office.uow() as work:
        lines = work.access.recent(2)
    assert [line.case_ids for line in lines] == [(past.cases[1],), (past.cases[0],)]
    assert {(line.account_id, line.action) for line in lines} == {
        ("program", "räkna om klassningar")
    }


def test_a_level_that_a_failing_engine_raised_is_counted_apart_and_a_lower_one_is_told() -> None:
    past = Past()
    fault = "En av de två regelmotorerna svarade inte. Nivån höjdes ett steg."
    past.tamper(
        lambda it: replace(it, level=Level.RED, engines_agree=False, incident=fault), case=2
    )
    assert recompute(past.world.office).incidents == 1

    past.tamper(lambda it: replace(it, level=Level.GREEN, incident=fault), case=0)
    found = recompute(past.world.office)
    assert found.incidents == 1
    assert "level" in found.unlike[0].what


def test_a_version_that_can_no_longer_be_read_is_told_for_each_that_it_classified() -> None:
    past = Past()
    store = past.world.store
    old, newer = store.rule_versions
    store.rule_versions[old] = replace(store.rule_versions[old], text="a: [")
    store.rule_versions[newer] = replace(store.rule_versions[newer], text=TEXT)

    found = recompute(past.world.office)

    assert {it.what for it in found.unlike} == {
        "versionen går inte att läsa.",
        "versionens text är en annan än dess namn säger.",
    }
    assert len(found.unlike) == 6
