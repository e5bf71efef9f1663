"""One wording of a rule: when it holds, which level it gives, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.classification import Finding
from rules.language.fault import Path
from rules.language.period import Period
from rules.language.syntax import Condition
from rules.level import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the board, with the examples that prove it and its place in the file.

    A rule whose text or numbers change on a day has a wording for each time, with the same id.
    `limits` has a name for each leaf of the condition in order: the parameter it takes its number
    from, or "".
    """

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
    path: Path = ()
    limits: tuple[str, ...] = ()

    @property
    def period(self) -> Period:
        """The days on which the rule reads like this."""
        return Period(self.valid_from, self.valid_until)

    @property
    def finding(self) -> Finding:
        """What a person reads when the rule holds."""
        return Finding(self.id, self.level, self.because, self.law, self.source)
