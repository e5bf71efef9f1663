"""Says an explanation in Swedish, for a guardian, a court and an inspector alike.

The wording is stable: the same explanation always gives the same sentences, in the same order.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.answer import Value
from rules.classification import Classification, Disregarded
from rules.engines.changes import MOST_CHANGES
from rules.engines.counterfactual import Way
from rules.engines.explanation import Explanation, Other, Reason
from rules.engines.phrases import Phrases, things, together, within
from rules.language.prose import begun, number
from rules.language.ruleset import RuleSet
from rules.level import Level

MOST_QUESTIONS = 5
MOST_OTHER_WAYS = 3
_NO_UNITS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with its sentences; `key` names the part, the same always."""

    key: str
    heading: str
    sentences: tuple[str, ...]


def sentences(
    told: Explanation, ruleset: RuleSet, units: Mapping[str, str] = _NO_UNITS
) -> tuple[str, ...]:
    """The whole explanation, the most important first."""
    return tuple(it for passage in passages(told, ruleset, units) for it in passage.sentences)


def passages(
    told: Explanation, ruleset: RuleSet, units: Mapping[str, str] = _NO_UNITS
) -> tuple[Passage, ...]:
    """The explanation part by part, without those that have nothing to say.

    `ruleset` is the one that made the explanation, `units` the names of units that may have
    answered.
    """
    say = Phrases(ruleset, units)
    higher = (_higher(other, told, say) for other in told.why_not_higher)
    all_ = (
        Passage("incident", "Kontrollera nivån", tuple(_incident(told, ruleset))),
        Passage("proposal", "Förslaget", tuple(_proposal(told, ruleset))),
        Passage("why", f"Därför är nivån {told.level.value}", tuple(_why(told, say))),
        *higher,
        Passage("why_not_lower", "Varför inte lägre", tuple(_lower(told, say))),
        Passage("interval", "Det som saknas", tuple(_interval(told))),
        Passage("ask", "Fråga härnäst", tuple(_ask(told, say))),
        Passage("together", "Svar som höjer tillsammans", tuple(_together(told, say))),
        Passage("unknown", "Det som är okänt", tuple(_unknown(told, say))),
        Passage("disregarded", "Svar som behöver bekräftas", tuple(_disregarded(told, say))),
        Passage("protection", "Det som skyddar barnet", tuple(_protection(told, say))),
    )
    return tuple(it for it in all_ if it.sentences)


