"""The difference between two versions of the rules, proved over every concern there can be."""

from collections.abc import Collection

from rules.language.ruleset import RulesFile
from rules.proofs.change import Difference


def difference(old: RulesFile, new: RulesFile, *, steps: int | None = None) -> Difference:
    """Everything that is otherwise in `new`; `steps` bounds each question put to z3."""
    raise NotImplementedError


def lowerings(old: RulesFile, new: RulesFile) -> Collection[str]:
    """The keys of every kind of change that the approver of `new` must tick."""
    return difference(old, new).lowers
