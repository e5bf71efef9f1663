"""What the engines look at: answers that count, and facts; what is missing is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.answer import Answer, Value
from rules.classification import Disregarded
from rules.language.syntax import Scalar

# A nej from these alone is that person's statement, not a nej: the child and the family do not
# always tell, or do not know (s1:594-595, 715-716, 839-844).
NO_COUNTS_NOT_FROM = frozenset({"barnet", "vardnadshavare"})


@dataclass(frozen=True, slots=True)
class Situation:
    """Answers by question, True for ja and False for nej; facts by name, None for unknown."""

    answers: Mapping[str, bool]
    facts: Mapping[str, Scalar | None]


def counted(answers: Mapping[str, Answer]) -> dict[str, bool]:
    """The answers that count: neither okänt nor a nej from the child or a guardian alone."""
    return {
        name: answer.value is Value.YES
        for name, answer in answers.items()
        if answer.value is not Value.UNKNOWN and not _is_disregarded(answer)
    }


def disregarded(answers: Mapping[str, Answer]) -> tuple[Disregarded, ...]:
    """The answers that do not count, and why; okänt is no answer and is not listed."""
    return tuple(
        Disregarded(name, answer.source, _because(answer))
        for name, answer in answers.items()
        if _is_disregarded(answer)
    )


def _is_disregarded(answer: Answer) -> bool:
    return answer.value is Value.NO and answer.source in NO_COUNTS_NOT_FROM


def _because(answer: Answer) -> str:
    who = "barnet" if answer.source == "barnet" else "en vårdnadshavare"
    return f"Ett nej som bara kommer från {who} räknas inte som nej; frågan är okänd."
