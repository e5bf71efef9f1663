"""Made-up concerns: like the project's examples in what is answered, without anybody in them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hub.import_line import read_line
from hub.simulation.draws import Draws
from hub.simulation.profile import Arrivals, Profile
from rules.answer import Answer, Value
from rules.concern import Channel, Child, Protected, Report, ReportedChild, Reporter, ReporterKind
from rules.level import Level
from rules.local_time import STOCKHOLM

TITLE = "Simulerad anmälan"
TEXT = "Påhittad anmälan ur en simulering. Ingen person är beskriven."


@dataclass(frozen=True, slots=True)
class Example:
    """What is kept of an example: who reports, what is answered and known, and its level."""

    level: Level
    kind: ReporterKind
    wants_feedback: bool
    answers: Mapping[str, Answer]
    facts: Mapping[str, int | bool | str | None]

    def report(self, at: datetime, answers: Mapping[str, Answer]) -> Report:
        """A concern like this one that comes in at `at`; it is about nobody."""
        child = ReportedChild(
            child=Child(protected=Protected.NO), answers=answers, facts=self.facts
        )
        return Report(
            received_at=at,
            channel=Channel.PHONE,
            reporter=Reporter(kind=self.kind, wants_feedback=self.wants_feedback),
            title=TITLE,
            text=TEXT,
            children=(child,),
        )


@dataclass(frozen=True, slots=True)
class Incoming:
    """A concern that comes in at a moment; `number` is its place in the simulation."""

    number: int
    at: datetime
    report: Report


def examples_of(lines: Iterable[str]) -> tuple[Example, ...]:
    """The examples, one a line, with the level that each is expected to get."""
    return tuple(_example(line) for line in lines if line.strip())


def _example(line: str) -> Example:
    report = read_line(line)
    child = report.children[0]
    return Example(
        level=Level(json.loads(line)["expected"]["level"]),
        kind=report.reporter.kind,
        wants_feedback=report.reporter.wants_feedback,
        answers=child.answers,
        facts=child.facts,
    )


def incoming(
    profile: Profile, examples: tuple[Example, ...], draws: Draws, *, until: datetime
) -> Iterator[Incoming]:
    """The concerns that come in before `until`, in the order of time."""
    for number, at in enumerate(moments(profile.arrivals, draws, profile.begins(), until=until)):
        yield Incoming(
            number,
            at,
            _report(profile.arrivals, examples, draws.of("anmälan", number), at=at),
        )


def moments(
    arrivals: Arrivals, draws: Draws, since: datetime, *, until: datetime
) -> Iterator[datetime]:
    """A Poisson process whose rate follows the hour and the weekday, by thinning."""
    highest = max(arrivals.hours) * max(arrivals.weekdays)
    total = sum(arrivals.hours) * sum(arrivals.weekdays)
    per_hour = arrivals.per_week * highest / total
    draw = draws.of("inkommer")
    at = since
    while True:
        at += timedelta(hours=draw.expovariate(per_hour))
        if at >= until:
            return
        local = at.astimezone(STOCKHOLM)
        weight = arrivals.hours[local.hour] * arrivals.weekdays[local.weekday()]
        if draw.random() * highest < weight:
            yield at


def _report(
    arrivals: Arrivals, examples: tuple[Example, ...], draw: Random, *, at: datetime
) -> Report:
    levels = sorted(arrivals.levels, key=lambda level: level.rank)
    level = draw.choices(levels, [arrivals.levels[it] for it in levels])[0]
    one = draw.choice([it for it in examples if it.level is level] or list(examples))
    answers = {
        name: replace(answer, value=Value.UNKNOWN) if draw.random() < arrivals.jitter else answer
        for name, answer in one.answers.items()
    }
    return one.report(at, answers)
