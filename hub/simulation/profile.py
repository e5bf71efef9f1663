"""What a simulated municipality is like: arrivals, staffing, work, units, outages; all invented."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rules.level import Level
from rules.local_time import STOCKHOLM, midnight

Weekday = Literal["mån", "tis", "ons", "tors", "fre", "lör", "sön"]
Team = Literal["mottagning", "beslutare", "utredare", "chef"]
Share = Annotated[float, Field(ge=0, le=1)]
Some = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]

WEEKDAYS: tuple[Weekday, ...] = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
MOST_PEOPLE = 50


class Section(BaseModel):
    """Strict and frozen: an unknown field is an error, never a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Duration(Section):
    """A log-normal length: half are shorter than `median`, two thirds within a factor `spread`."""

    median: Positive
    spread: Annotated[float, Field(ge=1, le=10)]


def _something_happens(weights: tuple[float, ...]) -> tuple[float, ...]:
    if not any(weights):
        raise ValueError("något av talen måste vara större än noll")
    return weights


class Arrivals(Section):
    """When concerns come in: weights by hour and weekday, and the share that each level has."""

    per_week: Positive
    hours: Annotated[
        tuple[Some, ...], Field(min_length=24, max_length=24), AfterValidator(_something_happens)
    ]
    weekdays: Annotated[
        tuple[Some, ...], Field(min_length=7, max_length=7), AfterValidator(_something_happens)
    ]
    levels: Mapping[Level, Some]
    jitter: Share

    @model_validator(mode="after")
    def _some_level(self) -> "Arrivals":
        if not any(self.levels.values()):
            raise ValueError("något av talen i levels måste vara större än noll")
        return self


class Block(Section):
    """So many people of a team at work on some weekdays, from one hour until another."""

    team: Team
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    start: Annotated[int, Field(ge=0, le=23)]
    end: Annotated[int, Field(ge=1, le=24)]
    people: Annotated[int, Field(ge=0, le=MOST_PEOPLE)]

    @model_validator(mode="after")
    def _forwards(self) -> "Block":
        if self.end <= self.start:
            raise ValueError("end måste vara senare än start; dela passet vid midnatt")
        return self

    @property
    def hours(self) -> int:
        """Hours of a week."""
        return len(self.days) * (self.end - self.start)

    def covers(self, at: datetime) -> bool:
        local = at.astimezone(STOCKHOLM)
        return WEEKDAYS[local.weekday()] in self.days and self.start <= local.hour < self.end

    @property
    def name(self) -> str:
        """As people read it: who, which days, which hours."""
        return f"{self.team}, {_days(self.days)} kl. {self.start:02d}–{self.end:02d}"


def _days(days: tuple[Weekday, ...]) -> str:
    places = sorted(WEEKDAYS.index(day) for day in days)
    if places == list(range(7)):
        return "alla dagar"
    unbroken = len(places) > 1 and places == list(range(places[0], places[-1] + 1))
    if unbroken:
        return f"{WEEKDAYS[places[0]]}–{WEEKDAYS[places[-1]]}"
    return ", ".join(WEEKDAYS[place] for place in places)


class Habit(Section):
    """How a unit answers a call: in good time, `late`, or `never`; lengths in minutes."""

    answer: Duration
    late: Share
    late_answer: Duration
    never: Share
    knows: Share

    @model_validator(mode="after")
    def _adds_up(self) -> "Habit":
        if self.late + self.never > 1:
            raise ValueError("late och never blir tillsammans mer än 1")
        return self


class Outage(Section):
    """Something is down: `hours` long, from `hour` o'clock on day `day`, counted from 0."""

    what: Literal["bevakning", "post"]
    day: Annotated[int, Field(ge=0)]
    hour: Annotated[int, Field(ge=0, le=23)]
    hours: Annotated[float, Field(gt=0, le=24 * 30)]


class Decisions(Section):
    """How concerns of each level end: the share that open an investigation, by level."""

    opened: Mapping[Level, Share]


class Search(Section):
    """What the search for staffing varies and looks at."""

    teams: Annotated[tuple[Team, ...], Field(min_length=1)]
    promises: Annotated[tuple[str, ...], Field(min_length=1)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    most: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    days: Annotated[int, Field(ge=1, le=365)]
    seeds: Annotated[int, Field(ge=1, le=50)]
    proof_seeds: Annotated[int, Field(ge=3, le=50)]


class Profile(Section):
    """One municipality; lengths of work in minutes, `wait` in days."""

    name: Annotated[str, Field(min_length=1)]
    start: date
    arrivals: Arrivals
    staffing: tuple[Block, ...]
    absence: Mapping[Team, Share]
    work: Mapping[str, Duration]
    wait: Mapping[Level, Duration]
    investigation: Duration
    decisions: Decisions
    units: Mapping[str, Habit]
    other_units: Habit
    outages: tuple[Outage, ...] = ()
    search: Search

    @model_validator(mode="after")
    def _knows_every_step(self) -> "Profile":
        missing = [step for step in STEPS if step not in self.work]
        unknown = [step for step in self.work if step not in STEPS]
        if missing or unknown:
            raise ValueError(
                f"work ska säga hur lång tid varje steg tar: {', '.join(STEPS)}"
                f" (saknas: {', '.join(missing) or '–'}; okända: {', '.join(unknown) or '–'})"
            )
        return self

    def habit(self, unit: str) -> Habit:
        """How `unit` answers; one that is not named does as the others."""
        return self.units.get(unit, self.other_units)

    def begins(self) -> datetime:
        """Midnight in Sweden on the first day."""
        return _midnight(self.start)

    def down(self, outage: Outage) -> tuple[datetime, datetime]:
        """From when until when; the length is elapsed time."""
        day = self.start + timedelta(days=outage.day)
        since = datetime.combine(day, time(outage.hour), STOCKHOLM).astimezone(UTC)
        return since, since + timedelta(hours=outage.hours)


def _midnight(day: date) -> datetime:
    return midnight(day)


STEPS = (
    "registrering",
    "skyddsbedömning",
    "nivå",
    "kallelse",
    "möte",
    "ombedömning",
    "beslut",
    "överlämning",
    "mottagande",
    "information",
    "återkoppling",
    "förklaring",
    "avslut",
)
