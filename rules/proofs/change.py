"""What may be otherwise in another version of the rules, in shapes that pages and scripts show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.language.period import Period
from rules.language.syntax import Scalar
from rules.level import Level


class Verdict(StrEnum):
    """How the levels of the new version lie to those of the old, over every concern there can be.

    STRICTER is never lower and somewhere higher, LAXER the reverse, INCOMPARABLE both somewhere
    higher and somewhere lower. UNDECIDED is when it could not be proved; it is never EQUAL.
    """

    EQUAL = "lika"
    STRICTER = "strängare"
    LAXER = "mildare"
    INCOMPARABLE = "ojämförbar"
    UNDECIDED = "kunde inte avgöras"


class Extent(StrEnum):
    """How the concerns of which a rule is true lie to those of which it was true before."""

    EQUAL = "samma"
    WIDER = "vidare"
    NARROWER = "snävare"
    INCOMPARABLE = "både vidare och snävare"
    UNDECIDED = "kunde inte avgöras"


class Bearing(StrEnum):
    """What a changed field bears on; what is not clearly stricter counts as LOWERS.

    CLASSIFIES is weighed by the levels, WORDS is only what people read.
    """

    WORDS = "bara ord"
    CLASSIFIES = "ingår i jämförelsen av nivåer"
    STRICTER = "bara strängare"
    LOWERS = "kan sänka"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The plainest concern that shows a change, and which rules decide its level in each version.

    `answers` are ja (True) and nej (False) that count; `facts` has the known ones only, a date as
    date. A version treats a name in `unknown_to_old` or `unknown_to_new` as not given. `day` is a
    day of `period`, and None when nothing is dated. `sentences` say the concern in Swedish.
    """

    period: Period
    day: date | None
    answers: Mapping[str, bool]
    facts: Mapping[str, Scalar | date]
    before: Level
    after: Level
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    unknown_to_old: tuple[str, ...] = ()
    unknown_to_new: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """Some concern goes from one level to another; a witness for each period where one does."""

    key: str
    before: Level
    after: Level
    witnesses: tuple[Witness, ...]

    @property
    def raises(self) -> bool:
        """True when the new level is the higher one."""
        return self.after.above(self.before)


class RuleEdit(StrEnum):
    """What happened to a rule."""

    ADDED = "tillagd"
    REMOVED = "borttagen"
    CHANGED = "ändrad"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field with another value; `path` leads to it, values are as a person reads them.

    `before` is None for what is new, `after` for what is gone. `key` names the kind of change.
    """

    key: str
    path: str
    before: str | None
    after: str | None
    bearing: Bearing
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule in the periods where it differs in the same way.

    `extent` and the levels are None unless the rule is in both versions. `wider` is a concern of
    which it is true now only, `narrower` one of which it was true before only.
    """

    rule: str
    edit: RuleEdit
    periods: tuple[Period, ...]
    before: Level | None
    after: Level | None
    extent: Extent | None = None
    wider: Witness | None = None
    narrower: Witness | None = None
    words: tuple[FieldChange, ...] = ()
    sentence: str = ""

    @property
    def only_words(self) -> bool:
        """True when the rule is true of the same concerns as before, and gives the same level."""
        return self.extent is Extent.EQUAL and self.before is self.after


@dataclass(frozen=True, slots=True)
class Lowering:
    """One kind of change that the approver must tick; `key` is the same every time."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that is otherwise in the new version; every tuple in a fixed order."""

    old_version: str
    new_version: str
    verdict: Verdict
    levels: tuple[LevelChange, ...]
    rules: tuple[RuleChange, ...]
    fields: tuple[FieldChange, ...]
    lowering: tuple[Lowering, ...]
    undecided: tuple[Period, ...] = ()

    @property
    def lowers(self) -> frozenset[str]:
        """The keys of all that must be ticked."""
        return frozenset(it.key for it in self.lowering)

    @property
    def alike(self) -> bool:
        """True when no concern and no case is treated otherwise; words may still differ."""
        weighed = (Bearing.WORDS, Bearing.CLASSIFIES)
        return self.verdict is Verdict.EQUAL and all(it.bearing in weighed for it in self.fields)
