"""An engine that falls: the higher level, and somebody who sees it and says what holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs

from hub.chores import tell_of_classification
from hub.rulebook import RulesInForce
from hub.views import otherwise
from rules.engines.editions import Editions
from rules.engines.engine import Engine
from rules.engines.explain import Explainer, View
from rules.engines.votes import Broken, Matcher
from rules.errors import Invalid
from rules.level import Level
from tests.hub import acts
from tests.hub.web import Web
from tests.people import GREEN, MIRA, NORA, World, report, reported, rules
from workflows import assessing
from workflows.reading import read_case
from workflows.registering import register

TROUBLE = "En av de två regelmotorerna svarade inte."


class Failing(Editions):
    """Engines of which one, or both, never answer."""

    def __init__(self, live: Matcher, oracle: Matcher | None = None) -> None:
        super().__init__(rules().ruleset)
        self._engine = Engine(rules().ruleset, live=live, oracle=oracle)

    def of_day(self, day: object) -> Engine:
        return self._engine


@dataclass
class Measured:
    """What was measured."""

    levels: list[tuple[str, bool]] = field(default_factory=list)

    def raised(self, lateness: float) -> None: ...

    def watched(self, *, overdue: int, dead_letters: int, unpromised: int) -> None: ...

    def delivered(self, way: str, lateness: float) -> None: ...

    def undelivered(self, seconds: float) -> None: ...

    def found(self, counts: Mapping[str, int]) -> None: ...

    def classified(self, level: str, *, agree: bool) -> None:
        self.levels.append((level, agree))


def broken_world(*engines: Matcher) -> World:
    return World(rulebook=replace(rules(), engines=Failing(*(engines or (Broken(),)))))


@pytest.fixture
def failing() -> Web:
    return Web(world=broken_world())


def test_a_broken_engine_gives_the_higher_level_when_a_concern_is_registered() -> None:
    concern = report(reported(answers=GREEN))
    levels = []
    for world in (World(), broken_world(), broken_world(Broken(), Broken())):
        world.admit(MIRA)
        (case,) = register(world.office, MIRA, concern)
        levels.append((case.level, case.incident is not None))

    assert levels == [(Level.GREEN, False), (Level.ORANGE, True), (Level.RED, True)]


def test_the_incident_is_on_the_case_and_leads_among_the_tasks(failing: Web) -> None:
    page = acts.protect(acts.register(failing))

    assert TROUBLE in page.text
    assert "Kontrollera nivån själv" in failing.as_(MIRA).open("/").text
    assert TROUBLE in page.follow("Kontrollera nivån själv").text


def test_nobody_confirms_a_level_after_an_incident_without_saying_what_it_rests_on(
    failing: Web,
) -> None:
    form = acts.protect(acts.register(failing)).follow("Kontrollera nivån själv").draft()

    refused = form.choose("Nivå", "Röd").press("Spara nivån")
    done = refused.draft().type("Skäl", "Läst anmälan och svaren.").press("Spara nivån")

    assert "Skriv vad nivån vilar på." in refused.text
    assert "Kontrollera nivån själv" not in failing.as_(MIRA).open("/").text
    assert done.path.startswith("/cases/")


def test_an_incident_stands_until_a_level_has_been_set_whatever_is_classified_since() -> None:
    world = broken_world()
    world.admit(MIRA, NORA)
    (case,) = register(world.office, MIRA, report(reported(answers=GREEN)))
    world.rulebook = rules()
    assessing.assess_protection(world.office, MIRA, case.id, needed=False, reasons="Träffad.")
    again = assessing.answer_questions(world.office, NORA, case.id, answers=GREEN)
    assert again.classified is not None
    assert again.classified.classification.incident is None

    assert again.incident is not None
    with pytest.raises(Invalid):
        assessing.set_level(world.office, NORA, case.id, level=again.level)
    done = assessing.set_level(world.office, NORA, case.id, level=again.level, reason="Läst.")
    assert done.incident is None


def test_the_row_of_a_case_says_what_the_case_says() -> None:
    world = broken_world()
    world.admit(MIRA)
    (case,) = register(world.office, MIRA, report())

    assert world.store.rows[case.id].case.incident


def test_an_incident_is_logged_and_measured_without_a_word_of_the_concern() -> None:
    measured, world = Measured(), broken_world()
    world.admit(MIRA)
    in_force = RulesInForce(
        world.rulebook, clock=world.clock, told=tell_of_classification(measured)
    )
    office = replace(world.office, rulebook=lambda: in_force)

    with capture_logs() as lines:
        register(office, MIRA, report())

    (told,) = [it for it in lines if it["event"] == "engines.disagreed"]
    assert told["log_level"] == "critical"
    assert told.keys() <= {"event", "log_level", "rules_version", "rules"}
    assert measured.levels == [("röd", False)]


def test_a_case_whose_explanation_fails_is_shown_with_its_level_and_its_reasons(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(otherwise, "explanation", fails)
    with capture_logs() as lines:
        page = acts.register(web).follow("Öppna ärendet")

    assert "Förklaringen saknas" in page.text
    assert "Reglerna föreslår" in page.text
    assert "explanation.failed" in {it["event"] for it in lines}


@pytest.mark.parametrize("part", [(Explainer, "view"), (View, "possible")])
def test_a_fault_in_what_looks_ahead_is_an_incident_on_the_case(
    monkeypatch: pytest.MonkeyPatch, part: tuple[type, str]
) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    world = World(rulebook=replace(rules(), engines=Editions(rules().ruleset)))
    world.admit(MIRA)
    monkeypatch.setattr(*part, fails)
    (case,) = register(world.office, MIRA, report(reported(answers=GREEN)))

    read = read_case(world.office, MIRA, case.id).case
    assert read.classified is not None
    assert read.classified.classification.possible == (Level.ORANGE, Level.RED)
    assert read.incident is not None
