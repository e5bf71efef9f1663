"""What in a concern makes a rule hold: the fewest answers and facts that alone make it certain."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.engines.changes import state_of
from rules.engines.demand import Demand, Either, State, clauses, demand
from rules.engines.fewest import Chosen, Option, fewest
from rules.engines.normal import Clause, TooWide
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Bound, OneOf, Scalar, Unanswered


@dataclass(frozen=True, slots=True)
class Support:
    """The names of the answers and facts that make a rule hold.

    `unknown` are facts whose being unknown counts, and `empty` questions of which none is answered.
    """

    answers: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def support(rule: Rule, situation: Situation, ruleset: RuleSet) -> Support | None:
    """The least that makes the rule hold, first in file order; None when it does not hold.

    A fact that is known is part of it wherever the rule reads it, also where unknown would do.
    """
    state = state_of(situation)
    options = _given(state, (*ruleset.indicators, *ruleset.words.facts))
    try:
        found = [_of(it, options) for it in clauses(rule.when) if _holds(it, state)]
    except TooWide:
        return None
    if not found:
        return None
    _, chosen, least = min(found, key=lambda it: it[0])
    names = [option.name for option in options if option in chosen]
    return replace(
        least,
        answers=tuple(name for name in names if name in ruleset.indicators),
        facts=tuple(name for name in names if name in ruleset.words.facts),
    )


def _given(state: State, order: Iterable[str]) -> tuple[Option, ...]:
    """All that is known, weighed so that fewest come first and then the first in the file."""
    known = [name for name in order if state.get(name) is not None]
    one = 1 << len(known)
    return tuple(
        Option(name, state[name], one - (1 << (len(known) - 1 - place)))
        for place, name in enumerate(known)
    )


def _holds(clause: Clause, state: State) -> bool:
    return all(demand(literal).missing(state) == 0 for literal in clause)


def _of(clause: Clause, options: tuple[Option, ...]) -> tuple[tuple[int, int], Chosen, Support]:
    """How much an alternative that holds rests on, the known part of it, and the unknown."""
    known = frozenset(option.name for option in options)
    goal: list[Either] = []
    unknown: list[str] = []
    empty: tuple[str, ...] = ()
    for literal in clause:
        match literal.leaf:
            case Unanswered(names) if literal.holds:
                empty = names
            case Bound(fact) | OneOf(fact) if fact not in known:
                unknown.append(fact)
            case Bound(fact) | OneOf(fact):
                goal.append((Demand((fact,), 1, _is_known),))
            case _:
                goal.append((demand(literal),))
    limit = 1 + sum(option.weight for option in options)
    chosen = fewest(goal, {}, options, below=limit) or ()
    size = len(chosen) + len(unknown) + bool(empty)
    weight = sum(option.weight for option in chosen)
    rest = Support(unknown=tuple(dict.fromkeys(unknown)), empty=empty)
    return (size, weight), chosen, rest


def _is_known(value: Scalar | None) -> bool:
    return value is not None
