"""The words of two versions of the rules together: what a past concern may be told in."""

from dataclasses import replace
from datetime import date

from rules.errors import Invalid
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import Vocabulary


def common_words(old: Vocabulary, new: Vocabulary) -> Vocabulary:
    """Every question, fact and value that either version knows.

    A name is forbidden only where both forbid it or neither uses it. Raises Invalid when a fact is
    of one kind in the one and of another kind in the other.
    """
    facts = dict(old.facts)
    wrong: dict[str, str] = {}
    for name, fact in new.facts.items():
        earlier = facts.get(name, fact)
        if earlier.type is not fact.type:
            wrong[name] = f"Uppgiften {name} är av olika slag i de två versionerna."
        facts[name] = _widest(earlier, fact)
    if wrong:
        raise Invalid(wrong)
    indicators = {**old.indicators, **new.indicators}
    used = indicators.keys() | facts.keys()
    never = dict.fromkeys((*old.never_inputs, *new.never_inputs))
    return replace(
        new,
        indicators=indicators,
        facts=facts,
        never_inputs=tuple(name for name in never if name not in used),
    )


def _widest(one: Fact, other: Fact) -> Fact:
    """The fact with every value that either knows."""
    if one.type is FactType.WORD:
        return other.model_copy(update={"values": tuple(dict.fromkeys(one.values + other.values))})
    low, high = zip(one.span, other.span, strict=True)
    if one.type is FactType.NUMBER:
        return other.model_copy(update={"min": min(low), "max": max(high)})
    if one.type is FactType.DATE:
        first, last = date.fromordinal(min(low)), date.fromordinal(max(high))
        return other.model_copy(update={"earliest": first, "latest": last})
    return other
