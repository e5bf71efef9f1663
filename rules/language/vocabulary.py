"""The words that a rules file defines, and what may be said with each of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from rules.answer import Value
from rules.language.shape import Fact, FactType, Indicator
from rules.language.syntax import Scalar
from rules.language.wording import listed, quoted, suggestion

UNKNOWN = Value.UNKNOWN.value
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Questions, facts and the rest, by name; the only words that conditions and input may use.

    The parameters are the numbers of one day, or the newest.
    """

    indicators: Mapping[str, Indicator]
    facts: Mapping[str, Fact]
    areas: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, int]
    never_inputs: tuple[str, ...]

    def unknown_indicator(self, name: object) -> str | None:
        """Why `name` is no question; None when it is one."""
        if isinstance(name, str) and name in self.indicators:
            return None
        if name in self.never_inputs:
            return forbidden(name)
        if isinstance(name, str) and name in self.facts:
            return f'"{name}" är en uppgift och inte en fråga; skriv {{fact: {name}, …}}'
        if not isinstance(name, str):
            return f"skriv namnet på en fråga, inte {quoted(name)}"
        return f"frågan {quoted(name)} finns inte i instrumentet{_hint(name, self.indicators)}"

    def unknown_fact(self, name: object) -> str | None:
        """Why `name` is no fact; None when it is one."""
        if isinstance(name, str) and name in self.facts:
            return None
        if name in self.never_inputs:
            return forbidden(name)
        if not isinstance(name, str):
            return f"skriv namnet på en uppgift, inte {quoted(name)}"
        return f"uppgiften {quoted(name)} finns inte{_hint(name, self.facts)}"


def forbidden(name: object) -> str:
    """A protected ground is refused by its name."""
    return f"{quoted(name)} får aldrig användas i klassningen (never_inputs)"


def _hint(name: object, known: Iterable[str]) -> str:
    return suggestion(str(name), known)


def wrong_fact(fact: Fact, value: object) -> str | None:
    """Why `value` is not a value of the fact; None when it is one. None is always: unknown."""
    if value is None or value == UNKNOWN:
        return None
    match fact.type:
        case FactType.NUMBER:
            low, high = fact.span
            right = isinstance(value, int) and not isinstance(value, bool)
            if right and low <= int(str(value)) <= high:
                return None
            return f"{quoted(value)} är fel; ska vara ett heltal {low}–{high}, eller null"
        case FactType.YES_OR_NO:
            if isinstance(value, bool):
                return None
            return f"{quoted(value)} är fel; ska vara true, false eller null"
        case FactType.DATE:
            day = as_day(value)
            low, high = fact.span
            if day and low <= day.toordinal() <= high:
                return None
            ends = f"{fact.earliest}–{fact.latest}"
            return f"{quoted(value)} är fel; ska vara ett datum ÅÅÅÅ-MM-DD, {ends}, eller null"
        case FactType.WORD:
            if isinstance(value, str) and value in fact.values:
                return None
            return f"{quoted(value)} finns inte; välj {listed(list(fact.values))}, eller null"
        case _:
            assert_never(fact.type)


def as_scalar(value: object) -> Scalar | None:
    """A fact's value with the word okänt read as unknown; checked by `wrong_fact` before."""
    if isinstance(value, (bool, int, str)) and value != UNKNOWN:
        return value
    return None


def as_day(value: object) -> date | None:
    """The day that the text states, as ÅÅÅÅ-MM-DD and in no other way; None when it is none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def as_whole(text: str) -> int | None:
    """The number that the text states in plain digits; None for anything else, however long."""
    digits = text.strip()
    return int(digits) if _WHOLE.fullmatch(digits) else None


def measured(fact: Fact, value: Scalar | None) -> Scalar | None:
    """The value as conditions compare it: a date is the number of its day."""
    day = as_day(value) if fact.type is FactType.DATE else None
    return day.toordinal() if day else value


def wrong_value(value: object) -> str | None:
    """Why `value` is not an answer; None when it is one."""
    if isinstance(value, str) and value in set(Value):
        return None
    return f"{quoted(value)} är inget svar; välj {listed(list(Value))}"
