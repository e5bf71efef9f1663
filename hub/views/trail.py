"""The access log as lines to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.views.times import moment
from workflows.ports import Access

_FEW = 3


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Who did what, when, and whether it was let."""

    when: str
    who: str
    action: str
    cases: str
    relation: str
    granted: str
    symbol: str


def access_lines(
    log: Sequence[Access], names: Mapping[str, str], numbers: Mapping[str, str]
) -> tuple[AccessLine, ...]:
    """The newest first; cases by their number, so that the log itself tells no names."""
    return tuple(
        AccessLine(
            when=moment(it.at),
            who=names.get(it.account_id, "Programmet" if it.account_id == "program" else "okänd"),
            action=it.action,
            cases=_cases(it.case_ids, numbers),
            relation=it.relation,
            granted="Nekad" if not it.granted else "Medgiven",
            symbol="✖" if not it.granted else "✔",
        )
        for it in log
    )


def _cases(case_ids: Sequence[str], numbers: Mapping[str, str]) -> str:
    if len(case_ids) <= _FEW:
        return ", ".join(numbers.get(case_id, case_id) for case_id in case_ids)
    return f"{len(case_ids)} ärenden"
