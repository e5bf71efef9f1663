"""The theorems of every rules file: more risk never lowers, and the highest level wins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, permutations, product

from rules.engines.situation import Situation
from rules.language.fault import Path
from rules.language.shape import Fact, Kind
from rules.language.syntax import Bound, Scalar, leaves
from rules.level import Level, highest
from rules.proofs.check import Check, Flaw, Obligation
from rules.proofs.logic import Formula, places
from rules.proofs.subject import ABOVE_GREEN, Subject
from rules.proofs.told import spoken


@dataclass(frozen=True, slots=True)
class _Step:
    """One step towards more risk; to a question the values are ja, nej and None for okänt."""

    name: str
    before: Scalar | None
    after: Scalar

    def at(self, situation: Situation, value: Scalar | None) -> Situation:
        """The concern with that value instead."""
        if self.name in situation.facts:
            return replace(situation, facts={**situation.facts, self.name: value})
        others = {name: yes for name, yes in situation.answers.items() if name != self.name}
        given = others if value is None else {**others, self.name: value is True}
        return replace(situation, answers=given)


def _questions(found: Subject) -> Iterator[Obligation]:
    """From nej, and from okänt, to ja; all others as they are."""
    for index, indicator in enumerate(found.ruleset.indicators.values()):
        if indicator.kind is not Kind.PROTECTION:
            steps = (_Step(indicator.id, False, True), _Step(indicator.id, None, True))
            yield from _obligations(found, ("indicators", index), steps)


def _facts(found: Subject) -> Iterator[Obligation]:
    """From each value to the next at which a rule can change; none sees a change between them."""
    for index, fact in enumerate(found.ruleset.words.facts.values()):
        if fact.more_is_risk:
            steps = tuple(_Step(fact.id, low, high) for low, high in pairwise(_turns(found, fact)))
            yield from _obligations(found, ("facts", index), steps)


def _obligations(found: Subject, path: Path, steps: tuple[_Step, ...]) -> Iterator[Obligation]:
    return (Obligation(path, partial(_lowered, found, step)) for step in steps)


def _turns(found: Subject, fact: Fact) -> list[Scalar]:
    limits = {
        leaf.limit
        for claim in found.claims
        for leaf, _ in leaves(claim.rule.when)
        if isinstance(leaf, Bound) and leaf.fact == fact.id
    }
    return list(places(fact)) or [fact.span[0], *sorted(limits)]


def _lowered(found: Subject, step: _Step) -> Flaw | None:
    drops = [_drop(found, step, level) for level in ABOVE_GREEN]
    witness = found.search.witness(found.concern.some(drops))
    return None if witness is None else _shown(found, step, witness)


def _drop(found: Subject, step: _Step, level: Level) -> Formula:
    """The level is reached before the step and not after it.

    When nothing is known the first answer replaces the precaution: what the precaution alone gave
    need not be kept.
    """
    rest, reading = found.apart(step.name, level)
    spared = found.ruleset.precaution if step.before is None else None
    before = found.concern.pinned(step.name, step.before)
    after = found.concern.pinned(step.name, step.after)
    return found.concern.every(
        [
            found.concern.denied(rest),
            found.concern.denied(after.some_true(it.rule.when for it in reading)),
            before.some_true(it.rule.when for it in reading if it.rule is not spared),
        ]
    )


def _shown(found: Subject, step: _Step, witness: Situation) -> Flaw:
    """Told at the rule that lets go of the level."""
    before, after = (step.at(witness, value) for value in (step.before, step.after))
    spared = found.ruleset.precaution if step.before is None else None
    lost = [it for it in found.claims if it.test(before) is True and it.test(after) is not True]
    at_fault = max((it for it in lost if it.rule is not spared), key=lambda it: it.rule.level.rank)
    text = (
        f"mer risk sänker nivån: {step.name} {spoken(step.before)} ger {at_fault.rule.level} men"
        f" {spoken(step.after)} ger {found.level(after)}; skriv villkoret utan not"
    )
    return Flaw((*at_fault.path, "when"), text, before)


def _order(found: Subject) -> Iterator[Obligation]:
    """Any three levels in any order; `highest` is associative, so that is enough for any number."""
    for length in range(len(Level) + 1):
        for levels in product(Level, repeat=length):
            yield Obligation(("levels",), partial(misjudged, levels, highest))
    for claim in found.claims:
        yield Obligation(claim.path, partial(overruled, found, claim.rule.level, claim.true))


def misjudged(levels: tuple[Level, ...], wins: Callable[..., Level]) -> Flaw | None:
    """Where what wins is not the highest of the levels, in any order and however it is grouped."""
    won = wins(*levels)
    ordered = all(wins(*other) is won for other in permutations(levels))
    grouped = all(wins(wins(*levels[:at]), wins(*levels[at:])) is won for at in range(len(levels)))
    outdone = any(level.above(won) for level in levels)
    if ordered and grouped and not outdone and won in (*levels, Level.GREEN):
        return None
    return Flaw(("levels",), f"{won} är inte den högsta av {', '.join(levels) or 'inga nivåer'}")


def overruled(found: Subject, level: Level, true: Formula) -> Flaw | None:
    """A concern of which a rule is certain, and that gets less than the rule's level."""
    reached = found.concern.some([it.true for it in found.reaching(level)])
    witness = found.search.witness(true, found.concern.denied(reached))
    if witness is None:
        return None
    return Flaw(("levels",), f"en regel som ger {level} stämmer utan att gälla", witness)


CHECKS = (
    Check(
        "mer-risk",
        "Ett ja på en fråga om risk ger aldrig lägre nivå än ett nej, och aldrig lägre än okänt"
        " utom när bara försiktigheten gav nivån: den gäller bara så länge inget alls är känt.",
        True,
        _questions,
    ),
    Check(
        "mer-risk-i-uppgifter",
        "En uppgift där mer är mer risk ger aldrig lägre nivå när den ökar.",
        True,
        _facts,
    ),
    Check(
        "högst-vinner", "Den högsta nivån gäller, i vilken ordning reglerna än läses.", True, _order
    ),
)
