"""Any concern as two versions see it: the same concern, where each knows its own words only."""

from collections.abc import Mapping
from dataclasses import dataclass

import z3  # type: ignore[import-untyped]

from rules.engines.situation import Situation
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary
from rules.proofs.logic import AnyConcern, Formula, Stated, code, places

# Stands after the name of a fact that has another type in the new version: it is another fact.
_RETYPED = "'"


@dataclass(frozen=True, slots=True)
class Both:
    """Every concern that can be told in the words of either version.

    `domain` is what holds of all of them, `shared` that nothing is given which one of the versions
    does not know. What a version does not know, a question, a fact or a value of it, is to that
    version not given.
    """

    concern: AnyConcern
    old: AnyConcern
    new: AnyConcern
    domain: Formula
    shared: Formula

    @classmethod
    def over(cls, old: Vocabulary, new: Vocabulary) -> "Both":
        """Any concern in the words of both, in a new context."""
        questions = dict.fromkeys((*old.indicators, *new.indicators))
        facts = _facts(old.facts, new.facts)
        concern = AnyConcern.within(z3.Context(), questions, facts)
        views = _view(concern, old, retyped={}), _view(concern, new, retyped=_retyped(old, new))
        return cls(
            concern,
            *views,
            domain=concern.every([*_only_one_type(concern), *_known_to_some(concern, *views)]),
            shared=concern.every(_known_to_both(concern, *views)),
        )

    @staticmethod
    def told(found: Situation) -> Situation:
        """The concern as people tell it: a fact has one name, and only what is known is there."""
        known = {name.removesuffix(_RETYPED): value for name, value in _known(found).items()}
        return Situation(found.answers, known)


def understood(told: Situation, words: Vocabulary) -> Situation:
    """What of the concern a version knows: its own questions, and its facts as they may be."""
    answers = {name: yes for name, yes in told.answers.items() if name in words.indicators}
    facts = {name: within(fact, told.facts.get(name)) for name, fact in words.facts.items()}
    return Situation(answers, facts)


def _known(found: Situation) -> Mapping[str, Scalar]:
    return {name: value for name, value in found.facts.items() if value is not None}


def within(fact: Fact, value: Scalar | None) -> Scalar | None:
    """The value if it is known and the fact may have it (a date is its number), else None."""
    if value is None:
        return None
    if allowed := places(fact):
        return value if any(type(value) is type(it) and value == it for it in allowed) else None
    low, high = fact.span
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and low <= int(value) <= high else None


def _retyped(old: Vocabulary, new: Vocabulary) -> dict[str, str]:
    """The facts of the new version that have another type, with what they are called here."""
    return {
        name: name + _RETYPED
        for name, fact in new.facts.items()
        if name in old.facts and old.facts[name].type is not fact.type
    }


def _facts(old: Mapping[str, Fact], new: Mapping[str, Fact]) -> dict[str, Fact]:
    found = dict(old)
    for name, fact in new.items():
        before = old.get(name)
        if before is None:
            found[name] = fact
        elif before.type is fact.type:
            found[name] = _widest(before, fact)
        else:
            found[name + _RETYPED] = fact.model_copy(update={"id": name + _RETYPED})
    return found


def _widest(old: Fact, new: Fact) -> Fact:
    """The fact with every value that either version allows, those of the old first."""
    match old.type:
        case FactType.NUMBER:
            spans = old.span, new.span
            ends = {"min": min(low for low, _ in spans), "max": max(high for _, high in spans)}
            return old.model_copy(update=ends)
        case FactType.DATE:
            earliest = [it.earliest for it in (old, new) if it.earliest]
            latest = [it.latest for it in (old, new) if it.latest]
            return old.model_copy(update={"earliest": min(earliest), "latest": max(latest)})
        case FactType.WORD:
            return old.model_copy(update={"values": tuple(dict.fromkeys(old.values + new.values))})
        case _:
            return old


def _view(concern: AnyConcern, words: Vocabulary, *, retyped: Mapping[str, str]) -> AnyConcern:
    answers = {name: concern.answers[name] for name in words.indicators}
    facts = {
        name: _seen(concern, concern.facts[retyped.get(name, name)], fact)
        for name, fact in words.facts.items()
    }
    return AnyConcern(concern.context, answers, facts)


def _seen(concern: AnyConcern, stated: Stated, fact: Fact) -> Stated:
    """The fact as a version sees it: a value that it does not have there is unknown."""
    if allowed := places(fact):
        if len(allowed) == len(places(stated.fact)):
            return stated
        inside = concern.some([stated.value == code(stated.fact, it) for it in allowed])
    elif fact.span == stated.fact.span:
        return stated
    else:
        low, high = fact.span
        inside = z3.And(low <= stated.value, stated.value <= high)
    return Stated(stated.fact, z3.And(stated.known, inside), stated.value)


def _only_one_type(concern: AnyConcern) -> list[Formula]:
    """A fact with two types has a value of one of them at most."""
    return [
        z3.Not(z3.And(stated.known, concern.facts[name.removesuffix(_RETYPED)].known))
        for name, stated in concern.facts.items()
        if name.endswith(_RETYPED)
    ]


def _known_to_some(concern: AnyConcern, old: AnyConcern, new: AnyConcern) -> list[Formula]:
    """No fact has a value between what one version allows and what the other does."""
    return [
        z3.Implies(concern.facts[name].known, z3.Or(stated.known, new.facts[name].known))
        for name, stated in old.facts.items()
        if name in new.facts and name + _RETYPED not in concern.facts
    ]


def _known_to_both(concern: AnyConcern, old: AnyConcern, new: AnyConcern) -> list[Formula]:
    questions = [
        z3.Not(z3.Or(it.yes, it.no))
        for name, it in concern.answers.items()
        if name not in old.answers or name not in new.answers
    ]
    return questions + [
        z3.Implies(stated.known, concern.every([view.facts[name].known for view in (old, new)]))
        if name in old.facts and name in new.facts and name + _RETYPED not in concern.facts
        else z3.Not(stated.known)
        for name, stated in concern.facts.items()
    ]
