"""The theorem that an unknown answer never gives less than some answer to it would.

The proposed level is never below the lowest level that the unanswered still allows, so what has to
be shown is that the interval of rules.engines.explain is right. It rests on two lemmas, each about
one answer, which the number of open questions carries to all of them:

- what is certain of a rule stays certain when one more question is answered;
- when every question is answered, changing one answer from the end that lowers most to the end that
  raises most lowers no level, neither the certain one nor, with facts unknown, the possible one.

Questions that pull both ways have no such ends; so many of them at a time are tried in every
combination, and a file with more of them is told that its interval may be too high, never too low.
"""

from collections.abc import Iterator
from functools import partial

from rules.engines.ends import MOST_TRIED, Ends, ends
from rules.language.fault import Path
from rules.language.syntax import Unanswered, indicators_of, leaves
from rules.level import Level
from rules.proofs.check import Check, Flaw, Obligation
from rules.proofs.logic import Formula
from rules.proofs.subject import ABOVE_GREEN, Claim, Subject


def _lasting(found: Subject) -> Iterator[Obligation]:
    """Of every rule but one that asks whether anything is answered at all: the precaution."""
    for claim in found.claims:
        if not any(isinstance(leaf, Unanswered) for leaf, _ in leaves(claim.rule.when)):
            for question in sorted(indicators_of(claim.rule.when)):
                yield Obligation(claim.path, partial(undone, found, claim, question))


def undone(found: Subject, claim: Claim, question: str) -> Flaw | None:
    """A concern where an answer to the question takes back what was certain of the rule."""
    witness = found.search.witness(found.concern.some(_undone_by(found, claim, question)))
    if witness is None:
        return None
    text = f"ett svar på {question} gör det som var säkert osäkert; intervallet kan bli fel"
    return Flaw((*claim.path, "when"), text, witness)


def _undone_by(found: Subject, claim: Claim, question: str) -> Iterator[Formula]:
    when, concern = claim.rule.when, found.concern.summing()
    unknown = concern.pinned(question, None)
    for answer in (True, False):
        given = concern.pinned(question, answer)
        for holds in (True, False):
            before, after = unknown.holds(when, holds), given.holds(when, holds)
            yield concern.every([before, concern.denied(after)])


def _bounds(found: Subject) -> Iterator[Obligation]:
    known = ends((it.rule for it in found.claims), found.ruleset.indicators)
    for index, question in enumerate(found.ruleset.indicators):
        if question not in known.mixed:
            path: Path = ("indicators", index)
            yield Obligation(path, partial(outside, found, known, question))


def outside(found: Subject, known: Ends, question: str) -> Flaw | None:
    """A concern whose level is not between those that the two ends of the question give."""
    crossed = [
        _crossed(found, known, question, level=level, sure=sure)
        for level in ABOVE_GREEN
        for sure in (True, False)
    ]
    concern = found.concern
    witness = found.search.witness(concern.answered(but=question), concern.some(crossed))
    if witness is None:
        return None
    text = f"intervallet kan bli fel när {question} är obesvarad"
    return Flaw(("rules",), text, witness)


def _crossed(found: Subject, known: Ends, question: str, *, level: Level, sure: bool) -> Formula:
    """The end that should lower most reaches a level that the other end does not."""
    concern = found.concern
    best, worst = (concern.pinned(question, it[question]) for it in (known.best, known.worst))
    reading = [it for it in found.reaching(level) if question in it.reads]
    others = [it for it in found.reaching(level) if question not in it.reads]
    rules = [it.rule.when for it in reading]
    rest = concern.some([it.true if sure else it.possible for it in others])
    return concern.every(
        [
            concern.some([best.may(when, sure=sure) for when in rules]),
            concern.denied(concern.some([worst.may(when, sure=sure) for when in rules])),
            concern.denied(rest),
        ]
    )


def _tried(found: Subject) -> Iterator[Obligation]:
    yield Obligation(("rules",), partial(_too_many, found))


def _too_many(found: Subject) -> Flaw | None:
    mixed = ends((it.rule for it in found.claims), found.ruleset.indicators).mixed
    if len(mixed) <= MOST_TRIED:
        return None
    names = ", ".join(name for name in found.ruleset.indicators if name in mixed)
    text = (
        f"{len(mixed)} frågor kan både höja och sänka ({names}); är fler än {MOST_TRIED} av dem"
        " obesvarade kan intervallet bli vidare än svaren tillåter, så skriv färre villkor med not"
    )
    return Flaw(("rules",), text)


CHECKS = (
    Check(
        "säkert-består",
        "Det som är säkert om en regel är säkert också när fler frågor besvaras.",
        True,
        _lasting,
    ),
    Check(
        "intervallet",
        "Intervallets ändar är den lägsta och den högsta nivå som svaren tillåter.",
        True,
        _bounds,
    ),
    Check(
        "båda-hållen",
        f"Högst {MOST_TRIED} frågor kan både höja och sänka, så intervallet är exakt.",
        False,
        _tried,
    ),
)
