"""What was proved of a rules file, as a paper that anyone can make again and compare."""

import json
from dataclasses import asdict, dataclass

import z3  # type: ignore[import-untyped]

from rules.language.ruleset import RulesFile, content_hash
from rules.proofs.proof import Outcome, Proof

PROVED, REFUTED, UNDECIDED = "bevisat", "motbevisat", "inte avgjort"


@dataclass(frozen=True, slots=True)
class Line:
    """One check: how many things it came to, and the sentences about those that did not hold."""

    name: str
    claim: str
    obligations: int
    result: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """The same for the same file and the same z3, whenever and wherever it is made."""

    rules_version: str
    sha256: str
    z3: str
    sound: bool
    periods: tuple[str, ...]
    checks: tuple[Line, ...]

    def text(self) -> str:
        """JSON in one form, with a line end."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def certificate(file: RulesFile, proof: Proof, *, sound: bool) -> Certificate:
    """The certificate of a file; `sound` also says that its examples hold in both engines."""
    return Certificate(
        rules_version=file.version,
        sha256=content_hash(file.tree),
        z3=z3.get_version_string(),
        sound=sound,
        periods=tuple(str(period) for period in proof.periods),
        checks=tuple(_line(outcome, file) for outcome in proof.outcomes),
    )


def _line(outcome: Outcome, file: RulesFile) -> Line:
    found = file.placed((*outcome.flaws, *outcome.unproved))
    return Line(
        name=outcome.check.name,
        claim=outcome.check.claim,
        obligations=outcome.obligations,
        result=_result(outcome),
        found=tuple(f"{fault.place}: {fault.message}" for fault in found),
    )


def _result(outcome: Outcome) -> str:
    if outcome.flaws:
        return REFUTED
    return UNDECIDED if outcome.unproved else PROVED
