"""After a storm: what was promised to whom, held against the journal and nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, text

from adapters.verification import verify
from rules.alarms import due_events
from rules.clock_events import Alerted, ClockStarted, DeadlinePassed
from rules.clocks import promise_is_kept
from rules.events import EVENT, Event
from rules.fold import replay
from rules.schedule import Calendar
from tests.chaos.ledger import twice
from tests.chaos.place import Place
from tests.people import rules
from workflows.notices import alarm_key

_EVENTS = text("SELECT case_id, event FROM journal ORDER BY case_id, seq")
_KEYS = text("SELECT key FROM outbox WHERE case_id <> ''")
_REFERENCES = text("SELECT reference, case_id FROM cases WHERE reference IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Audit:
    """Figures of a storm; `faults` are sentences and must be none."""

    cases: int
    clocks: int
    breaches: int
    escalations: int
    letters: int
    letters_again: int
    lost: int
    double: int
    faults: tuple[str, ...]


def audit(place: Place, at: datetime, *, unsure: int) -> Audit:
    """Everything that must hold at `at`, when the last sweep has been.

    `unsure` is how often somebody died between handing a letter over and keeping that it was.
    """
    cases = _cases(place.engine)
    events = [event for story in cases.values() for event in story]
    lost = list(_lost(place, cases))
    double = [*(it for story in cases.values() for it in twice(story)), *_registered_twice(place)]
    letters = Counter(place.post.keys())
    again = letters.total() - len(letters)
    faults = [*verify(place.engine), *_unkept(cases), *missing(place, at)]
    if again > unsure:
        faults.append(f"{again} letters handed over again, only {unsure} unsure deaths")
    return Audit(
        cases=len(cases),
        clocks=sum(isinstance(it, ClockStarted) for it in events),
        breaches=sum(isinstance(it, DeadlinePassed) for it in events),
        escalations=sum(isinstance(it, Alerted) and it.step.startswith("frist") for it in events),
        letters=len(letters),
        letters_again=again,
        lost=len(lost),
        double=len(double),
        faults=(*faults, *lost, *double),
    )


def _cases(engine: Engine) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    with engine.connect() as connection:
        for case_id, event in connection.execute(_EVENTS):
            found.setdefault(case_id, []).append(EVENT.validate_json(event))
    return {case_id: tuple(events) for case_id, events in found.items()}


def _lost(place: Place, cases: dict[str, tuple[Event, ...]]) -> list[str]:
    """What a client was told is kept, and is not."""
    with place.engine.connect() as connection:
        known = {reference for reference, _ in connection.execute(_REFERENCES)}
    faults = []
    for line in (place.folder / "acknowledged.txt").read_text("utf-8").splitlines():
        _, case_id, version, reference = line.split()
        if len(cases.get(case_id, ())) < int(version):
            faults.append(f"acknowledged and gone: {line}")
        if reference not in ("-", *known):
            faults.append(f"acknowledged and unknown: {line}")
    return faults


def _registered_twice(place: Place) -> list[str]:
    with place.engine.connect() as connection:
        found = Counter(reference for reference, _ in connection.execute(_REFERENCES))
    return [f"registered twice: {reference}" for reference, count in found.items() if count > 1]


def _unkept(cases: dict[str, tuple[Event, ...]]) -> list[str]:
    folded = {case_id: replay(case_id, events) for case_id, events in cases.items()}
    return [
        f"no promise: {name}" for name, it in folded.items() if not it or not promise_is_kept(it)
    ]


def missing(place: Place, at: datetime) -> list[str]:
    """What is due and not recorded, and what is recorded as told and was never put out."""
    there, cases = place.office, _cases(place.engine)
    calendar = Calendar(rules().policy, rules().version, there.rests)
    with place.engine.connect() as connection:
        put_out = set(connection.scalars(_KEYS))
    faults = []
    for case_id, events in cases.items():
        case = replay(case_id, events)
        assert case is not None
        faults += [
            f"due and not told: {case_id} {it.kind}" for it in due_events(case, calendar, at)
        ]
        alerts = [it for it in events if isinstance(it, Alerted)]
        keys = [alarm_key(case_id, it, told) for it in alerts for told in it.told]
        faults += [f"told and not put out: {key}" for key in keys if key not in put_out]
    return faults
