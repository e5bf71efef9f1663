"""Each rule as it reads at each time: its own days, cut where a number that it names changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.language.conditions import Reader, limits_of, named_parameters
from rules.language.fault import Fault, Path
from rules.language.period import Period, holes, overlaps, pieces, turns
from rules.language.rule import Rule
from rules.language.shape import Amount, Language, Parameter, PrecautionShape, RuleShape
from rules.language.syntax import All, Condition
from rules.language.vocabulary import Vocabulary


@dataclass(slots=True)
class Timeline:
    """Reads rules for every time; collects the faults that only dates can have."""

    shape: Language
    words: Vocabulary
    faults: list[Fault] = field(default_factory=list)

    def rules(self) -> tuple[Rule, ...]:
        """Every wording of every rule, in the order of the file."""
        self.faults += _dates(self.shape)
        listed = enumerate(self.shape.rules)
        return tuple(
            wording
            for index, rule in listed
            for wording in self._wordings(rule, ("rules", index), rule.when)
        )

    def precaution(self, precaution: PrecautionShape, empty: Condition) -> Rule | None:
        """The precaution, which has one wording only; `empty` says that nothing is known."""
        path: Path = ("precaution",)
        names = named_parameters(precaution.when)
        if any(self.shape.parameters[name].values for name in names):
            text = "försiktigheten kan inte bero på ett tal med datum"
            self.faults.append(Fault((*path, "when"), text))
            return None
        if precaution.when is None:
            return _rule(precaution, empty, period=precaution.period, path=path)
        return next(self._wordings(precaution, path, precaution.when, within=empty), None)

    def _wordings(
        self, rule: RuleShape, path: Path, when: object, *, within: Condition | None = None
    ) -> Iterator[Rule]:
        named = {name: self.shape.parameters[name] for name in named_parameters(when)}
        for period in _pieces(rule.period, named.values()):
            numbers = _numbers(named, period)
            if missing := sorted(named.keys() - numbers.keys()):
                text = f"talet {missing[0]} har inget värde {period}; lägg till det i values"
                self.faults.append(Fault((*path, "when"), text))
                continue
            reader = Reader(replace(self.words, parameters={**self.words.parameters, **numbers}))
            read = reader.read(when, (*path, "when"))
            self.faults += reader.faults
            if read:
                whole = All((within, read)) if within else read
                limits = (*([""] if within else []), *limits_of(when))
                wording = _rule(rule, whole, period=period, path=path)
                yield replace(wording, limits=limits)


def _pieces(whole: Period, parameters: Iterable[Parameter]) -> Iterator[Period]:
    periods = [amount.period for parameter in parameters for amount in parameter.amounts]
    for piece in pieces(turns(periods)):
        if shared := piece.shared(whole):
            yield shared


def _numbers(named: Mapping[str, Parameter], period: Period) -> dict[str, int]:
    """The numbers that apply through the period, of those that have one."""
    return {
        name: amount.value
        for name, parameter in named.items()
        for amount in parameter.amounts
        if amount.period.shared(period) == period
    }


def _dates(shape: Language) -> Iterator[Fault]:
    for name, parameter in shape.parameters.items():
        yield from _amounts(parameter.values, ("parameters", name, "values"))
    for rule, numbers in _by_id(shape).items():
        periods = [shape.rules[number].period for number in numbers]
        for later, shared in overlaps(periods):
            path = ("rules", numbers[later], "rule")
            first = numbers[0] + 1
            yield Fault(path, f'"{rule}" finns redan, som nummer {first}, och gäller {shared}')
        for hole in _inner(holes(periods)):
            path = ("rules", numbers[-1], "rule")
            yield Fault(path, f'"{rule}" gäller inte {hole}; flytta datumen eller byt namn')


def _amounts(amounts: tuple[Amount, ...], path: Path) -> Iterator[Fault]:
    periods = [amount.period for amount in amounts]
    for number, shared in overlaps(periods):
        yield Fault((*path, number), f"två värden gäller {shared}; ändra valid_from, valid_until")
    for hole in _inner(holes(periods)):
        yield Fault(path, f"inget värde gäller {hole}; ändra valid_from eller valid_until")


def _inner(found: Iterator[Period]) -> Iterator[Period]:
    """The holes between times, not what is before the first or after the last."""
    return (hole for hole in found if hole.first and hole.last)


def _by_id(shape: Language) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(shape.rules):
        found.setdefault(rule.rule, []).append(number)
    return found


def _rule(shape: RuleShape, when: Condition, *, period: Period, path: Path) -> Rule:
    return Rule(
        id=shape.rule,
        level=shape.level,
        when=when,
        because=shape.because,
        law=shape.law,
        source=shape.source,
        valid_from=period.first,
        valid_until=period.last,
        fires=shape.fires,
        silent=shape.silent,
        path=path,
    )
