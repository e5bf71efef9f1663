"""What must hold of each rule: that it can fire, that it need not, and that it ever decides."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from rules.level import Level
from rules.proofs.check import Check, Flaw, Obligation
from rules.proofs.subject import Claim, Subject

Refute = Callable[[Subject, Claim], Flaw | None]


def _never_true(_: Subject, claim: Claim) -> Flaw | None:
    if claim.example is not None:
        return None
    text = "villkoret kan aldrig bli sant; ändra det eller ta bort regeln"
    return Flaw((*claim.path, "when"), text)


def _always_true(found: Subject, claim: Claim) -> Flaw | None:
    if found.search.possible(found.concern.denied(claim.true)):
        return None
    text = "villkoret är sant om varje anmälan; skriv vad regeln ska känna igen"
    return _flaw(text, claim, found)


def _repeated(found: Subject, claim: Claim) -> Flaw | None:
    earlier = found.claims[: found.claims.index(claim)]
    for other in _equals(found, claim, earlier):
        if other.rule.level is claim.rule.level:
            text = f'villkoret säger det samma som "{other.rule.id}"; ta bort den ena regeln'
            return _flaw(text, claim, found)
    return None


def _contradicted(found: Subject, claim: Claim) -> Flaw | None:
    for other in _equals(found, claim, found.claims):
        if other.rule.level.above(claim.rule.level):
            text = (
                f'villkoret säger det samma som "{other.rule.id}", som ger {other.rule.level},'
                f" så {claim.rule.level} gäller aldrig; välj en nivå och ta bort den andra regeln"
            )
            return _flaw(text, claim, found)
    return None


def _outdone(found: Subject, claim: Claim) -> Flaw | None:
    """A green rule informs and does not decide; what has a fault already is told of as such."""
    if claim.rule.level is Level.GREEN or claim.example is None:
        return None
    if _contradicted(found, claim) or _repeated(found, claim):
        return None
    others = [it for it in found.reaching(claim.rule.level, but=claim) if it.example]
    same = _equals(found, claim, others)
    rivals = [it for it in others if it not in same]
    if not found.follows(claim, rivals):
        return None
    alone = [it for it in rivals if found.follows(claim, [it])]
    which = _any_of(alone) if alone else f"alltid någon av {_any_of(_needed(found, claim, rivals))}"
    text = (
        f"när regeln stämmer gör {which} det också, och ger minst {claim.rule.level};"
        " den avgör aldrig något, så ändra villkoret eller ta bort den om skälet inte behövs"
    )
    return _flaw(text, claim, found)


def _equals(found: Subject, claim: Claim, others: Sequence[Claim]) -> list[Claim]:
    """The others that are true of just the same concerns; a rule that never is has none."""
    if claim.example is None:
        return []
    return [
        it
        for it in others
        if it is not claim and found.follows(claim, [it]) and found.follows(it, [claim])
    ]


def _needed(found: Subject, claim: Claim, rivals: Sequence[Claim]) -> Sequence[Claim]:
    """As few of the rivals as together are enough; the first of the file are kept."""
    kept = list(rivals)
    for rival in reversed(rivals):
        fewer = [it for it in kept if it is not rival]
        kept = fewer if found.follows(claim, fewer) else kept
    return kept


def _any_of(claims: Sequence[Claim]) -> str:
    return " och ".join(f'"{it.rule.id}"' for it in claims)


def _flaw(text: str, claim: Claim, found: Subject) -> Flaw:
    return Flaw(claim.path, text, found.search.witness(claim.true))


def _of_each_rule(refute: Refute) -> Callable[[Subject], Iterator[Obligation]]:
    def obligations(found: Subject) -> Iterator[Obligation]:
        for claim in found.claims:
            yield Obligation(claim.path, partial(refute, found, claim))

    return obligations


CHECKS = (
    Check("kan-slå-till", "Varje regel kan slå till.", True, _of_each_rule(_never_true)),
    Check(
        "kan-vara-tyst",
        "Ingen regel slår till för varje anmälan.",
        True,
        _of_each_rule(_always_true),
    ),
    Check(
        "säger-inte-om",
        "Ingen regel säger om en annan på samma nivå.",
        True,
        _of_each_rule(_repeated),
    ),
    Check(
        "motsägs-inte", "Inget villkor ger två olika nivåer.", True, _of_each_rule(_contradicted)
    ),
    Check(
        "avgör",
        "Varje regel över grön avgör nivån för någon anmälan.",
        False,
        _of_each_rule(_outdone),
    ),
)
