"""Why the level of a case is no other, and what would change it: in the sentences of the rules."""

from dataclasses import dataclass

from hub.views.case import Lens
from rules.case import Case
from rules.engines.explanation import explanation
from rules.engines.reasons import Passage, passages
from workflows.facts import day_of


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What makes the rules hold, why no other level, what raises together, what to confirm."""

    why: tuple[str, ...] = ()
    levels: tuple[Passage, ...] = ()
    together: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()


def otherwise(case: Case, lens: Lens) -> Otherwise:
    """The latest classification compared with what else could be known, by the rules of its day."""
    if case.classified is None:
        return Otherwise()
    ruleset = lens.instrument.on(day_of(case))
    units = {name: unit.name for name, unit in lens.policy.units.items()}
    told = explanation(case.classified.classification, ruleset)
    said = passages(told, ruleset, units)
    by_key = {it.key: it.sentences for it in said}
    return Otherwise(
        why=by_key.get("why", ()),
        levels=tuple(it for it in said if it.key.startswith("why_not_")),
        together=by_key.get("together", ()),
        confirm=by_key.get("disregarded", ()),
    )