def _incident(told: Explanation, ruleset: RuleSet) -> Iterator[str]:
    """What went wrong, with the rules by their reasons and not by their names."""
    if told.incident is None:
        return
    because = {rule.id: f"”{rule.because.rstrip('.')}”" for rule in ruleset.all_rules}
    longest_first = sorted(because, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    yield re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", lambda it: because[it[0]], told.incident)
    yield "En människa måste kontrollera nivån."


def _proposal(told: Explanation, ruleset: RuleSet) -> Iterator[str]:
    promise = ruleset.levels.get(told.level)
    who = "Programmet" if told.incident else "Reglerna"
    if promise is None:
        yield f"{who} föreslår nivån {told.level}."
    else:
        span = within(promise.handle_within)
        yield (
            f"{who} föreslår nivån {told.level} ({promise.name.lower()}),"
            f" som betyder att ärendet hanteras inom {span}."
        )
    yield "Det är ett förslag, och en människa bekräftar eller ändrar det."


def _why(told: Explanation, say: Phrases) -> Iterator[str]:
    """The rules at the proposed level first, then the others."""
    deciding = [reason for reason in told.why if reason.decides]
    for reason in deciding:
        yield _reason(reason, told.found, say)
    if not deciding and told.incident:
        yield f"Nivån är {told.level} för säkerhets skull, eftersom alla regler inte kunde prövas."
    elif not deciding and told.level is Level.GREEN:
        yield "Ingen regel för orange eller röd stämmer på det som är känt."
    elif not deciding:
        yield f"Nivån är {told.level} för att det som inte är känt inte får ge en lägre nivå."
    for reason in told.why:
        if not reason.decides:
            yield f"{_also(reason)}: {_reason(reason, told.found, say)}"


def _also(reason: Reason) -> str:
    level = reason.finding.level
    if level is Level.GREEN:
        return "Att tänka på, utan att det höjer nivån"
    return f"Också det här stämmer, och hade ensamt gett nivån {level}"


def _reason(reason: Reason, found: Classification, say: Phrases) -> str:
    because = _ended(reason.finding.because)
    holds = ""
    if reason.support:
        holds = f" Regeln stämmer därför att {say.support(reason.support, found)}."
    return f"{because}{holds} {say.ground(reason.finding)}"


def _higher(other: Other, told: Explanation, say: Phrases) -> Passage:
    said = tuple(_reaching(other, told, say))
    return Passage(f"why_not_{other.level.name.lower()}", f"Varför inte {other.level}", said)


def _reaching(other: Other, told: Explanation, say: Phrases) -> Iterator[str]:
    level = other.level
    yield f"Ingen regel som ger {level} stämmer på det som är känt."
    if not other.ways:
        most = things(MOST_CHANGES)
        yield f"Nivån hade inte blivit {level} av någon ändring av högst {most} i det som är känt."
        return
    size = len(other.ways[0].changes)
    if size > 1:
        yield f"Minst {things(size)} måste vara annorlunda för att nivån ska bli {level}."
    yeses = [it.indicator for it in told.ask if it.level is level and it.answer == Value.YES]
    yield from _yeses(level, [it for it in yeses if it in told.near], yeses, say=say)
    rest = [way for way in other.ways if not (_is_a_yes(way) and way.changes[0].name in yeses)]
    plain = [way for way in rest if not _is_a_withdrawal(way)]
    if len(rest) == len(other.ways):
        plain = plain or rest
    for way in plain[:MOST_OTHER_WAYS]:
        yield _way(way, say)


def _is_a_withdrawal(way: Way) -> bool:
    """True when less would have been known: that is true, but says little of the child."""
    return any(change.then is None for change in way.changes)


def _is_a_yes(way: Way) -> bool:
    """True when a single ja to an open question is all that it takes."""
    return len(way.changes) == 1 and way.changes[0].is_new and way.changes[0].then is True


def _yeses(level: Level, near: list[str], yeses: list[str], *, say: Phrases) -> Iterator[str]:
    """The questions that build on what is answered, and then those that do not."""
    far = [name for name in yeses if name not in near]
    if near:
        yield (
            f"Nivån blir {level}, tillsammans med det som redan är svarat,"
            f" om {_one_yes(near, say)}."
        )
    if far:
        yield f"Nivån blir {'också ' if near else ''}{level} om {_one_yes(far, say)}."


def _one_yes(names: list[str], say: Phrases) -> str:
    if len(names) == 1:
        return f"{say.questions(names)} besvaras med ja"
    if len(names) <= MOST_OTHER_WAYS:
        return f"en av frågorna {say.asks(names, 'eller')} besvaras med ja"
    some = say.asks(names[:MOST_OTHER_WAYS])
    return (
        f"en av {number(len(names))} frågor som inte är besvarade får svaret ja,"
        f" till exempel {some}"
    )


def _way(way: Way, say: Phrases) -> str:
    if all(change.is_new for change in way.changes):
        return f"Nivån blir {way.level} om {say.changes(way.changes, open_=True)}."
    return f"Nivån hade varit {way.level} om {say.changes(way.changes, open_=False)}."


def _lower(told: Explanation, say: Phrases) -> Iterator[str]:
    way = told.why_not_lower
    if not told.comparable:
        yield "Reglerna är andra än de som gav nivån, så här jämförs inte med andra svar."
    elif told.level is Level.GREEN:
        yield "Grön är den lägsta nivån."
    elif told.incident:
        yield "Nivån är satt för säkerhets skull, eftersom något gick fel när reglerna kördes."
    elif way is None:
        most = things(MOST_CHANGES)
        yield f"Nivån hade inte blivit lägre av någon ändring av högst {most} i det som är känt."
    else:
        yield _way(way, say)
        if len(way.changes) > 1 and told.exact:
            yield "En mindre ändring hade inte räckt."
        if any(change.is_new and change.then is False for change in way.changes):
            yield "Ett sådant nej måste komma från någon annan än barnet och vårdnadshavarna."
    if told.comparable and not told.exact:
        yield "Reglerna är så sammansatta att det kan finnas en mindre ändring än de som nämns."


def _interval(told: Explanation) -> Iterator[str]:
    low, high = told.interval
    if low is high:
        yield "Inget svar som ännu saknas kan ändra nivån."
    else:
        yield f"Med de svar som ännu saknas kan nivån hamna mellan {low} och {high}."


def _ask(told: Explanation, say: Phrases) -> Iterator[str]:
    """The questions of which one answer is enough to raise the level."""
    for it in told.ask[:MOST_QUESTIONS]:
        yield f"Svaret {it.answer} på frågan {say.ask(it.indicator)} ger nivån {it.level}."
    if (more := len(told.ask) - MOST_QUESTIONS) > 0:
        word = "fråga" if more == 1 else "frågor"
        yield f"{begun(number(more))} {word} till kan var för sig höja nivån."


def _together(told: Explanation, say: Phrases) -> Iterator[str]:
    for both in told.together[:MOST_QUESTIONS]:
        said = [f"{it.answer} på {say.ask(it.indicator)}" for it in both.answers]
        yield f"Svaren {together(said)} ger tillsammans nivån {both.level}."


def _unknown(told: Explanation, say: Phrases) -> Iterator[str]:
    if told.unknown:
        yield f"Svaret är okänt på {say.questions(told.unknown)}."
    if told.unknown_facts:
        names = together([say.fact_name(name) for name in told.unknown_facts])
        word = "Uppgiften" if len(told.unknown_facts) == 1 else "Uppgifterna"
        yield f"{word} {names} är {'okänd' if len(told.unknown_facts) == 1 else 'okända'}."
    if told.unknown or told.unknown_facts:
        yield "Det som är okänt räknas aldrig som ett nej."


def _disregarded(told: Explanation, say: Phrases) -> Iterator[str]:
    by: dict[str, list[Disregarded]] = {}
    for item in told.disregarded:
        by.setdefault(item.source, []).append(item)
    for source, items in by.items():
        names = [item.indicator for item in items]
        question = "frågan" if len(names) == 1 else "frågorna"
        yield f"{begun(say.by(source))} har svarat nej på {question} {say.asks(names)}."
    if told.disregarded:
        one = len(told.disregarded) == 1
        noted = "Svaret är antecknat" if one else "Svaren är antecknade"
        yield f"{noted}, och de som bedömer tar del av {'det' if one else 'dem'}."
        yield (
            "Ett nej behöver bekräftas av någon mer än barnet och vårdnadshavarna innan det"
            " räknas som ett nej, och tills dess är frågan öppen."
        )
        yield "Så är det för alla, och det betyder inte att någon misstror det som sagts."


def _protection(told: Explanation, say: Phrases) -> Iterator[str]:
    if told.protection:
        yield f"Svaret är ja på {say.questions(told.protection)}."
        yield "Det vägs in av dem som bedömer, och sänker aldrig nivån av sig självt."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
