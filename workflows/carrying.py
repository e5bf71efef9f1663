"""Examples that a changed number has made wrong: shown to the one who changes it, and moved.

An example is a promise. It is never moved in silence: whoever changes the number sees each one
that now says otherwise, and says that the rule is meant to answer so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.engines.soundness import Surprise, surprises
from rules.language.fault import Path
from rules.language.rule import Rule
from rules.language.ruleset import RulesFile
from rules.proofs.logic import AnyConcern
from rules.proofs.search import Search
from rules.proofs.told import row

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Overturned:
    """An example of a rule that the rule now answers the other way; `fires` is what it does."""

    rule: str
    row: Row
    fires: bool


def overturned(file: RulesFile) -> tuple[Overturned, ...]:
    """Every example that says otherwise than its rule, in the order of the file."""
    rules = _newest(file)
    return tuple(
        Overturned(rules[it.path].id, _rows(rules[it.path], it.kind)[it.place], it.fired)
        for it in surprises(file.ruleset)
    )


def carried(file: RulesFile) -> Mapping[Path, Sequence[Row]]:
    """The lists of examples as they are to be: each overturned one among those it belongs to.

    A list that would be empty is given the plainest concern that belongs there.
    """
    rules = _newest(file)
    found: dict[Path, list[Row]] = {}
    for path, theirs in _by_rule(surprises(file.ruleset)):
        rule = rules[path]
        wrong = {(it.kind, it.place) for it in theirs}
        for kind, other in (("fires", "silent"), ("silent", "fires")):
            stay = [it for n, it in enumerate(_rows(rule, kind)) if (kind, n) not in wrong]
            come = [it for n, it in enumerate(_rows(rule, other)) if (other, n) in wrong]
            whole = [*stay, *come]
            found[(*path, kind)] = whole or list(_plainest(rule, file, fires=kind == "fires"))
    return found


def _newest(file: RulesFile) -> Mapping[Path, Rule]:
    """The newest wording of each rule by its place."""
    return {rule.path: rule for rule in file.ruleset.all_rules}


def _by_rule(found: Iterable[Surprise]) -> Iterator[tuple[Path, list[Surprise]]]:
    by_path: dict[Path, list[Surprise]] = {}
    for it in found:
        by_path.setdefault(it.path, []).append(it)
    yield from by_path.items()


def _rows(rule: Rule, kind: str) -> tuple[Row, ...]:
    return rule.fires if kind == "fires" else rule.silent


def _plainest(rule: Rule, file: RulesFile, *, fires: bool) -> Iterator[Row]:
    """The plainest concern of which the rule is true, or is not; none when there is none."""
    concern = AnyConcern.over(file.ruleset.words)
    true = concern.true(rule.when)
    found = Search(concern).witness(true if fires else concern.denied(true))
    if found is not None:
        yield row(found, file.ruleset.words)
