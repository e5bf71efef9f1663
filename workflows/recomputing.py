"""Every classification once more under the version of its day: it must come out bit for bit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from rules.classification import Classification
from rules.engines.rulebook import LiveRules, live
from rules.errors import Invalid
from rules.language.fault import Unreadable, Unsound
from rules.local_time import local_day
from rules.people import PROGRAM
from workflows.ports import Office, UnitOfWork
from workflows.rule_ports import Past
from workflows.versions import RuleAction, log

BATCH = 500
_PLAIN = TypeAdapter(Classification)
# An engine that failed that day does not fail again; the rest must still be the same.
_OF_A_FAULT = frozenset({"level", "possible", "findings", "ask_next", "engines_agree", "incident"})


@dataclass(frozen=True, slots=True)
class Unlike:
    """A classification that did not come out the same: where it stands, and what differs."""

    number: str
    position: int
    version: str
    what: str

    @property
    def sentence(self) -> str:
        """As a person reads it."""
        return f"Ärende {self.number}, rad {self.position} i journalen, {self.version}: {self.what}"


@dataclass(slots=True)
class Recomputed:
    """How many came out the same, how many were made by a failing engine, and all the others."""

    count: int = 0
    incidents: int = 0
    unlike: list[Unlike] = field(default_factory=list)


def recompute(office: Office, *, number: str | None = None) -> Recomputed:
    """Every classification of the journal, or of the case with this number.

    Every case looked at is in the access log before it is read. Raises Invalid when there is no
    such case.
    """
    found = Recomputed()
    versions = _Versions(office)
    try:
        for past in _logged(office, number):
            _judge(past, versions, found)
    finally:
        versions.retire()
    return found


def _logged(office: Office, number: str | None) -> Iterator[Past]:
    case_id = _case(office, number) if number else None
    after = 0
    while True:
        with office.uow() as work:
            batch = work.rules.history(after=after, limit=BATCH, case_id=case_id)
            if not batch:
                return
            _log(work, office, batch)
            work.commit()
        yield from batch
        after = batch[-1].position


def _case(office: Office, number: str) -> str:
    with office.uow() as work:
        row = work.lists.by_number(number)
    if row is None:
        raise Invalid({"case": "Det finns inget ärende med det numret."})
    return row.case_id


def _log(work: UnitOfWork, office: Office, batch: tuple[Past, ...]) -> None:
    case_ids = tuple(dict.fromkeys(past.case_id for past in batch))
    log(work, office, PROGRAM, action=RuleAction.RECOMPUTE, detail="", case_ids=case_ids)


class _Versions:
    """The versions met so far, each read and compiled once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._made: dict[str, LiveRules | str] = {}

    def of(self, name: str) -> LiveRules | str:
        """The version by its full name, or why it cannot be used."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> LiveRules | str:
        with self._office.uow() as work:
            kept = work.rules.version(name)
        if kept is None:
            return "versionen är inte sparad."
        try:
            rules = live(self._office.read_rules(kept.text))
        except (Unreadable, Unsound):
            return "versionen går inte att läsa."
        return rules if rules.version == name else "versionens text är en annan än dess namn säger."

    def retire(self) -> None:
        """Give back what the engines hold."""
        for rules in self._made.values():
            if isinstance(rules, LiveRules):
                rules.engines.retire()


def _judge(past: Past, versions: _Versions, found: Recomputed) -> None:
    found.count += 1
    said = past.classification
    version = said.rules_version if said else "okänd version"
    what = "raden går inte att läsa." if said is None else _unlike(past, said, versions)
    if what:
        found.unlike.append(Unlike(past.number, past.position, version, what))
    elif said is not None and said.incident:
        found.incidents += 1


def _unlike(past: Past, said: Classification, versions: _Versions) -> str:
    """What differs; empty when nothing does."""
    rules = versions.of(said.rules_version)
    if isinstance(rules, str):
        return rules
    if past.received_at is None:
        return "ärendet saknas i listorna; kör hub rebuild."
    day = local_day(past.received_at)
    try:
        again = rules.classify(said.facts, said.answers, on=day)
    except Invalid:
        return "versionen känner inte till det som står i raden."
    fields = _differing(said, again)
    if said.incident and said.level.rank >= again.level.rank:
        fields -= _OF_A_FAULT
    if not fields:
        return ""
    levels = (
        f" ({said.level.value} i journalen, {again.level.value} nu)" if "level" in fields else ""
    )
    return f"skiljer i {', '.join(sorted(fields))}{levels}."


def _differing(said: Classification, again: Classification) -> frozenset[str]:
    before, after = _plain(said), _plain(again)
    return frozenset(name for name in before if before[name] != after[name])


def _plain(said: Classification) -> Mapping[str, object]:
    found: Mapping[str, object] = _PLAIN.dump_python(said, mode="json")
    return found
