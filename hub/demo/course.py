"""The course of one demo case: each method makes a scene in which one ordinary step is taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from hub.demo.stage import Scene, Stage
from rules.answer import Answer, Value
from rules.breaches import Explanation
from rules.concern import Report
from rules.errors import GateClosed
from rules.level import Level
from rules.local_time import local_day
from rules.people import Actor
from rules.policy import Act
from rules.postponing import Asked
from rules.statement import AnswerKind, DecisionKind, Dissent, MapItem, Statement
from workflows import (
    assessing,
    breaches,
    convening,
    deciding,
    feedback,
    meeting,
    postponing,
    requesting,
)
from workflows.ports import Office
from workflows.registering import register

INTAKE = "mottagning"
INVESTIGATOR = "utredare"
Step = Callable[[Office, Actor, str], object]
_DONE = "Steget är gjort; ingen mer åtgärd."
_REMAINS = "Steget är inte gjort ännu. Vi gör det i dag, före allt annat."


@dataclass(frozen=True, slots=True)
class Course:
    """Scenes of the case called `name`; every `ago` is in minutes before the demo begins.

    `name:2` is the second child of the same report.
    """

    name: str

    def register(
        self, ago: float, make: Callable[[date], Report], *, received: float, by: str = INTAKE
    ) -> Scene:
        """The concern that came in `received` minutes before the demo is registered."""

        def act(stage: Stage) -> None:
            report = make(local_day(stage.begins))
            reference = f"demo:{self.name}"
            report = replace(report, received_at=stage.ago(received), reference=reference)
            cases = register(stage.office, stage.actors[by], report)
            stage.cases[self.name] = tuple(case.id for case in cases)

        return Scene(ago, act)

    def protect(self, ago: float, reasons: str, *, measures: str = "") -> Scene:
        """The omedelbar skyddsbedömning; with measures when protection is needed."""
        return self._step(
            ago,
            lambda office, actor, case: assessing.assess_protection(
                office, actor, case, needed=bool(measures), reasons=reasons, measures=measures
            ),
        )

    def confirm(self, ago: float) -> Scene:
        """The proposed level is confirmed."""

        def act(stage: Stage) -> None:
            case = stage.case(self.name)
            assessing.set_level(stage.office, stage.actors[INTAKE], case.id, level=case.level)

        return Scene(ago, act)

    def set_level(self, ago: float, level: Level, reason: str) -> Scene:
        """A person says another level; a lower one becomes a proposal."""
        return self._step(
            ago,
            lambda office, actor, case: assessing.set_level(
                office, actor, case, level=level, reason=reason
            ),
        )

    def learn(self, ago: float, source: str, answers: Mapping[str, Value]) -> Scene:
        """More answers to the instrument."""
        given = {indicator: Answer(value, source) for indicator, value in answers.items()}
        return self._step(
            ago,
            lambda office, actor, case: assessing.answer_questions(
                office, actor, case, answers=given
            ),
        )

    def call(self, ago: float, *units: str, meets: float | None = None) -> Scene:
        """The hub is called to the proposed time, or to one so many minutes before the demo."""

        def act(stage: Stage) -> None:
            starts_at = None if meets is None else stage.ago(meets)
            convening.call_hub(
                stage.office,
                stage.actors[INTAKE],
                stage.case_id(self.name),
                units=units,
                starts_at=starts_at,
            )

        return Scene(ago, act)

    def know(self, ago: float, unit: str, *statements: Statement) -> Scene:
        """A unit knows the child or the context."""
        return self._answer(ago, unit, AnswerKind.KNOWN, statements=statements)

    def know_nothing(self, ago: float, unit: str) -> Scene:
        """A unit attests that it does not know them."""
        return self._answer(ago, unit, AnswerKind.NOT_KNOWN)

    def system_down(self, ago: float, unit: str) -> Scene:
        """A unit cannot look."""
        return self._answer(ago, unit, AnswerKind.SYSTEM_DOWN)

    def meet(self, ago: float, *units: str, lasted: float = 30) -> Scene:
        """The meeting has just been held with these units, and is recorded."""

        def act(stage: Stage) -> None:
            present = tuple(stage.actors[unit].name for unit in (INTAKE, *units))
            meeting.hold(
                stage.office,
                stage.actors[INTAKE],
                stage.case_id(self.name),
                started_at=stage.ago(ago + lasted),
                ended_at=stage.ago(ago),
                present=present,
                present_units=units,
            )

        return Scene(ago, act)

    def chart(self, ago: float, *items: MapItem) -> Scene:
        """The joint kartläggning."""
        return self._step(
            ago,
            lambda office, actor, case: meeting.make_mapping(office, actor, case, items=items),
        )

    def assess(self, ago: float, level: Level, reasons: str, *dissents: Dissent) -> Scene:
        """The joint bedömning."""
        return self._step(
            ago,
            lambda office, actor, case: meeting.make_assessment(
                office, actor, case, level=level, reasons=reasons, dissents=dissents
            ),
        )

    def decide(self, ago: float, decision: DecisionKind, reasons: str) -> Scene:
        """The decision that ends the förhandsbedömning."""
        return self._step(
            ago,
            lambda office, actor, case: deciding.decide(
                office, actor, case, decision=decision, reasons=reasons
            ),
        )

    def hand_over(self, ago: float) -> Scene:
        """Everything the hub knew goes to the investigators."""
        return self._step(ago, deciding.hand_over)

    def take_over(self, ago: float) -> Scene:
        """An investigator acknowledges."""
        return self._step(ago, deciding.acknowledge, by=INVESTIGATOR)

    def inform(self, ago: float, how: str) -> Scene:
        """Those concerned are told of the investigation."""
        return self._step(
            ago,
            lambda office, actor, case: deciding.inform(office, actor, case, how=how),
            by=INVESTIGATOR,
        )

    def ask(self, ago: float, party: str, question: str, *, by: str = INTAKE) -> Scene:
        """Somebody asks an outside party; that the gate is shut is part of the story."""

        def step(office: Office, actor: Actor, case: str) -> None:
            try:
                requesting.request(
                    office, actor, case, party=party, act=Act.GATHER, question=question
                )
            except GateClosed:
                return

        return self._step(ago, step, by=by)

    def extend(self, ago: float, clock: str, *, until: float, reason: str, by: str) -> Scene:
        """The running clock gets a later end, to so many minutes before the demo."""
        return self._postpone(ago, clock, postponing.extend, until=until, reason=reason, by=by)

    def rest(self, ago: float, clock: str, *, until: float, reason: str, by: str) -> Scene:
        """The running clock rests, at the longest until so many minutes before the demo."""
        return self._postpone(ago, clock, postponing.suspend, until=until, reason=reason, by=by)

    def want_feedback(self, ago: float) -> Scene:
        """The reporter asks to hear back."""
        return self._step(ago, feedback.request_feedback)

    def feed_back(self, ago: float, channel: str) -> Scene:
        """The reporter is told what the law lets be told."""
        return self._step(
            ago,
            lambda office, actor, case: feedback.give_feedback(
                office, actor, case, channel=channel
            ),
        )

    def explain(self, ago: float, *, by: str, cause: str, comment: str) -> Scene:
        """A chef explains every breach of the case that is theirs."""

        def act(stage: Stage) -> None:
            case, chef = stage.case(self.name), stage.actors[by]
            for key, clock in case.clocks.items():
                if clock.breach_is_open and clock.started.unit == chef.unit:
                    said = Explanation(
                        key=key,
                        cause=cause,
                        comment=comment,
                        measure=_DONE if clock.stopped else _REMAINS,
                    )
                    breaches.explain(stage.office, chef, case.id, said=said)

        return Scene(ago, act)

    def close(self, ago: float, reason: str) -> Scene:
        """The hub lets go."""
        return self._step(
            ago, lambda office, actor, case: deciding.close(office, actor, case, reason=reason)
        )

    def _postpone(
        self,
        ago: float,
        clock: str,
        step: Callable[..., object],
        *,
        until: float,
        reason: str,
        by: str,
    ) -> Scene:
        def act(stage: Stage) -> None:
            clocks = stage.case(self.name).clocks.items()
            (key,) = (it for it, one in clocks if one.running and one.started.clock == clock)
            asked = Asked(key=key, until=stage.ago(until), reason=reason)
            step(stage.office, stage.actors[by], stage.case_id(self.name), asked=asked)

        return Scene(ago, act)

    def _answer(
        self,
        ago: float,
        unit: str,
        kind: AnswerKind,
        *,
        statements: tuple[Statement, ...] = (),
        reason: str = "",
    ) -> Scene:
        def step(office: Office, actor: Actor, case: str) -> None:
            convening.answer(
                office, actor, case, unit=unit, kind=kind, statements=statements, reason=reason
            )

        return self._step(ago, step, by=unit)

    def _step(self, ago: float, step: Step, *, by: str = INTAKE) -> Scene:
        def act(stage: Stage) -> None:
            step(stage.office, stage.actors[by], stage.case_id(self.name))

        return Scene(ago, act)
