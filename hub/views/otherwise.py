"""Why the level of a case is no other, and what would change it: in the sentences of the rules."""

from dataclasses import dataclass

import structlog

from hub.views.case import Lens
from rules.case import Case
from rules.classification import Classification
from rules.engines.explanation import explanation
from rules.engines.reasons import Passage, passages
from rules.language.ruleset import RuleSet
from workflows.facts import day_of


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What makes the rules hold, why no other level, what raises together, what to confirm."""

    why: tuple[str, ...] = ()
    levels: tuple[Passage, ...] = ()
    together: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    failed: bool = False


def otherwise(case: Case, lens: Lens) -> Otherwise:
    """The latest classification compared with what else could be known, by the rules of its day.

    A case can always be read: when the explanation fails, that is what is told.
    """
    if case.classified is None:
        return Otherwise()
    try:
        return _explained(case, case.classified.classification, lens)
    except Exception:  # noqa: BLE001  whatever fails here, the case and its level are shown
        version = case.classified.classification.rules_version
        structlog.get_logger().critical("explanation.failed", case=case.id, rules_version=version)
        return Otherwise(failed=True)


def _rules(version: str, lens: Lens) -> RuleSet:
    """Those that made the classification; today's, which then compare nothing, if they are gone."""
    if version == lens.instrument.version:
        return lens.instrument
    return lens.rules_of(version) or lens.instrument


def _explained(case: Case, found: Classification, lens: Lens) -> Otherwise:
    ruleset = _rules(found.rules_version, lens).on(day_of(case))
    units = {name: unit.name for name, unit in lens.policy.units.items()}
    told = explanation(found, ruleset)
    said = passages(told, ruleset, units)
    by_key = {it.key: it.sentences for it in said}
    return Otherwise(
        why=by_key.get("why", ()),
        levels=tuple(it for it in said if it.key.startswith("why_not_")),
        together=by_key.get("together", ()),
        confirm=by_key.get("disregarded", ()),
    )
