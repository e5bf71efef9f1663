"""The shipped rules in prose as kept; `python -m tests.rules.golden_prose` writes them anew."""

from pathlib import Path

from rules.language.prose import lines, prose
from rules.language.ruleset import RuleSet
from tests.rules import shipped

KEPT = Path(__file__).parent / "golden" / "prose.txt"


def told(ruleset: RuleSet) -> str:
    """Every rule with its condition, in the order of the file."""
    return "\n".join(
        f"{rule.id}\n"
        + "\n".join(lines(prose(rule.when, ruleset.words, ruleset.limits_of(rule)), "  "))
        + "\n"
        for rule in ruleset.all_rules
    )


if __name__ == "__main__":
    KEPT.write_text(told(shipped.file().ruleset), "utf-8")
