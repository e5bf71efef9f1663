"""One concern from its arrival to its end: each step is an ordinary one, taken by somebody free."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.simulation.causes import Cause, cause, code
from hub.simulation.concerns import Incoming
from hub.simulation.people import address
from hub.simulation.profile import Team
from hub.simulation.town import Town
from hub.simulation.worker import case_of
from rules.breaches import Explanation
from rules.case import Case
from rules.clock import Clock
from rules.deciding import missing_before_close
from rules.level import Level
from rules.statement import (
    About,
    AnswerKind,
    DecisionKind,
    MapItem,
    Nature,
    Section,
    Statement,
)
from workflows import assessing, breaches, convening, deciding, feedback, meeting
from workflows.registering import register

SAID = "Simulering: inget verkligt barn."
_STATEMENT = Statement(text=SAID, source="simulering", about=About.CHILD, nature=Nature.FACT)
_POINT = MapItem(section=Section.CHILD, text=SAID, source="simulering")


@dataclass(slots=True)
class Course:
    """What happens with one concern; `reached_at` is when each unit got word of its call."""

    town: Town
    incoming: Incoming
    case_id: str = ""
    level: Level = Level.RED
    known: Case | None = None
    reached_at: dict[str, datetime] = field(default_factory=dict)
    _meeting_at: datetime | None = None
    _explaining: bool = False
    _reweighing: bool = False
    _closing: bool = False

    def arrive(self) -> None:
        """Nobody knows yet how urgent it is, so it is taken as the most urgent."""
        self._ask("mottagning", "registrering", self._register)

    def _register(self) -> None:
        people = self.town.people
        (case,) = register(self.town.office, people.intake, self.incoming.report)
        self.case_id = case.id
        self.town.worker.followers[case.id] = self
        self._keep(case)
        self._ask("mottagning", "skyddsbedömning", self._protect)

    def _protect(self) -> None:
        needed = self.level is Level.RED
        case = assessing.assess_protection(
            self.town.office,
            self.town.people.intake,
            self.case_id,
            needed=needed,
            reasons=SAID,
            measures=SAID if needed else "",
        )
        self._keep(case)
        self._ask("mottagning", "nivå", self._confirm)

    def _confirm(self) -> None:
        office, intake = self.town.office, self.town.people.intake
        level = self._case().proposed_level
        case = assessing.set_level(office, intake, self.case_id, level=level, reason=SAID)
        self._keep(case)
        if case.level in office.rulebook().hub_levels:
            self._ask("mottagning", "kallelse", self._call)
        else:
            wait = self.town.profile.wait.get(case.level)
            days = self.town.draws.length(wait, self.incoming.number, "väntan") if wait else 0
            self.town.later(timedelta(days=days), self._ask_decision)

    def _call(self) -> None:
        case = convening.call_hub(self.town.office, self.town.people.intake, self.case_id)
        assert case.call is not None
        self._meeting_at = case.call.starts_at
        self.town.agenda.put(case.call.starts_at, self._ask_meeting)
        self._keep(case)

    def reached(self, address_: str) -> None:
        """A unit has got word of the call: from now on it looks for what it knows."""
        for unit, actor in self.town.people.units.items():
            if address(actor) == address_ and self._meeting_at and unit not in self.reached_at:
                self.reached_at[unit] = self.town.agenda.at
                self._promise_answer(unit)

    def _promise_answer(self, unit: str) -> None:
        town, number = self.town, self.incoming.number
        habit = town.profile.habit(unit)
        chance = town.draws.chance(number, unit, "svarar")
        if chance < habit.never:
            return
        late = chance < habit.never + habit.late
        length = habit.late_answer if late else habit.answer
        wait = town.length(length, number, unit, "svar")
        town.later(wait, lambda: self._answer(unit))

    def _answer(self, unit: str) -> None:
        town, case = self.town, self._case()
        if case.closed or unit not in case.units:
            return
        knows = (
            town.draws.chance(self.incoming.number, unit, "känner") < town.profile.habit(unit).knows
        )
        after = convening.answer(
            town.office,
            town.people.units[unit],
            self.case_id,
            unit=unit,
            kind=AnswerKind.KNOWN if knows else AnswerKind.NOT_KNOWN,
            statements=(_STATEMENT,) if knows else (),
        )
        self._keep(after)
        if after.late_answers and after.assessments:
            self._reweigh()

    def _ask_meeting(self) -> None:
        self._ask("mottagning", "möte", self._meet)

    def _meet(self) -> None:
        office, intake = self.town.office, self.town.people.intake
        held = self.town.length(self.town.profile.work["möte"], self.incoming.number, "möte")
        units = tuple(name for name, it in self._case().units.items() if it.answer)
        meeting.hold(
            office,
            intake,
            self.case_id,
            started_at=self.town.agenda.at - held,
            ended_at=self.town.agenda.at,
            present=(intake.name, *(self.town.people.units[it].name for it in units)),
            present_units=units,
        )
        meeting.make_mapping(office, intake, self.case_id, items=(_POINT,))
        self._assess()
        self._ask_decision()

    def _assess(self) -> None:
        case = meeting.make_assessment(
            self.town.office,
            self.town.people.intake,
            self.case_id,
            level=self.level,
            reasons=SAID,
        )
        self._keep(case)

    def _reweigh(self) -> None:
        if not self._reweighing:
            self._reweighing = True
            self._ask("mottagning", "ombedömning", self._reassess)

    def _reassess(self) -> None:
        self._reweighing = False
        if self._case().closed is None:
            self._assess()
            self._try_to_close()

    def _ask_decision(self) -> None:
        self._ask("beslutare", "beslut", self._decide)

    def _decide(self) -> None:
        town, people = self.town, self.town.people
        chance = town.draws.chance(self.incoming.number, "inleds")
        opens = chance < town.profile.decisions.opened.get(self.level, 0.0)
        if self._case().late_answers and not opens:
            self._assess()
        case = deciding.decide(
            town.office,
            people.decider,
            self.case_id,
            decision=DecisionKind.OPEN if opens else DecisionKind.NOT_OPEN,
            reasons=SAID,
            violence_considered="" if opens else SAID,
        )
        self._keep(case)
        if opens:
            self._ask("mottagning", "överlämning", self._hand_over)
        if case.feedback.requested and case.registered.reporter.kind.under_duty:
            self._ask("mottagning", "återkoppling", self._feed_back)
        self._try_to_close()

    def _hand_over(self) -> None:
        self._keep(deciding.hand_over(self.town.office, self.town.people.intake, self.case_id))
        self._ask("utredare", "mottagande", self._receive)

    def _receive(self) -> None:
        town, people = self.town, self.town.people
        self._keep(deciding.acknowledge(town.office, people.investigator, self.case_id))
        self._ask("utredare", "information", self._inform)
        days = town.draws.length(town.profile.investigation, self.incoming.number, "utredning")
        town.later(timedelta(days=days), self._conclude)
        self._try_to_close()

    def _inform(self) -> None:
        town = self.town
        case = deciding.inform(town.office, town.people.investigator, self.case_id, how=SAID)
        self._keep(case)

    def _conclude(self) -> None:
        town = self.town
        case = deciding.conclude(town.office, town.people.investigator, self.case_id, outcome=SAID)
        self._keep(case)

    def _feed_back(self) -> None:
        town = self.town
        case = feedback.give_feedback(
            town.office, town.people.intake, self.case_id, channel="telefon"
        )
        self._keep(case)
        self._try_to_close()

    def breached(self, case: Case) -> None:
        """A deadline has passed: the chef who owns it is to say why."""
        self.known = case
        if not self._explaining:
            self._explaining = True
            self._ask("chef", "förklaring", self._explain)

    def _explain(self) -> None:
        self._explaining = False
        town, case = self.town, case_of(self.town.office, self.case_id)
        for key, clock in case.clocks.items():
            if clock.passed is not None and clock.explained is None:
                chef = town.people.chefs[clock.passed.owner]
                why = code(self.why(case, clock), town.office.rulebook().policy.breach_causes)
                said = Explanation(key=key, cause=why, comment=SAID, measure=SAID)
                self._keep(breaches.explain(town.office, chef, self.case_id, said=said))
        self._try_to_close()

    def why(self, case: Case, clock: Clock) -> Cause:
        """Why the deadline passed, as far as is known now."""
        return cause(case, clock, self.town.seen(self.incoming.number, self.reached_at))

    def _try_to_close(self) -> None:
        case = self._case()
        if case.closed is None and not self._closing and not missing_before_close(case):
            self._closing = True
            self._ask("mottagning", "avslut", self._close)

    def _close(self) -> None:
        """Something may have come in between; then it is tried again when that is done."""
        self._closing = False
        if not missing_before_close(self._case()):
            case = deciding.close(self.town.office, self.town.people.intake, self.case_id)
            self._keep(case)

    def _case(self) -> Case:
        """The case as its last step, or its last breach, left it."""
        assert self.known is not None
        return self.known

    def _keep(self, case: Case) -> None:
        self.known = case
        self.level = case.level
        self.town.worker.kept(case)

    def _ask(self, team: Team, step: str, done: Callable[[], None]) -> None:
        urgency = (-self.level.rank, self.incoming.at, self.incoming.number)
        number = self.incoming.number
        self.town.ask(team, step, done, concern=number, urgency=urgency)
