"""Everything that decides a level or a deadline can be read by whoever is logged in."""

from hub.views.rules import rules_view
from tests.rules import shipped


def test_every_rule_and_every_clock_of_the_file_is_on_the_page_of_rules() -> None:
    file = shipped.file()

    view = rules_view(file.ruleset, file.policy)

    assert {line.id for line in view.rules} == {rule.id for rule in file.ruleset.all_rules}
    assert [line.name for line in view.clocks] == [it.name for it in file.policy.clocks.values()]
    assert all(line.because and line.ground for line in view.rules)
