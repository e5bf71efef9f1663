"""The engines of one version of the rules: one for each time between the days it changes on."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from threading import Lock

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.engine import Engine
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar


class Editions:
    """Classifies by the rules of a day; an engine is made when its time is first asked for."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._days = ruleset.days
        self._lock = Lock()
        self._engines: dict[int, Engine] = {}
        self._retired = False

    def classify(
        self, facts: Mapping[str, Scalar | None], answers: Mapping[str, Answer], *, on: date
    ) -> Classification:
        """What both engines say by the rules of the day `on`; raises Invalid as Engine does."""
        return self.of_day(on).classify(facts, answers)

    def of_day(self, day: date) -> Engine:
        """The engine of the day; a retired version's engines answer with a fault."""
        number = bisect_right(self._days, day)
        with self._lock:
            if number not in self._engines:
                engine = self._engines[number] = Engine(self.ruleset.on(day))
                if self._retired:
                    engine.retire()
            return self._engines[number]

    def retire(self) -> None:
        """Give the compiled rules back when another version has taken over."""
        with self._lock:
            self._retired = True
            for engine in self._engines.values():
                engine.retire()
