"""What every page about a case shows of it: identity, level with its reasons, other cases."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.views import words
from hub.views.times import day, moment
from hub.views.words import LevelTag, level_tag
from rules.access import PERMITS, Action, Relation
from rules.case import Case
from rules.classification import Classification
from rules.concern import Related
from rules.language.ruleset import RuleSet
from rules.policy import Policy
from workflows.document import DECISIONS
from workflows.source_words import in_words


@dataclass(frozen=True, slots=True)
class Lens:
    """What a view needs besides the case: the questions, the policy, people's names, the time.

    `rules_of` gives the rules of an older version by its name, None when they cannot be read.
    """

    instrument: RuleSet
    policy: Policy
    names: Mapping[str, str]
    at: datetime
    rules_of: Callable[[str], RuleSet | None]

    def name(self, account_id: str) -> str:
        """Who it was, by name."""
        return self.names.get(account_id, "Programmet" if account_id == "program" else "okänd")

    def unit(self, unit: str | None) -> str:
        return words.unit_name(self.policy, unit)

    def question(self, indicator: str) -> str:
        known = self.instrument.indicators.get(indicator)
        return known.ask if known else indicator

    def ground(self, text: str) -> str:
        """What something rests on, in words."""
        return in_words(text, self.instrument.sources)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bar at the top of every page about a case."""

    case_id: str
    number: str
    child: str
    born: str
    personal_number: str
    protected: bool
    protection: str
    phase: str
    level: LevelTag
    received: str
    tabs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that held: its level, the reason and what it rests on."""

    rule: str
    level: LevelTag
    because: str
    ground: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question worth asking next, and the level that the answer would give."""

    question: str
    answer: str
    level: LevelTag


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say, with all that explains it."""

    level: LevelTag
    interval: str
    reasons: tuple[Reason, ...]
    ask_next: tuple[Ask, ...]
    disregarded: tuple[str, ...]
    protective: tuple[str, ...]
    incident: str
    version: str


@dataclass(frozen=True, slots=True)
class Known:
    """Another case that was found: earlier, a sibling's, or from the same report."""

    case_id: str
    number: str
    relation: str
    received: str
    level: str
    outcome: str


def identity(case: Case) -> Identity:
    """Who the case is about, and where it stands."""
    child = case.child
    return Identity(
        case_id=case.id,
        number=case.number,
        child=child.name or "Namn okänt",
        born=child.birth_date.isoformat() if child.birth_date else "okänd",
        personal_number=child.personal_number or "okänt",
        protected=child.is_protected,
        protection=words.PROTECTED[child.protected],
        phase=_phase(case),
        level=level_tag(case.level, confirmed=case.confirmed_level is not None),
        received=moment(case.received_at),
        tabs=_tabs(case.id),
    )


def _phase(case: Case) -> str:
    if case.closed:
        return "Avslutat i hubben"
    return case.phase.value.capitalize()


def _tabs(case_id: str) -> tuple[tuple[str, str], ...]:
    base = f"/cases/{case_id}"
    return (
        (base, "Översikt"),
        (f"{base}/hub", "Hubben"),
        (f"{base}/clocks", "Frister"),
        (f"{base}/package", "Samlat underlag"),
        (f"{base}/chronology", "Händelser"),
    )


def permitted(relations: Iterable[Relation]) -> frozenset[Action]:
    """What the relations permit, taken together."""
    held = frozenset(relations)
    return frozenset(action for action, wanted in PERMITS.items() if held & wanted)


def known(related: Related) -> Known:
    """How another case is shown: number, level and how it ended."""
    outcome = DECISIONS.get(related.outcome or "", "")
    running = "pågår" if related.open else "avslutat"
    return Known(
        case_id=related.case_id,
        number=related.number,
        relation=related.relation.capitalize(),
        received=day(related.received_at),
        level=(related.level or "").capitalize(),
        outcome=outcome or running,
    )


def assessment(case: Case, lens: Lens) -> Assessment | None:
    """The latest classification in words; None before the rules have been run."""
    if case.classified is None:
        return None
    return explained(case.classified.classification, lens)


def explained(said: Classification, lens: Lens) -> Assessment:
    """A classification in words."""
    low, high = said.possible
    return Assessment(
        level=level_tag(said.level),
        interval="" if low is high else f"{low.value} till {high.value}",
        reasons=tuple(
            Reason(it.rule, level_tag(it.level), it.because, lens.ground(it.law or it.source or ""))
            for it in sorted(said.findings, key=lambda finding: -finding.level.rank)
        ),
        ask_next=tuple(
            Ask(lens.question(it.indicator), it.answer, level_tag(it.level))
            for it in said.ask_next[:6]
        ),
        disregarded=tuple(f"{lens.question(it.indicator)} {it.because}" for it in said.disregarded),
        protective=tuple(_protective(said, lens)),
        incident=said.incident or "",
        version=said.rules_version,
    )


def _protective(said: Classification, lens: Lens) -> Iterable[str]:
    """Shown to the one who assesses; they never lower a level by themselves."""
    for name, answer in said.answers.items():
        known = lens.instrument.indicators.get(name)
        if known and known.kind.value == "skydd" and answer.value.value == "ja":
            yield known.ask
