"""What a changed field bears on: it may lower, is only stricter, is weighed elsewhere, or is words.

Whoever approves a version must tick every change that may lower. So the doubtful is counted there:
of the policy only the changes that are named here as stricter are not, and no text in it is taken
for mere words, since a title or a law may be what somebody acts on. Stricter is to promise more to
the child: a shorter time, an earlier warning or one more, a clock or a protection that was not
there, the hub also for this level, more answers that count as violence. Times of different kinds
(hours against days, days against months) are never compared: which is longer depends on the day.
"""

from collections.abc import Sequence
from datetime import date

from rules.level import Level
from rules.proofs.change import Bearing
from rules.span import Span, Unit

_LEVELS = frozenset(level.value for level in Level)
_ELAPSED = (Unit.MINUTES, Unit.HOURS)
_CALENDAR = (Unit.DAYS, Unit.WEEKS)

# Of the language: what is compared with z3, and what only people read. All else may lower.
_CLASSIFIES = {
    "parameters": {"value"},
    "groups": {"questions"},
    "indicators": {"area"},
    "facts": set[str](),
}
_WORDS = {
    "name": {"name"},
    "sources": {"text"},
    "areas": {"text"},
    "parameters": {"because", "source"},
    "indicators": {"from"},
    "facts": {"name", "words", "unit", "note"},
}
# Entries that are weighed by the levels when they come, and those that are so when they go.
_NEW_IS_WEIGHED = {"indicators", "facts", "groups", "parameters"}
_GONE_IS_WEIGHED = {"groups", "parameters"}
_TEXTS = {"sources", "areas"}
_NEW_IS_STRICTER = {"clocks", "never_inputs"}


def of_added(section: str) -> Bearing:
    """What it bears on that an entry is new."""
    if section in _TEXTS:
        return Bearing.WORDS
    if section in _NEW_IS_WEIGHED:
        return Bearing.CLASSIFIES
    return Bearing.STRICTER if section in _NEW_IS_STRICTER else Bearing.LOWERS


def of_removed(section: str) -> Bearing:
    """What it bears on that an entry is gone; without a question nobody can answer it."""
    if section in _TEXTS:
        return Bearing.WORDS
    return Bearing.CLASSIFIES if section in _GONE_IS_WEIGHED else Bearing.LOWERS


def of_changed(section: str, field: str, *, before: object, after: object) -> Bearing:
    """What it bears on that a field has another value."""
    if field in _WORDS.get(section, ()):
        return Bearing.WORDS
    if field in _CLASSIFIES.get(section, ()):
        return Bearing.CLASSIFIES
    if section == "facts":
        return _of_fact(field, before, after)
    return Bearing.STRICTER if _is_stricter((section, field), before, after) else Bearing.LOWERS


def _of_fact(field: str, before: object, after: object) -> Bearing:
    """A fact may take more values without loss; what it counts is seen by no comparison."""
    match field, before, after:
        case "more_is_risk", False, True:
            return Bearing.WORDS
        case "values", tuple(), tuple() if set(before) <= set(after):
            return Bearing.CLASSIFIES
        case "min" | "max", int(), int() if (after < before) is (field == "min"):
            return Bearing.CLASSIFIES
        case "earliest" | "latest", date(), date() if (after < before) is (field == "earliest"):
            return Bearing.CLASSIFIES
        case _:
            return Bearing.LOWERS


def _is_stricter(place: tuple[str, str], before: object, after: object) -> bool:
    match place, before, after:
        case ("levels", "handle_within"), Span(), Span():
            return is_shorter(before, after)
        case ("levels", "hub"), False, True:
            return True
        case ("clocks", field), Span(), Span() if field in _LEVELS:
            return is_shorter(before, after)
        case ("clocks", "warn"), tuple(), tuple():
            return is_warned_sooner(before, after)
        case ("violence", "indicators"), tuple(), tuple():
            return set(before) < set(after)
        case _:
            return False


def is_shorter(before: Span, after: Span) -> bool:
    """True when the time is shorter whatever day it begins; only for times of the same kind."""
    units = {before.unit, after.unit}
    if units == {Unit.MONTHS}:
        return after.count < before.count
    if units <= set(_ELAPSED) or units <= set(_CALENDAR):
        return after.elapsed < before.elapsed
    return False


def is_warned_sooner(before: Sequence[Span], after: Sequence[Span]) -> bool:
    """True when no warning is lost or comes later, and one comes sooner or is new."""
    if any(it.unit not in (*_ELAPSED, *_CALENDAR) for it in (*before, *after)):
        return False
    was, now = (sorted((it.elapsed for it in spans), reverse=True) for spans in (before, after))
    kept = all(later >= sooner for sooner, later in zip(was, now, strict=False))
    return kept and len(now) >= len(was) and now != was
