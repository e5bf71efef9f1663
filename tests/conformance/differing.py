"""One made-up concern through every compilation, against the plain reading of the file."""

import hashlib
from collections.abc import Mapping

import yaml

from adapters.rulesfile import parse_language
from rules.level import Level
from tests.conformance.case import Case, Topic
from tests.conformance.generated import Drawn
from tests.conformance.outcome import Compilation
from tests.conformance.reference import Reading, counts
from tests.conformance.running import COMPILATIONS, run
from tests.conformance.writing import write

FOUND = "found"


def topic_of(drawn: Drawn) -> Topic:
    """The rules and the concern as a topic with one case, which expects what the file says."""
    said = counts({name: (it.value, it.source) for name, it in drawn.answers.items()})
    tree = yaml.load(drawn.rules, Loader=yaml.BaseLoader)
    expected = Reading(tree, str(drawn.day)).outcome(drawn.facts, said)
    if expected is None:
        raise ValueError("för många öppna frågor för att prövas")
    level, findings, (low, high) = expected
    ruleset = parse_language(drawn.rules)
    case = Case(
        id="slumpad",
        why="Kompileringarna sade olika när fallet hittades.",
        facts=drawn.facts,
        answers=drawn.answers,
        day=drawn.day if ruleset.days else None,
        level=Level(level),
        findings=tuple(findings),
        interval=(Level(low), Level(high)),
        ask_next=None,
        explanation=(),
    )
    mark = hashlib.sha256(repr((drawn.rules, case)).encode()).hexdigest()[:8]
    name, about = f"{FOUND}/{mark}", "Hittat med slumpade regler."
    return Topic(name, about, drawn.rules, ruleset, (case,))


def differences(
    topic: Topic, compilations: tuple[Compilation, ...] = COMPILATIONS
) -> Mapping[str, tuple[str, ...]]:
    """What each compilation says otherwise; a fault in one is said as well."""
    found = {it.name: _said(topic, it) for it in compilations}
    return {name: said for name, said in found.items() if said}


def keep(topic: Topic) -> None:
    """Make a case of what was found, so that it is tried for ever after."""
    write(topic)


def _said(topic: Topic, compilation: Compilation) -> tuple[str, ...]:
    try:
        return tuple(line for result in run(topic, compilation) for line in result.differences)
    except Exception as error:  # noqa: BLE001  any fault at all is a difference
        return (f"{type(error).__name__}: {error}",)
