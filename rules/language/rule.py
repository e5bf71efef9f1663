"""One rule, compiled: when it holds, which level it gives, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.classification import Finding
from rules.language.syntax import Condition
from rules.level import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the board, with the examples that prove it."""

    id: str
    level: Level
    when: Condition
    because: str
    law: str | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    fires: tuple[Mapping[str, object], ...] = ()
    silent: tuple[Mapping[str, object], ...] = ()

    @property
    def always(self) -> bool:
        """True when the rule has no dates."""
        return self.valid_from is None and self.valid_until is None

    def applies(self, on: date | None) -> bool:
        """True when the rule is in force that day; a concern without a day meets every rule."""
        if on is None:
            return True
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)

    @property
    def finding(self) -> Finding:
        """What a person reads when the rule holds."""
        return Finding(self.id, self.level, self.because, self.law, self.source)
