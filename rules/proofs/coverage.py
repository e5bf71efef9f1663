"""What must hold of the whole: every level can be given, every question and value matters."""

from collections.abc import Iterator
from functools import partial

from rules.engines.situation import Situation
from rules.language.fault import Path
from rules.language.shape import Fact, FactType, Indicator, Kind
from rules.language.syntax import OneOf, Unanswered, leaves
from rules.level import Level
from rules.proofs.check import Check, Flaw, Obligation
from rules.proofs.subject import ABOVE_GREEN, Claim, Subject


def _levels(found: Subject) -> Iterator[Obligation]:
    for level in Level:
        yield Obligation(("levels", level.value), partial(_never_given, found, level))


def _never_given(found: Subject, level: Level) -> Flaw | None:
    concern = found.concern
    higher = concern.some([it.true for it in found.claims if it.rule.level.above(level)])
    wanted = concern.some([it.true for it in found.reaching(level)])
    if level is Level.GREEN:
        wanted = concern.answered()
    if found.search.possible(wanted, concern.denied(higher)):
        return None
    text = f"ingen anmälan kan få {level} som högsta nivå; se över reglerna"
    return Flaw(("levels", level.value), text)


def _questions(found: Subject) -> Iterator[Obligation]:
    for index, indicator in enumerate(found.ruleset.indicators.values()):
        path: Path = ("indicators", index)
        if indicator.kind is not Kind.PROTECTION:
            yield Obligation(path, partial(_idle, found, indicator, path))


def _idle(found: Subject, indicator: Indicator, path: Path) -> Flaw | None:
    """The precaution reads every question of risk, and says nothing of any of them.

    What happened may do no more than inform, in a green rule; a risk must be able to raise.
    """
    reading = [it for it in _rules(found) if indicator.id in it.reads]
    if not reading:
        text = "ingen regel läser frågan; skriv en regel om den eller ta bort den"
        return Flaw(path, text, Situation({indicator.id: True}, {}))
    informs = any(it.rule.level is Level.GREEN for it in reading)
    if informs and indicator.kind is Kind.EVENT:
        return None
    if any(_moves(found, indicator.id, level) for level in ABOVE_GREEN):
        return None
    text = "inget svar på frågan kan ändra nivån; se över reglerna som läser den"
    return Flaw(path, text, found.search.witness(reading[0].true))


def _moves(found: Subject, question: str, level: Level) -> bool:
    """True when of some concern this answer alone decides whether the level is reached."""
    rest, reading = found.apart(question, level)
    concern = found.concern
    given = [
        concern.pinned(question, answer).some_true(it.rule.when for it in reading)
        for answer in (True, False, None)
    ]
    differ = concern.some([given[0] != given[1], given[0] != given[2]])
    return bool(reading) and found.search.possible(concern.denied(rest), differ)


def _unknown(found: Subject) -> Iterator[Obligation]:
    yield Obligation(("precaution",), partial(_unguarded, found))


def _unguarded(found: Subject) -> Flaw | None:
    risks = [name for name, it in found.ruleset.indicators.items() if it.kind is Kind.RISK]
    nothing = found.concern.true(Unanswered(tuple(risks)))
    raised = found.concern.some([it.true for it in found.reaching(Level.ORANGE)])
    witness = found.search.witness(nothing, found.concern.denied(raised))
    if witness is None:
        return None
    text = (
        "utan ett enda svar om risk kan nivån bli grön;"
        " skriv precaution så att den gäller varje anmälan där inget är känt"
    )
    return Flaw(("precaution",), text, witness)


def _values(found: Subject) -> Iterator[Obligation]:
    for index, fact in enumerate(found.ruleset.words.facts.values()):
        if fact.type is FactType.WORD:
            path: Path = ("facts", index, "values")
            yield Obligation(path, partial(_unmentioned, found, fact, path))


def _unmentioned(found: Subject, fact: Fact, path: Path) -> Flaw | None:
    named = {value for claim in _rules(found) for value in _named(claim, fact)}
    missing = [value for value in fact.values if value not in named]
    if not named or not missing:
        return None
    text = (
        f"regler läser uppgiften men ingen nämner {', '.join(missing)}; se efter att inget är glömt"
    )
    return Flaw(path, text, Situation({}, {fact.id: missing[0]}))


def _rules(found: Subject) -> list[Claim]:
    """All but the precaution."""
    return [it for it in found.claims if it.rule is not found.ruleset.precaution]


def _named(claim: Claim, fact: Fact) -> Iterator[object]:
    for leaf, _ in leaves(claim.rule.when):
        if isinstance(leaf, OneOf) and leaf.fact == fact.id:
            yield from leaf.values


CHECKS = (
    Check("nivåer", "Varje nivå kan bli den högsta.", False, _levels),
    Check("frågor", "Varje fråga om risk eller händelse betyder något.", False, _questions),
    Check("inget-känt", "Den som inget vet får aldrig grön.", False, _unknown),
    Check("värden", "Inget värde i en uppräkning är bortglömt.", False, _values),
)
