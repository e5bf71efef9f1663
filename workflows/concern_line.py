"""A concern as a line of JSON: id, facts and answers, as in examples/concerns.jsonl."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.answer import Answer, Value
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary, as_scalar, wrong_fact, wrong_value
from rules.language.wording import quoted


class BadLine(Exception):
    """A line that is no concern; the text says what is wrong, `id` which one if it says so."""

    def __init__(self, sentence: str, id: str | None = None) -> None:  # noqa: A002  as in the line
        super().__init__(sentence)
        self.id = id


@dataclass(frozen=True, slots=True)
class Concern:
    """What rules are given of a concern, and when it came in (UTC) if that is known."""

    id: str
    facts: Mapping[str, Scalar | None]
    answers: Mapping[str, Answer]
    received_at: datetime | None = None


def read_line(text: str, words: Vocabulary, *, dated: bool = False) -> Concern:
    """The concern that the line states; raises BadLine with everything that is wrong.

    Other fields are ignored. When it came in is read only if asked for (`dated`), and may be left
    out also then.
    """
    line = _object(text)
    name = line.get("id")
    if not isinstance(name, str) or not name:
        raise BadLine("fältet id saknas eller är inte text")
    try:
        facts, answers = _section(line, "facts"), _section(line, "answers")
        if faults := list(faults_in(facts, answers, words)):
            raise BadLine("; ".join(faults))
        received_at = _moment(line.get("received_at")) if dated else None
    except BadLine as bad:
        raise BadLine(str(bad), name) from None
    known = {fact: as_scalar(value) for fact, value in facts.items()}
    given = {question: _answer(value) for question, value in answers.items()}
    return Concern(name, known, given, received_at)


def _object(text: str) -> dict[str, object]:
    try:
        line = json.loads(
            unicodedata.normalize("NFC", text.lstrip("\ufeff")),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError) as error:
        raise BadLine("raden är inte riktig JSON") from error
    if not isinstance(line, dict):
        raise BadLine("raden ska vara ett JSON-objekt med id, facts och answers")
    return line


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadLine(f'"{twice}" står två gånger')
    return dict(pairs)


def _no_constant(text: str) -> object:
    raise BadLine(f"{text} är inget värde")


def _section(line: Mapping[str, object], name: str) -> Mapping[str, object]:
    if name not in line:
        raise BadLine(f"fältet {name} saknas")
    section = line[name]
    if not isinstance(section, dict):
        raise BadLine(f"fältet {name} ska vara ett objekt, inte {quoted(section)}")
    return section


def faults_in(
    facts: Mapping[str, object], answers: Mapping[str, object], words: Vocabulary
) -> Iterator[str]:
    """Everything that is wrong with the facts and answers of a line, not only the first."""
    wrong = [_wrong_fact(name, value, words) for name, value in facts.items()]
    wrong += [_wrong_answer(name, value, words) for name, value in answers.items()]
    yield from (fault for fault in wrong if fault)


def _wrong_fact(name: str, value: object, words: Vocabulary) -> str | None:
    if unknown := words.unknown_fact(name):
        return unknown
    fault = wrong_fact(words.facts[name], value)
    return f"uppgiften {name}: {fault}" if fault else None


def _wrong_answer(name: str, value: object, words: Vocabulary) -> str | None:
    if unknown := words.unknown_indicator(name):
        return unknown
    if not isinstance(value, Mapping) or set(value) != {"value", "source"}:
        return f"frågan {name}: svaret ska vara ett objekt med value och source"
    if fault := wrong_value(value["value"]):
        return f"frågan {name}: {fault}"
    if not isinstance(value["source"], str) or not value["source"].strip():
        return f"frågan {name}: source ska säga vem som har svarat"
    return None


def _answer(value: object) -> Answer:
    """The answer that a value states; that it is one was seen to before."""
    said = value if isinstance(value, Mapping) else {}
    return Answer(Value(str(said["value"])), str(said["source"]))


def _moment(value: object) -> datetime | None:
    """When the concern came in, in UTC."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        text = "ska vara en tidpunkt med tidszon, som 2026-02-09T08:55:00+01:00"
        raise BadLine(f"received_at {text}")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadLine("received_at ligger utanför de år som finns") from None
