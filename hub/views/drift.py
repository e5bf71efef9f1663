"""How the rules fare among people, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views import words
from hub.views.shares import share
from hub.views.weeks import Weeks, week_label, weeks
from rules.language.ruleset import RuleSet
from rules.policy import Policy
from workflows.drift import NO_RULE, NO_UNIT, Answered, Asked, Drift


@dataclass(frozen=True, slots=True)
class Row:
    """One rule, unit, week or version."""

    name: str
    note: str
    count: int
    raised: str
    lowered: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that tells nothing apart, and how it was answered."""

    ask: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class DriftView:
    """The whole page."""

    whole: Row
    rules: tuple[Row, ...]
    units: tuple[Row, ...]
    weeks: tuple[Row, ...]
    versions: tuple[Row, ...]
    picture: Weeks
    concerns: int
    of_version: int
    version: str
    beside: tuple[str, ...]
    silent: tuple[Row, ...]
    never_asked: tuple[QuestionLine, ...]
    always_unknown: tuple[QuestionLine, ...]
    never_varied: tuple[QuestionLine, ...]


def drift_view(found: Drift, ruleset: RuleSet, policy: Policy) -> DriftView:
    """Everything that was counted, in words."""
    because = {rule.id: rule.because for rule in ruleset.rules}
    nobody = {NO_RULE: "ingen regel avgjorde"}
    units = {name: words.unit_name(policy, name) for name in found.units if name != NO_UNIT}
    return DriftView(
        whole=row("Alla", found.whole),
        rules=_rows(found.rules, nobody, because),
        units=_rows(found.units, {**units, NO_UNIT: "utan enhet"}),
        weeks=tuple(row(week_label(week), it) for week, it in found.weeks.items() if it.count),
        versions=_rows(found.versions),
        picture=weeks(found.weeks),
        concerns=found.concerns,
        of_version=found.of_version,
        version=found.version,
        beside=tuple(beside(found)),
        silent=tuple(row(name, Answered(), because[name]) for name in found.silent),
        never_asked=_lines(ruleset, [it for it in found.asked if it.never_asked]),
        always_unknown=_lines(ruleset, [it for it in found.asked if it.always_unknown]),
        never_varied=_lines(ruleset, [it for it in found.asked if it.never_varied]),
    )


def row(name: str, it: Answered, note: str = "") -> Row:
    """A line of a table."""
    return Row(name, note, it.count, share(it.raises), share(it.lowers))


def _rows(
    found: Mapping[str, Answered],
    names: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    called, noted = names or {}, notes or {}
    return tuple(row(called.get(key, key), it, noted.get(key, "")) for key, it in found.items())


def beside(found: Drift) -> list[str]:
    """What is not in the shares, each in a sentence; what did not happen is not told."""
    told = {
        f"{found.unanswered} klassade anmälningar har ännu ingen nivå som en människa har satt.": (
            found.unanswered
        ),
        f"{found.declined} föreslagna sänkningar avslogs av den andra personen.": found.declined,
        f"{found.faulty} räknas inte: en regelmotor föll och nivån höjdes för det.": found.faulty,
        f"Går inte att läsa och är inte med: {', '.join(found.unreadable)}.": len(found.unreadable),
    }
    return [sentence for sentence, count in told.items() if count]


def _lines(ruleset: RuleSet, found: list[Asked]) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(ruleset.indicators[it.indicator].ask, it.indicator, said(it)) for it in found
    )


def said(it: Asked) -> str:
    """`Besvarad i 12 av 40: 12 ja, 0 nej, 0 okänt`; nothing when it never was."""
    if not it.asked:
        return ""
    unknown = it.asked - it.yes - it.no
    return f"Besvarad i {it.asked} av {it.concerns}: {it.yes} ja, {it.no} nej, {unknown} okänt"
