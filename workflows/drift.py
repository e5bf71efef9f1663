"""How the rules fare among people: how often a proposed level is raised or lowered, and which
rules and questions never say anything. Sums over the journal; no name, and no case but its number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.answer import Value
from rules.classification import Classification
from rules.days import Days, week_of
from rules.language.period import Period
from rules.language.ruleset import RuleSet
from rules.people import Actor, Role
from rules.share import Share
from workflows.judgements import Course, Judgement, LevelStory, stories
from workflows.ports import Office
from workflows.versions import RuleAction, log, require

NO_RULE = ""
NO_UNIT = ""
READERS = (Role.RULE_OWNER, Role.MANAGER, Role.REVIEWER)
# Whoever can run the program on its own machine; the log says that it was done there.
FOLLOWER = Actor(id="kommandoraden", name="hub rules drift", roles=frozenset({Role.RULE_OWNER}))


@dataclass(frozen=True, slots=True)
class Answered:
    """How many proposals people confirmed, raised and lowered."""

    confirmed: int = 0
    raised: int = 0
    lowered: int = 0

    @property
    def count(self) -> int:
        return self.confirmed + self.raised + self.lowered

    @property
    def raises(self) -> Share:
        return Share(self.raised, self.count)

    @property
    def lowers(self) -> Share:
        return Share(self.lowered, self.count)


@dataclass(frozen=True, slots=True)
class Asked:
    """In how many of `concerns` a question was asked, and what was answered."""

    indicator: str
    concerns: int
    asked: int
    yes: int
    no: int

    @property
    def never_asked(self) -> bool:
        """Of those that came in; when none did there is nothing to say."""
        return self.concerns > 0 and self.asked == 0

    @property
    def always_unknown(self) -> bool:
        """It was asked, and nobody ever knew."""
        return self.asked > 0 and not self.yes + self.no

    @property
    def never_varied(self) -> bool:
        """Several knew, and all said the same; okänt is no answer of its own here."""
        known = self.yes + self.no
        return known > 1 and known in (self.yes, self.no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A period, counted.

    Under `rules` a proposal counts once for each rule that determined it, NO_RULE when none did;
    under each of the others every proposal counts once. `weeks` are named by their Monday, and all
    of the period are there. `units` are those of whoever set the level, or proposed to lower it.
    """

    days: Days
    version: str
    whole: Answered
    rules: Mapping[str, Answered]
    units: Mapping[str, Answered]
    weeks: Mapping[date, Answered]
    versions: Mapping[str, Answered]
    declined: int
    faulty: int
    unanswered: int
    unreadable: tuple[str, ...]
    concerns: int
    of_version: int
    fired: Mapping[str, int]
    asked: tuple[Asked, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Rules of the version in force that held for none of the concerns of the period."""
        return tuple(rule for rule, count in self.fired.items() if self.concerns and not count)


def read_drift(office: Office, actor: Actor, *, ruleset: RuleSet, days: Days) -> Drift:
    """The sums of a period; the look is one line in the access log with every case in it."""
    require(office, actor, RuleAction.DRIFT, *READERS)
    with office.uow() as work:
        units = {account.id: account.unit or NO_UNIT for account in work.people.everyone()}
        sums = Sums(days, units)
        for story in stories(work.history.levels(days.since, days.until)):
            sums.add(story)
        case_ids = tuple(sums.case_ids)
        detail = f"{days.first}–{days.last}"
        log(work, office, actor, action=RuleAction.DRIFT, detail=detail, case_ids=case_ids)
        work.commit()
    return sums.drift(ruleset)


@dataclass(slots=True)
class Sums:
    """Adds up one case at a time, so that any number of them takes the same room."""

    days: Days
    units: Mapping[str, str]
    case_ids: list[str] = field(default_factory=list)
    _answers: Counter[tuple[str, object, Course]] = field(default_factory=Counter)
    _said: Counter[tuple[str, Value]] = field(default_factory=Counter)
    _fired: Counter[str] = field(default_factory=Counter)
    _counts: Counter[str] = field(default_factory=Counter)
    _versions: Counter[str] = field(default_factory=Counter)
    _unreadable: list[str] = field(default_factory=list)

    def add(self, story: LevelStory) -> None:
        """One case, once; a case that cannot be read is told of and counted nowhere."""
        self.case_ids.append(story.case_id)
        if not story.readable:
            self._unreadable.append(story.number)
            return
        said = [it.classification for it in story.classified if self._within(it.at)]
        if said:
            self._use(said)
        judgement = story.judgement
        if judgement is None:
            self._counts["unanswered"] += bool(said)
        elif self._within(judgement.at):
            self._answer(judgement)
        self._counts["declined"] += sum(
            it.kind == "lowering_declined" and self._within(it.at) for it in story.events
        )

    def _within(self, at: datetime) -> bool:
        return self.days.since <= at < self.days.until

    def _use(self, said: list[Classification]) -> None:
        self._counts["concerns"] += 1
        self._fired.update({it.rule for one in said for it in one.findings})
        self._said.update((name, it.value) for name, it in said[-1].answers.items())
        self._versions.update({one.rules_version for one in said})

    def _answer(self, judgement: Judgement) -> None:
        said = judgement.said.classification
        if said.incident:
            # Not what the rules proposed: an engine failed and the level was raised for it.
            self._counts["faulty"] += 1
            return
        kinds = (
            ("whole", ""),
            ("unit", self.units.get(judgement.by, NO_UNIT)),
            ("week", week_of(judgement.at)),
            ("version", said.rules_version),
            *(("rule", rule) for rule in judgement.rules or (NO_RULE,)),
        )
        self._answers.update((kind, key, judgement.course) for kind, key in kinds)

    def drift(self, ruleset: RuleSet) -> Drift:
        """The sums, told in the rules and questions of the version in force."""
        concerns = self._counts["concerns"]
        weeks = {week: self._answered("week", week) for week in self.days.weeks}
        return Drift(
            days=self.days,
            version=ruleset.version,
            whole=self._answered("whole", ""),
            rules=dict(self._by("rule")),
            units=dict(self._by("unit")),
            weeks=weeks,
            versions=dict(self._by("version")),
            declined=self._counts["declined"],
            faulty=self._counts["faulty"],
            unanswered=self._counts["unanswered"],
            unreadable=tuple(sorted(self._unreadable)),
            concerns=concerns,
            of_version=self._versions[ruleset.version],
            fired={name: self._fired[name] for name in _names(ruleset, self.days)},
            asked=tuple(self._asked(name, concerns) for name in ruleset.indicators),
        )

    def _answered(self, kind: str, key: object) -> Answered:
        return Answered(
            confirmed=self._answers[kind, key, Course.CONFIRMED],
            raised=self._answers[kind, key, Course.RAISED],
            lowered=self._answers[kind, key, Course.LOWERED],
        )

    def _by(self, kind: str) -> Iterator[tuple[str, Answered]]:
        """Those that people have changed most often first."""
        keys = {str(key) for of, key, _ in self._answers if of == kind}
        found = {key: self._answered(kind, key) for key in keys}
        order = sorted(
            found, key=lambda key: (-found[key].raised - found[key].lowered, -found[key].count, key)
        )
        return ((key, found[key]) for key in order)

    def _asked(self, name: str, concerns: int) -> Asked:
        yes, no = self._said[name, Value.YES], self._said[name, Value.NO]
        return Asked(name, concerns, yes + no + self._said[name, Value.UNKNOWN], yes, no)


def _names(ruleset: RuleSet, days: Days) -> Iterable[str]:
    """The rules that were in force on any of the days, each once, in the order of the file."""
    whole = Period(days.first, days.last)
    return dict.fromkeys(rule.id for rule in ruleset.rules if rule.period.shared(whole))
