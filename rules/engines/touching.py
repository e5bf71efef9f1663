"""Which conditions what is known can bear upon; all others say what they say of nothing."""

from collections.abc import Iterable

from rules.engines.situation import Situation
from rules.language.syntax import Bound, Condition, OneOf, indicators_of, leaves

NOTHING_KNOWN = Situation({}, {})


class Touching:
    """An index of conditions by the questions that they read."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._by_question: dict[str, set[int]] = {}
        self._always: set[int] = set()
        for number, condition in enumerate(conditions):
            if any(isinstance(leaf, Bound | OneOf) for leaf, _ in leaves(condition)):
                self._always.add(number)
            for name in indicators_of(condition):
                self._by_question.setdefault(name, set()).add(number)

    def numbers(self, situation: Situation) -> set[int]:
        """The places, in the order given, of conditions that read a fact or what is answered."""
        found = (self._by_question.get(name, ()) for name in situation.answers)
        return self._always.union(*found)
