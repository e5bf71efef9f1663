"""A draft of a new version: the numbers of the old one as a form has them, and what was changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.errors import Invalid
from rules.language.fault import Path
from rules.language.period import Period
from rules.language.ruleset import RulesFile
from rules.language.shape import Parameter
from rules.language.vocabulary import as_whole

LABEL: Path = ("version",)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the board has chosen, where it stands, and the rules that use it."""

    name: str
    called: str
    path: Path
    value: int
    because: str
    period: Period
    used_by: tuple[str, ...]

    @property
    def field(self) -> str:
        """The name of its row in a form: that of the number, and its place among several."""
        place = self.path[-1]
        return f"{self.name}_{place + 1}" if isinstance(place, int) else self.name


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as somebody wants it."""

    value: str
    because: str


def numbers(file: RulesFile) -> tuple[Number, ...]:
    """Every number of the file, in its order; one with several times has a row for each."""
    return tuple(
        number
        for name, parameter in file.ruleset.parameters.items()
        for number in _amounts(name, parameter, _users(name, file))
    )


def _amounts(name: str, parameter: Parameter, users: tuple[str, ...]) -> Iterator[Number]:
    path: Path = ("parameters", name)
    called = parameter.called(name)
    if not parameter.values:
        (amount,) = parameter.amounts
        yield Number(name, called, path, amount.value, amount.because, amount.period, users)
    for place, amount in enumerate(parameter.values):
        where = (*path, "values", place)
        yield Number(name, called, where, amount.value, amount.because, amount.period, users)


def _users(name: str, file: RulesFile) -> tuple[str, ...]:
    """The rules whose condition names the number, each once."""
    users = (rule.id for rule in file.ruleset.all_rules if name in rule.limits)
    return tuple(dict.fromkeys(users))


def edits(file: RulesFile, label: str, typed: Mapping[str, Typed]) -> Mapping[Path, int | str]:
    """What is to be written where; raises Invalid for a number that is none.

    A changed number needs a ground of its own: the old one explains the old number.
    """
    found: dict[Path, int | str] = {LABEL: label}
    faults: dict[str, str] = {}
    for number in numbers(file):
        wish = typed.get(number.field)
        if wish is None:
            continue
        wanted = as_whole(wish.value)
        if wanted is None:
            faults[f"numbers.{number.field}.value"] = "Skriv ett heltal."
            continue
        if wanted != number.value:
            found[(*number.path, "value")] = wanted
            if wish.because.strip() in ("", number.because):
                text = "Skriv varför talet är ett annat; det gamla skälet gäller det gamla talet."
                faults[f"numbers.{number.field}.because"] = text
        if wish.because.strip() not in ("", number.because):
            found[(*number.path, "because")] = wish.because.strip()
    if faults:
        raise Invalid(faults)
    return found
