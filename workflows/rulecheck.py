"""What `hub rules` does with a file and with lines of concerns; the command line prints it."""

from collections.abc import Iterable, Iterator

from rules.classification import Classification
from rules.engines.engine import Engine
from rules.engines.soundness import Soundness, soundness
from rules.errors import Invalid
from rules.language.ruleset import RulesFile
from workflows.concern_line import BadLine, read_line

Result = dict[str, object]


def report(file: RulesFile) -> Soundness:
    """The faults and the remarks of a file that could be read, each with its line."""
    found = soundness(file.ruleset)
    return Soundness(file.placed(found.faults), file.placed(found.remarks))


def classify_lines(engine: Engine, lines: Iterable[str]) -> Iterator[Result]:
    """One result for each line that is not empty, in order."""
    return (classify_line(engine, line) for line in lines if line.strip())


def classify_line(engine: Engine, text: str) -> Result:
    """The result of one line, or its id and what is wrong with it."""
    name: str | None = None
    try:
        line = read_line(text, engine.ruleset.words)
        name = line.id
        return result(line.id, engine.classify(line.facts, line.answers))
    except BadLine as bad:
        return {"id": bad.id, "error": str(bad)}
    except Invalid as error:
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
