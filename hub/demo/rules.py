"""A proposal that waits for an answer: a stricter number, its examples moved with it."""

from collections.abc import Callable, Mapping, Sequence

from rules.language.fault import Path
from rules.people import Actor
from workflows import versions
from workflows.carrying import carried
from workflows.drafting import LABEL
from workflows.ports import Office

Row = Mapping[str, object]
Rewrite = Callable[[str, Mapping[Path, int | str | Sequence[Row]]], str]

_LABEL = "2026.2-forslag"
_NUMBER = "flera"
_WHY = "Fyra svårigheter i barnets utveckling visade sig ofta vara mer än en fråga för skolan."


def propose(office: Office, owner: Actor, rewrite: Rewrite) -> None:
    """One step stricter than what is in force; nothing where the file has no such number."""
    text = versions.read_version(office, office.rulebook().version).text
    parameter = office.read_rules(text).ruleset.parameters.get(_NUMBER)
    if parameter is None or not parameter.value or parameter.value < 2:
        return
    place = ("parameters", _NUMBER)
    stricter = rewrite(
        text,
        {LABEL: _LABEL, (*place, "value"): parameter.value - 1, (*place, "because"): _WHY},
    )
    whole = rewrite(stricter, carried(office.read_rules(stricter)))
    versions.propose(office, owner, text=whole, note=_WHY)
