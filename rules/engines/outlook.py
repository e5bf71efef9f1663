"""What the unanswered questions allow, or that this could not be told; the level is never lost."""

from collections.abc import Callable
from typing import TypeVar

from rules.classification import Question
from rules.engines.explain import Explainer, View
from rules.engines.situation import Situation
from rules.engines.votes import unexpected
from rules.level import Level

Told = TypeVar("Told")


class Outlook:
    """The interval of a situation and its next questions; `blind` when there is no interval.

    Then `low` says nothing and `high` is röd: what cannot be ruled out may be so.
    """

    def __init__(self, explainer: Explainer | None, situation: Situation) -> None:
        self.fault: str | None = None
        self._view = self._tried(lambda: explainer.view(situation)) if explainer else None
        ends = self._tried(self._view.possible) if self._view else None
        self.blind = ends is None
        self.low, self.high = ends or (Level.GREEN, Level.RED)
        if explainer is None:
            self.fault = "Förklararen startade inte."

    def ask_next(self, level: Level) -> tuple[Question, ...]:
        """The questions whose answer could raise the level; none when that cannot be told."""
        view: View | None = self._view
        if view is None:
            return ()
        return self._tried(lambda: view.ask_next(level)) or ()

    def _tried(self, tell: Callable[[], Told]) -> Told | None:
        """What is told; None, and `fault` says why, when nothing could be."""
        try:
            return tell()
        except Exception as error:  # noqa: BLE001  whatever fails here, the level stands
            self.fault = unexpected(error)
            return None
