"""What `hub rules` does with a file and with lines of concerns; the command line prints it."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from rules.answer import Answer, Value
from rules.classification import Classification
from rules.engines.engine import Engine
from rules.engines.soundness import Soundness, soundness
from rules.errors import Invalid
from rules.language.ruleset import RulesFile
from rules.language.vocabulary import Vocabulary, as_scalar, wrong_fact, wrong_value
from rules.language.wording import quoted

Result = dict[str, object]


class BadLine(Exception):
    """A line that cannot be classified; the text says what is wrong."""


def report(file: RulesFile) -> Soundness:
    """The faults and the remarks of a file that could be read, each with its line."""
    found = soundness(file.ruleset)
    return Soundness(file.placed(found.faults), file.placed(found.remarks))


def classify_lines(engine: Engine, lines: Iterable[str]) -> Iterator[Result]:
    """One result for each line that is not empty, in order."""
    return (classify_line(engine, line) for line in lines if line.strip())


def classify_line(engine: Engine, text: str) -> Result:
    """The result of one line, or its id and what is wrong with it."""
    name: object = None
    try:
        line = _object(text)
        name = line.get("id")
        if not isinstance(name, str) or not name:
            name = None
            raise BadLine("fältet id saknas eller är inte text")
        facts, answers = _section(line, "facts"), _section(line, "answers")
        _refuse(facts, answers, engine.ruleset.words)
        known = {fact: as_scalar(value) for fact, value in facts.items()}
        given = {question: _answer(value) for question, value in answers.items()}
        return result(name, engine.classify(known, given))
    except (BadLine, Invalid) as error:
        return {"id": name, "error": str(error)}


def result(name: str, classification: Classification) -> Result:
    """A classification in the outside form that scripts rely on."""
    line: Result = {
        "id": name,
        "level": classification.level.value,
        "possible": [level.value for level in classification.possible],
        "engines_agree": classification.engines_agree,
        "rules_version": classification.rules_version,
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level.value,
                "because": finding.because,
                "law": finding.law,
                "source": finding.source,
            }
            for finding in classification.findings
        ],
        "ask_next": [
            {
                "indicator": question.indicator,
                "answer": question.answer,
                "level": question.level.value,
            }
            for question in classification.ask_next
        ],
        "disregarded": [
            {"indicator": item.indicator, "source": item.source, "because": item.because}
            for item in classification.disregarded
        ],
    }
    return line | ({"incident": classification.incident} if classification.incident else {})


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


def _refuse(facts: Mapping[str, object], answers: Mapping[str, object], words: Vocabulary) -> None:
    """Tells everything that is wrong in the line, not only the first."""
    wrong = [_wrong_fact(name, value, words) for name, value in facts.items()]
    wrong += [_wrong_answer(name, value, words) for name, value in answers.items()]
    if faults := [fault for fault in wrong if fault]:
        raise BadLine("; ".join(faults))


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
