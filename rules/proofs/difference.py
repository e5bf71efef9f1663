"""The difference between two versions of the rules, proved over every concern there can be."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rules.language.period import Period, pieces
from rules.language.ruleset import RuleSet, RulesFile
from rules.proofs.both import Both
from rules.proofs.change import (
    Bearing,
    Difference,
    FieldChange,
    LevelChange,
    Lowering,
)
from rules.proofs.compared import Compared, day_of
from rules.proofs.fields import changed_fields
from rules.proofs.moving import Moved, moved
from rules.proofs.rewriting import rewritten
from rules.proofs.search import MOST_STEPS, Search, Unproved

NOT_DECIDED = "nivå:kunde inte avgöras"


def difference(old: RulesFile, new: RulesFile, *, steps: int = MOST_STEPS) -> Difference:
    """Everything that is otherwise in `new`, for every day on which either version may differ.

    `steps` bounds each question that is put to z3; what is not answered within them is never taken
    to be alike.
    """
    laid_out = _lay_out(old, new, steps)
    levels = moved(laid_out.periods, laid_out.undecided)
    fields = changed_fields(old, new)
    return Difference(
        old_version=old.version,
        new_version=new.version,
        verdict=levels.verdict,
        levels=levels.changes,
        rules=rewritten(laid_out.periods),
        fields=fields,
        lowering=tuple(_lowering(levels, fields)),
        undecided=levels.undecided,
    )


def lowerings(old: RulesFile, new: RulesFile) -> Collection[str]:
    """The keys of every kind of change that the approver of `new` must tick."""
    return difference(old, new).lowers


@dataclass(frozen=True, slots=True)
class _LaidOut:
    periods: tuple[Compared, ...]
    undecided: tuple[Period, ...]


def _lay_out(old: RulesFile, new: RulesFile, steps: int) -> _LaidOut:
    files = old.ruleset, new.ruleset
    both = Both.over(*(it.words for it in files))
    search = Search(both.concern, steps=steps)
    found: list[Compared] = []
    undecided: list[Period] = []
    for period in pieces((*old.ruleset.days, *new.ruleset.days)):
        if _reads_alike(*(it.on(day_of(period)) for it in files)):
            continue
        try:
            found.append(Compared.within(period, files, both=both, search=search))
        except Unproved:
            undecided.append(period)
    return _LaidOut(tuple(found), tuple(undecided))


def _reads_alike(old: RuleSet, new: RuleSet) -> bool:
    """The same rules in the same words; then there is nothing to prove."""
    was, now = old.words, new.words
    same_words = was.indicators == now.indicators and was.facts == now.facts
    return same_words and old.all_rules == new.all_rules


def _lowering(levels: Moved, fields: tuple[FieldChange, ...]) -> Iterator[Lowering]:
    yield from (Lowering(it.key, _told(it)) for it in levels.changes if not it.raises)
    if levels.undecided:
        when = ", ".join(str(it) for it in levels.undecided)
        text = f"Det gick inte att bevisa om någon anmälan får en lägre nivå ({when})."
        yield Lowering(NOT_DECIDED, text)
    yield from (Lowering(it.key, it.sentence) for it in fields if it.bearing is Bearing.LOWERS)


def _told(change: LevelChange) -> str:
    when = [str(it.period) for it in change.witnesses if not it.period.endless]
    times = f" ({', '.join(when)})" if when else ""
    text = f"Anmälningar kan gå från {change.before} till {change.after}{times}."
    return f"{text} Till exempel: {' '.join(change.witnesses[0].sentences)}"
