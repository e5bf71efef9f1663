"""A single mistake in a rules file is told where it stands, or says something else."""

import re

import pytest

from rules.language.fault import Fault
from tests.rules_slow.legitimate import legitimate
from tests.rules_slow.mutants import SECTIONS, faults, sampled

# Of each sort of mistake, such as a removed level of a rule.
EACH = 1
# Words of the program, or of a library, that no practitioner should have to read.
TECHNICAL = re.compile(
    r"NoneType|Traceback|pydantic|function-|\bstr\b|\bdict\b|validation|Input should|\[\'"
)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_single_mistake_is_told_where_it_stands_or_says_something_else(section: str) -> None:
    accepted = []
    for mutant in sampled(section, EACH):
        found = faults(mutant)
        if not found and not legitimate(mutant):
            accepted.append((mutant.kind, mutant.path))
        for fault in found:
            assert_helps(fault)

    assert accepted == []


def assert_helps(fault: Fault) -> None:
    """A line, a place, and a sentence in Swedish of a length that is read."""
    sentence = fault.sentence("rules.yaml")
    assert fault.line, sentence
    assert fault.place, sentence
    assert fault.message.strip() == fault.message != "", sentence
    assert len(sentence) < 700, sentence
    assert not TECHNICAL.search(fault.message), sentence
    assert not TECHNICAL.search(fault.place), sentence
