"""A million past concerns under two versions of the rules, beside the oracle on the same concerns.

The concerns are the examples and variants of them, drawn again until they are enough. Reading them
from a file is timed apart: it is done once, and the replay as often as somebody changes a rule.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from adapters.calendar import rest_day
from adapters.columns import files
from adapters.columns.past import ColumnConcerns
from bench.concerns import Concern as Told
from bench.concerns import concerns
from bench.table import number, table
from bench.target import Target
from rules.engines.oracle import Oracle
from rules.language.ruleset import RuleSet
from rules.level import Level
from workflows.concern_line import Concern
from workflows.recounting import Recount
from workflows.replaying import replay

Run = Callable[[], object]
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 1)
COLUMNS = "kolumner: två versioner, intervall, regler, flöden och vilka som ändras"
WHOLE = "hela uppspelningen: också kontrollen, skäl och frist för var och en som ändras"
ORACLE = "ren Python, en och en: två versioner, bara vilka regler som stämmer"
FULL = "ren Python, en och en: två versioner, med intervall"
LINES = "läsa JSON-rader"
PARQUET = "läsa Parquet"


@dataclass(frozen=True, slots=True)
class Line:
    """One way through `count` concerns; `faster` is how many times the bare oracle, if compared."""

    name: str
    count: int
    seconds: float
    faster: float | None = None

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was measured, how many concerns changed level in it, and what was promised of it."""

    lines: tuple[Line, ...]
    changed: int
    targets: tuple[Target, ...]


def compare(ruleset: RuleSet, *, count: int, rounds: int) -> Replayed:
    """The table; the replay counts a sample twice, and nothing is timed if they differ."""
    told = concerns(ruleset, variants=max(1, count // 4000))
    several, new = _dated(told), changed(ruleset)
    few = ColumnConcerns.of(several, ruleset.words)
    many = ColumnConcerns(few.rows.sample(count, with_replacement=True, seed=2026))
    found = replay(many, ruleset, new, today=TODAY, rests=rest_day)
    runs: dict[str, tuple[int, Run]] = {
        COLUMNS: (count, lambda: _columns(many, ruleset, new)),
        WHOLE: (count, lambda: replay(many, ruleset, new, today=TODAY, rests=rest_day)),
        ORACLE: (len(told), lambda: _oracle(told, ruleset, new)),
        FULL: (len(told), lambda: _recount(several, ruleset, new)),
    }
    lines = (*_in_turn(runs, rounds), *_read(several, many, ruleset))
    return Replayed(lines, len(found.changes), _targets(lines))


def shown(found: Replayed) -> str:
    """The table as a person reads it."""
    title = (
        "Tidigare anmälningar under två versioner av reglerna;"
        f" {number(found.changed)} får en annan nivå.\n"
        "Anmälningarna är exemplen och varianter av dem, dragna om tills de räcker."
        " Att läsa filen räknas för sig."
    )
    heads = ("", "anmälningar", "sekunder", "per sekund", "mot ren Python")
    rows = (
        (
            line.name,
            number(line.count),
            number(line.seconds, 2),
            number(line.per_second),
            "" if line.faster is None else f"{number(line.faster, 1)} ×",
        )
        for line in found.lines
    )
    return table(title, heads, rows)


def _targets(lines: Iterable[Line]) -> tuple[Target, ...]:
    by_name = {line.name: line for line in lines}
    whole = by_name[WHOLE]
    return (
        Target("kolumner mot ren Python, per anmälan", 20, by_name[COLUMNS].faster or 0.0),
        Target(f"{number(whole.count)} anmälningar, hela uppspelningen", 5, whole.seconds, "s"),
    )


def _in_turn(runs: Mapping[str, tuple[int, Run]], rounds: int) -> Iterator[Line]:
    """Each round everybody runs once; medians, and how much faster round by round."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (count, run) in runs.items():
            taken[name].append(_timed(run) / count)
    for name, (count, _) in runs.items():
        pairs = zip(taken[ORACLE], taken[name], strict=True)
        yield Line(
            name, count, median(taken[name]) * count, median(one / other for one, other in pairs)
        )


def changed(ruleset: RuleSet) -> RuleSet:
    """Another version: every seventh orange rule is röd, and every ninth röd one orange."""
    rules = list(ruleset.rules)
    for level, other, step in ((Level.ORANGE, Level.RED, 7), (Level.RED, Level.ORANGE, 9)):
        places = [place for place, rule in enumerate(ruleset.rules) if rule.level is level]
        for place in places[::step]:
            rules[place] = replace(rules[place], level=other)
    return replace(ruleset, rules=tuple(rules), version=f"{ruleset.version}-ny")


def _dated(told: Sequence[Told]) -> tuple[Concern, ...]:
    """Each with an id and a time within half a year."""
    random = Random(2026)
    return tuple(
        Concern(
            f"a-{number}",
            it.facts,
            it.answers,
            NEW_YEAR + timedelta(minutes=random.randrange(180 * 24 * 60)),
        )
        for number, it in enumerate(told)
    )


def _columns(many: ColumnConcerns, old: RuleSet, new: RuleSet) -> object:
    both = many.compared(old, new, today=TODAY)
    return both.flows, both.shifts, both.changed


def _oracle(told: Sequence[Told], old: RuleSet, new: RuleSet) -> None:
    for oracle in (Oracle(old.all_rules), Oracle(new.all_rules)):
        for it in told:
            oracle.fire(it.situation)


def _recount(several: Sequence[Concern], old: RuleSet, new: RuleSet) -> None:
    for recount in (Recount(old, TODAY), Recount(new, TODAY)):
        for it in several:
            recount.outcome(it)


def _read(several: Sequence[Concern], many: ColumnConcerns, ruleset: RuleSet) -> tuple[Line, Line]:
    with TemporaryDirectory() as folder:
        lines, parquet = Path(folder, "a.jsonl"), Path(folder, "a.parquet")
        lines.write_text("\n".join(map(_line, several)), "utf-8")
        many.rows.write_parquet(parquet)
        return (
            Line(LINES, len(several), _timed(lambda: files.load(lines, ruleset.words))),
            Line(PARQUET, len(many), _timed(lambda: files.load(parquet, ruleset.words))),
        )


def _line(it: Concern) -> str:
    answers = {name: {"value": a.value.value, "source": a.source} for name, a in it.answers.items()}
    at = it.received_at.isoformat() if it.received_at else None
    told = {"id": it.id, "received_at": at, "facts": dict(it.facts), "answers": answers}
    return json.dumps(told, ensure_ascii=False)


def _timed(run: Run) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun
