"""What `hub rules` does with a file and with lines of concerns; the command line prints it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.classification import Classification
from rules.engines.engine import Engine
from rules.engines.soundness import soundness
from rules.errors import Invalid
from rules.language.fault import Fault
from rules.language.ruleset import RulesFile
from rules.proofs.certificate import Certificate, certificate
from rules.proofs.proof import prove
from workflows.concern_line import BadLine, read_line

Result = dict[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: faults make the file unsound, remarks are worth a look."""

    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    certificate: Certificate


def report(file: RulesFile) -> Report:
    """Everything that can be tried and proved of a file that could be read, with its lines."""
    proof = prove(file.ruleset)
    faults = file.placed((*soundness(file.ruleset), *proof.faults))
    paper = certificate(file, proof, sound=not faults)
    return Report(faults, file.placed(proof.remarks), paper)


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
