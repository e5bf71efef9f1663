"""What each of the two engines says; a fault is a vote of its own, never an empty one."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rules.engines.durable import EngineFault
from rules.engines.situation import Situation

Started = TypeVar("Started")


class Matcher(Protocol):
    """Tells which rules hold in a situation."""

    def fire(self, situation: Situation, /) -> frozenset[str]:
        """The ids of the rules that hold."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands where an engine should, and says why it is not there."""

    reason: str = "Regelmotorn startade inte."

    def fire(self, _situation: Situation, /) -> frozenset[str]:
        raise EngineFault(self.reason)


@dataclass(frozen=True, slots=True)
class Vote:
    """The rules that an engine says hold, or why it says nothing."""

    fired: frozenset[str] = frozenset()
    fault: str | None = None


def started(make: Callable[[], Started]) -> Started | None:
    """What was made; None when it could not be, so that the other engine answers alone."""
    try:
        return make()
    except Exception:  # noqa: BLE001  any fault at all must give the higher level
        return None


def vote(matcher: Matcher, situation: Situation, known: AbstractSet[str]) -> Vote:
    """What the engine says; a rule that is not among those `known` is a fault."""
    try:
        fired = frozenset(matcher.fire(situation))
    except EngineFault as fault:
        return Vote(fault=str(fault))
    except Exception as error:  # noqa: BLE001  any fault at all must give the higher level
        return Vote(fault=unexpected(error))
    if not fired <= known:
        return Vote(fired & known, fault="Den svarade med en regel som inte finns.")
    return Vote(fired)


def unexpected(error: Exception) -> str:
    """The kind of an error; its text may hold what is known of a child."""
    return f"Oväntat fel ({type(error).__name__})."


def incident_of(live: Vote, oracle: Vote, outlook: str | None, *, raised: bool) -> str | None:
    """What a person is told when something failed or differed; None when all is well."""
    told = (_of_votes(live, oracle), _of_outlook(outlook, raised=raised))
    return " ".join(it for it in told if it) or None


def _of_votes(live: Vote, oracle: Vote) -> str | None:
    if live.fault and oracle.fault:
        return f"Ingen av regelmotorerna svarade. Nivån sattes till röd. {live.fault}"
    if fault := live.fault or oracle.fault:
        return f"En av de två regelmotorerna svarade inte. Nivån höjdes ett steg. {fault}"
    if live.fired != oracle.fired:
        different = ", ".join(sorted(live.fired ^ oracle.fired))
        return f"De två regelmotorerna är oense om: {different}. Den högre nivån gäller."
    return None


def _of_outlook(fault: str | None, *, raised: bool) -> str | None:
    """What the unanswered questions allow could not be told."""
    if fault is None:
        return None
    if raised:
        return (
            "Det gick inte att räkna ut vad de frågor som saknar svar kan göra med nivån."
            f" Nivån höjdes ett steg, och den kan vara högre än så. {fault}"
        )
    return f"Det gick inte att räkna ut vilka frågor som bör ställas härnäst. {fault}"
