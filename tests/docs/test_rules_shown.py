"""Everything that decides a level or a deadline can be read by whoever is logged in."""

from tests.rules import shipped
from workflows.rules_document import rules_document


def test_every_rule_and_every_clock_of_the_file_is_on_the_page_of_rules() -> None:
    file = shipped.file()

    document = rules_document(file.ruleset, file.policy)
    parts = [part for chapter in document.chapters for part in chapter.parts]
    entries = [entry for part in parts for entry in part.entries]
    tables = [part.table for part in parts if part.table]
    first = {row[0] for table in tables for row in table.rows}

    assert {it.id for it in file.ruleset.all_rules} <= {entry.name for entry in entries}
    assert {it.gate for it in file.policy.gates} <= {entry.name for entry in entries}
    assert {it.name for it in file.policy.clocks.values()} <= first
    assert {it.ask for it in file.ruleset.indicators.values()} <= first
    assert all(entry.title for entry in entries)
