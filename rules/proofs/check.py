"""A thing to show about rules, and what is told when it does not hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.engines.situation import Situation
from rules.language.fault import Path
from rules.proofs.subject import Subject


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where something did not hold, what to do about it, and a concern that shows it."""

    path: Path
    message: str
    witness: Situation | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing to show: `refute` answers with a flaw when it does not hold, else None."""

    path: Path
    refute: Callable[[], Flaw | None]


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of thing to show about the rules; `grave` when a flaw makes the file unsound."""

    name: str
    claim: str
    grave: bool
    obligations: Callable[[Subject], Iterable[Obligation]]
