"""How long it takes to prove a rules file, the shipped one and one as large as any will be."""

from dataclasses import dataclass
from time import perf_counter

from bench.generated import generated
from bench.table import number, table
from bench.target import Target
from rules.language.ruleset import RuleSet
from rules.proofs.proof import prove

MOST_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Proved:
    """One file: how much was shown of it, and in how many seconds."""

    name: str
    rules: int
    questions: int
    obligations: int
    seconds: float


def proved(shipped: RuleSet, *, of: tuple[int, int]) -> tuple[Proved, Proved]:
    """The shipped file, and a made-up one of so many rules and questions."""
    rules, questions = of
    large = generated(rules=rules, questions=questions)
    return _timed("den medföljande filen", shipped), _timed("en påhittad, så stor", large)


def target(large: Proved) -> Target:
    """The promise of a short wait before anyone approves."""
    name = f"bevis av {large.rules} regler och {large.questions} frågor"
    return Target(name, MOST_SECONDS, large.seconds, unit="s")


def text(lines: tuple[Proved, ...]) -> str:
    """As a table."""
    heads = ("", "regler", "frågor", "bevisade led", "sekunder")
    rows = (
        (it.name, str(it.rules), str(it.questions), number(it.obligations), number(it.seconds, 1))
        for it in lines
    )
    return table("Bevis med z3, allt på en kärna", heads, rows)


def _timed(name: str, ruleset: RuleSet) -> Proved:
    begun = perf_counter()
    proof = prove(ruleset)
    seconds = perf_counter() - begun
    obligations = sum(outcome.obligations for outcome in proof.outcomes)
    return Proved(name, len(ruleset.all_rules), len(ruleset.indicators), obligations, seconds)
