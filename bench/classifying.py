"""Classifications a second: the live engine that explains, beside others on the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.concerns import Concern
from bench.target import Target
from bench.timing import Measured, Run, interleaved, ratio
from bench.zen_table import ZenTable, context
from rules.engines.durable import Durable
from rules.engines.engine import Engine
from rules.engines.oracle import Oracle
from rules.language.ruleset import RuleSet

HUB = "hubben: två motorer, intervall, nästa fråga"
ZEN_TRACE = "zen-engine med spår"
ZEN = "zen-engine utan spår"
DURABLE = "durable_rules ensam, utan förklaring"
ORACLE = "ren Python ensam, utan förklaring"


class Disagreement(Exception):
    """Two evaluations of the same rules differ: what they would be compared on is not the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """One contender in the table; `faster` is how many times the hub's own speed."""

    name: str
    per_second: float
    p50: float
    p99: float
    faster: float


def verify(ruleset: RuleSet, concerns: Sequence[Concern], zen: ZenTable) -> None:
    """Every contender must say the same of every concern before anything is timed."""
    engine, oracle = Engine(ruleset), Oracle(ruleset.all_rules)
    for number, concern in enumerate(concerns):
        expected = oracle.fire(concern.situation)
        said = engine.classify(concern.facts, concern.answers)
        if not said.engines_agree or {found.rule for found in said.findings} != expected:
            raise Disagreement(f"hubben skiljer sig från ren Python i fall {number}")
        if zen.fire(context(concern.situation)) != expected:
            raise Disagreement(f"zen-engine skiljer sig från ren Python i fall {number}")
    engine.retire()


@dataclass(frozen=True, slots=True)
class Compared:
    """The table, and what was promised of it."""

    lines: tuple[Line, ...]
    targets: tuple[Target, ...]


def compare(ruleset: RuleSet, concerns: Sequence[Concern], *, rounds: int) -> Compared:
    """The table; raises Disagreement before timing what is not alike."""
    zen = ZenTable(ruleset.all_rules)
    verify(ruleset, concerns, zen)
    contenders = _contenders(ruleset, concerns, zen)
    found = interleaved(contenders, calls=len(concerns), rounds=rounds)
    lines = tuple(_line(name, measured, found[HUB]) for name, measured in found.items())
    return Compared(lines, _targets(found))


def _targets(found: Mapping[str, Measured]) -> tuple[Target, ...]:
    hub, oracle = found[HUB], found[ORACLE]
    return (
        Target("hubben mot zen-engine med spår", 2, ratio(hub, found[ZEN_TRACE])),
        Target("hubben, 99 av 100 klassningar", 2, hub.microseconds(99) / 1000, "ms"),
        Target("ren Python mot zen-engine utan spår", 30, ratio(oracle, found[ZEN])),
    )


def _contenders(ruleset: RuleSet, concerns: Sequence[Concern], zen: ZenTable) -> dict[str, Run]:
    """The hub is given the concern as it comes; the others what they need, made beforehand."""
    rules = ruleset.all_rules
    engine, durable, oracle = Engine(ruleset), Durable(rules), Oracle(rules)
    situations = [concern.situation for concern in concerns]
    contexts = [context(situation) for situation in situations]
    return {
        HUB: lambda index: engine.classify(concerns[index].facts, concerns[index].answers),
        ZEN_TRACE: lambda index: zen.evaluate(contexts[index], trace=True),
        ZEN: lambda index: zen.evaluate(contexts[index], trace=False),
        DURABLE: lambda index: durable.fire(situations[index]),
        ORACLE: lambda index: oracle.fire(situations[index]),
    }


def _line(name: str, measured: Measured, hub: Measured) -> Line:
    return Line(
        name=name,
        per_second=measured.per_second,
        p50=measured.microseconds(50),
        p99=measured.microseconds(99),
        faster=ratio(measured, hub),
    )
