"""Says a classification in Swedish: why this level, what does not count, and what to ask next."""

from collections.abc import Iterator

from rules.answer import Value
from rules.classification import Classification, Question
from rules.language.ruleset import RuleSet
from rules.language.shape import Kind
from rules.level import Level

MOST_QUESTIONS = 5


def sentences(found: Classification, ruleset: RuleSet) -> tuple[str, ...]:
    """The whole explanation, the most important first."""
    return (
        *_incident(found),
        _proposal(found, ruleset),
        *_reasons(found),
        *_disregarded(found, ruleset),
        *_protection(found, ruleset),
        *_interval(found),
        *(question_sentence(it, ruleset) for it in found.ask_next[:MOST_QUESTIONS]),
    )


def question_sentence(question: Question, ruleset: RuleSet) -> str:
    """What an answer to one question could lead to."""
    ask = ruleset.indicators[question.indicator].ask
    return f"Om svaret på ”{ask}” är {question.answer} kan nivån bli {question.level}."


def _incident(found: Classification) -> Iterator[str]:
    if found.incident:
        yield f"{found.incident} En människa måste bedöma."


def _proposal(found: Classification, ruleset: RuleSet) -> str:
    promise = ruleset.levels.get(found.level)
    if promise is None:
        return f"Förslag: {found.level}."
    return f"Förslag: {found.level} ({promise.name}), hanteras inom {promise.handle_within}."


def _reasons(found: Classification) -> Iterator[str]:
    """The reasons for the level first, then those that would have given a lower one."""
    for finding in sorted(found.findings, key=lambda finding: -finding.level.rank):
        ground = finding.law or finding.source
        yield f"{str(finding.level).capitalize()}: {finding.because} ({ground})"
    if not any(finding.level is found.level for finding in found.findings):
        if found.level is Level.GREEN:
            yield "Ingen regel ger orange eller röd av det som är känt."
        else:
            yield f"Nivån är {found.level} för att det som inte är känt inte får ge en lägre."


def _disregarded(found: Classification, ruleset: RuleSet) -> Iterator[str]:
    for item in found.disregarded:
        yield f"”{ruleset.indicators[item.indicator].ask}” {item.because}"


def _protection(found: Classification, ruleset: RuleSet) -> Iterator[str]:
    shown = [
        ruleset.indicators[name].ask
        for name, answer in found.answers.items()
        if answer.value is Value.YES and ruleset.indicators[name].kind is Kind.PROTECTION
    ]
    if shown:
        asks = " ".join(f"”{ask}”" for ask in shown)
        yield f"Skyddsfaktorer att väga in; de sänker inte nivån av sig själva: {asks}"


def _interval(found: Classification) -> Iterator[str]:
    low, high = found.possible
    if low is not high:
        yield f"Det som är obesvarat gör att nivån kan hamna mellan {low} och {high}."
