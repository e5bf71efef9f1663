"""How the rules fare among people, as a person reads it and as a program does."""

from collections.abc import Iterator, Mapping, Sequence

from hub.views.drift import beside, said
from hub.views.shares import share
from hub.views.weeks import week_label
from rules.language.ruleset import RuleSet
from rules.share import Share
from workflows.drift import NO_RULE, NO_UNIT, Answered, Drift


def text(found: Drift) -> Iterator[str]:
    """The whole first, then where it differs, then what in the rules says nothing."""
    days = found.days
    yield f"{days.first}–{days.last}: {_line(found.whole)}."
    yield (
        f"{found.concerns} anmälningar klassades, {found.of_version} med versionen som gäller"
        f" ({found.version})."
    )
    yield from beside(found)
    weeks = {week_label(week): it for week, it in found.weeks.items() if it.count}
    yield from _table("Per regel som avgjorde", _named(found.rules, NO_RULE, "ingen regel"))
    yield from _table("Per enhet", _named(found.units, NO_UNIT, "utan enhet"))
    yield from _table("Per vecka", weeks)
    yield from _table("Per version", found.versions)
    yield from _list("Regler som aldrig har stämt", found.silent)
    for head, lines in (
        ("Frågor som ingen har besvarat", [it for it in found.asked if it.never_asked]),
        ("Frågor som alltid är okända", [it for it in found.asked if it.always_unknown]),
        ("Frågor som alla har svarat lika på", [it for it in found.asked if it.never_varied]),
    ):
        yield from _list(head, [f"{it.indicator}: {said(it)}".removesuffix(": ") for it in lines])


def plain(found: Drift, ruleset: RuleSet) -> dict[str, object]:
    """The same for programs; a share has its interval, and None when there are too few."""
    return {
        "from": str(found.days.first),
        "until": str(found.days.last),
        "version": found.version,
        "concerns": found.concerns,
        "concerns_of_version": found.of_version,
        "whole": _plain(found.whole),
        "rules": [{"rule": key or None, **_plain(it)} for key, it in found.rules.items()],
        "units": [{"unit": key or None, **_plain(it)} for key, it in found.units.items()],
        "weeks": [{"week": _iso(week_label(key)), **_plain(it)} for key, it in found.weeks.items()],
        "versions": [{"version": key, **_plain(it)} for key, it in found.versions.items()],
        "unanswered": found.unanswered,
        "declined": found.declined,
        "engine_faults": found.faulty,
        "unreadable": list(found.unreadable),
        "silent_rules": list(found.silent),
        "questions": [
            {
                "indicator": it.indicator,
                "kind": ruleset.indicators[it.indicator].kind.value,
                "asked": it.asked,
                "yes": it.yes,
                "no": it.no,
                "never_asked": it.never_asked,
                "always_unknown": it.always_unknown,
                "never_varied": it.never_varied,
            }
            for it in found.asked
        ],
    }


def _iso(label: str) -> str:
    """`2026-W11`."""
    year, _, week = label.split(" ")
    return f"{year}-W{int(week):02d}"


def _named(found: Mapping[str, Answered], key: str, name: str) -> Mapping[str, Answered]:
    return {name if it == key else it: answered for it, answered in found.items()}


def _line(it: Answered) -> str:
    return f"{it.count} bedömda; höjda {share(it.raises)}; sänkta {share(it.lowers)}"


def _table(head: str, rows: Mapping[str, Answered]) -> Iterator[str]:
    yield from _list(head, [f"{name}: {_line(it)}" for name, it in rows.items()])


def _list(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{head}:"
        yield from (f"  {line}" for line in lines)


def _plain(it: Answered) -> dict[str, object]:
    return {
        "judged": it.count,
        "confirmed": it.confirmed,
        "raised": _share(it.raises),
        "lowered": _share(it.lowers),
    }


def _share(found: Share) -> dict[str, object]:
    low, high = found.interval
    shown = found.tellable
    return {
        "count": found.count,
        "share": round(found.value, 4) if shown else None,
        "low": round(low, 4) if shown else None,
        "high": round(high, 4) if shown else None,
    }
