"""A decision table as DMN 1.3: one decision, the level; every row collected, the highest kept."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from adapters.dmn.feel import NUMBER, Cell, Column, domain_of, type_of
from adapters.dmn.table import DecisionTable, table_of
from rules.language.prose import begun, subject
from rules.language.ruleset import RuleSet
from rules.level import Level
from workflows.interchange import NOT_EXPRESSED

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DECISION = "niva"
ANSWER = "1 = ja, −1 = nej som räknas, 0 = okänt eller obesvarat"
_LEVELS = ", ".join(f"{level.rank} = {level.value}" for level in Level)
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dmn(ruleset: RuleSet) -> bytes:
    """The rules of one day as a DMN file; raises Inexpressible, never leaves a rule out."""
    table = table_of(ruleset)
    root = ET.Element("definitions", {"xmlns": NAMESPACE, "id": "regler"})
    root.set("name", _clean(f"{ruleset.name} {ruleset.version}"))
    root.set("namespace", f"urn:mash-hubben:regler:{ruleset.version}")
    root.set("exporter", "MASH-hubben")
    _add(root, "description", _description(ruleset))
    inputs = list(_inputs(root, ruleset, table.leaves.names))
    _table(_decision(root, inputs), table)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _description(ruleset: RuleSet) -> str:
    missing = "\n".join(f"- {name}: {why}" for name, why in NOT_EXPRESSED.items())
    return (
        f"{ruleset.name}, version {ruleset.version}. Tabellen samlar alla rader som stämmer och"
        f" svarar med den högsta nivån: {_LEVELS}. En människa bekräftar nivån.\n"
        f"Svar på frågor: {ANSWER}. Varje indata måste lämnas in.\nDet här säger inte tabellen:\n"
        f"{missing}"
    )


def _inputs(root: ET.Element, ruleset: RuleSet, names: Mapping[str, str]) -> Iterator[str]:
    """The questions and facts, each with what may be given; yields their ids."""
    given = [(it.id, it.ask, ANSWER, NUMBER) for it in ruleset.indicators.values()]
    facts = ruleset.words.facts.values()
    given += [(it.id, begun(subject(it)), domain_of(it), type_of(it)) for it in facts]
    for id_, label, domain, type_ in given:
        name = names[id_]
        element = _add(root, "inputData", id=f"indata-{name}", name=name, label=label)
        _add(element, "description", f"{label} {domain}")
        _add(element, "variable", id=f"varde-{name}", name=name, typeRef=type_)
        yield f"indata-{name}"


def _decision(root: ET.Element, inputs: list[str]) -> ET.Element:
    decision = _add(root, "decision", id=DECISION, name="Nivå")
    _add(decision, "question", "Vilken nivå föreslår reglerna?")
    _add(decision, "allowedAnswers", _LEVELS)
    _add(decision, "variable", id="varde-niva", name="Nivå", typeRef=NUMBER)
    for number, name in enumerate(inputs):
        needs = _add(decision, "informationRequirement", id=f"behov-{number}")
        _add(needs, "requiredInput", href=f"#{name}")
    return decision


def _table(decision: ET.Element, table: DecisionTable) -> None:
    """Without any rule that is true the level is grön, so that there always is one."""
    element = _add(decision, "decisionTable", id="tabell", hitPolicy="COLLECT", aggregation="MAX")
    for number, column in enumerate(table.columns):
        one = _add(element, "input", id=f"kolumn-{number}", label=column.label)
        how = _add(one, "inputExpression", id=f"uttryck-{number}", typeRef=column.type)
        _add(how, "text", column.expression)
    _add(element, "output", id="utdata", label="Nivå", name="niva", typeRef=NUMBER)
    otherwise = _add(element, "rule", id="ingen-regel")
    _fill(otherwise, "Ingen regel stämmer.", _shown({}, table), level=Level.GREEN)
    for row in table.rows:
        rule = _add(element, "rule", id=row.id)
        _fill(rule, row.text, _shown(row.cells, table), level=row.rule.level)


def _shown(cells: Mapping[Column, Cell], table: DecisionTable) -> list[str]:
    return [cells[column].text if column in cells else "-" for column in table.columns]


def _fill(rule: ET.Element, said: str, cells: list[str], *, level: Level) -> None:
    row = rule.get("id")
    _add(rule, "description", said)
    for number, cell in enumerate(cells):
        _add(_add(rule, "inputEntry", id=f"{row}.{number}"), "text", cell)
    _add(_add(rule, "outputEntry", id=f"{row}.niva"), "text", str(level.rank))


def _add(above: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element last in the one above."""
    known = {name: _clean(value) for name, value in attributes.items()}
    element = ET.SubElement(above, tag, known)
    element.text = None if text is None else _clean(text)
    return element


def _clean(text: str) -> str:
    """The text with a mark for each sign that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
