"""A concern's course in short words: each function takes one case one stage further."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from rules.answer import Answer
from rules.breaches import Explanation
from rules.case import Case
from rules.concern import Report
from rules.fold import replay
from rules.level import Level
from rules.people import Actor
from rules.statement import (
    About,
    AnswerKind,
    DecisionKind,
    MapItem,
    Nature,
    Section,
    Statement,
    Weight,
)
from tests.people import (
    BEA,
    CIA,
    EKA,
    EVERYONE,
    MIRA,
    NORA,
    RED,
    UNO,
    UTA,
    VERA,
    World,
    report,
)  # fmt: skip
from workflows import assessing, breaches, convening, deciding, feedback, meeting, watching
from workflows.delivery_ports import Notice
from workflows.registering import register

UNITS = ("barn", "ungdom")
SPOKESMAN: Mapping[str, Actor] = {"barn": BEA, "ungdom": UNO, "vuxen": VERA, "ekonomi": EKA}
SECRET = "Mormor bor på Ängsgatan."
KNOWN = Statement(
    text=SECRET,
    source="journal",
    about=About.CONTEXT,
    nature=Nature.FACT,
    weight=Weight.PROTECTION,
)
ITEM = MapItem(section=Section.FAMILY, text=SECRET, source="Barn och familj")


def new_world() -> World:
    """A world where everyone has an account."""
    world = World()
    world.admit(*EVERYONE)
    return world


@dataclass
class Course:
    """One case on its way; `world` is where it happens and `id` which it is."""

    world: World = field(default_factory=new_world)
    id: str = ""

    @property
    def case(self) -> Case:
        found = replay(self.id, self.world.store.journal[self.id])
        assert found is not None
        return found

    @property
    def kinds(self) -> list[str]:
        """What has happened apart from clocks, in order."""
        events = self.world.store.journal[self.id]
        clocks = ("clock_started", "clock_stopped", "deadline_passed")
        return [event.kind for event in events if event.kind not in clocks]

    @property
    def notices(self) -> tuple[Notice, ...]:
        mine = (delivery.notice for delivery in self.world.store.notices)
        return tuple(notice for notice in mine if notice.case_id == self.id)

    def register(
        self, given: Report | None = None, *, answers: Mapping[str, Answer] = RED
    ) -> "Course":
        (case,) = register(self.world.office, MIRA, given or report(answers=answers))
        self.id = case.id
        return self

    def protect(self) -> "Course":
        assessing.assess_protection(
            self.world.office, MIRA, self.id, needed=False, reasons="Hos mormor i natt."
        )
        return self

    def confirm(self, level: Level | None = None) -> "Course":
        wanted = level or self.case.proposed_level
        assessing.set_level(self.world.office, MIRA, self.id, level=wanted, reason="Samlat.")
        return self

    def call(self, *units: str) -> "Course":
        convening.call_hub(self.world.office, MIRA, self.id, units=units or UNITS)
        return self

    def answer(
        self, unit: str = "barn", kind: AnswerKind = AnswerKind.KNOWN, who: Actor | None = None
    ) -> "Course":
        convening.answer(
            self.world.office,
            who or SPOKESMAN[unit],
            self.id,
            unit=unit,
            kind=kind,
            statements=(KNOWN,) if kind is AnswerKind.KNOWN else (),
        )
        return self

    def meet(self) -> "Course":
        now = self.world.clock.forward(minutes=30)
        meeting.hold(
            self.world.office,
            MIRA,
            self.id,
            started_at=now - timedelta(minutes=20),
            ended_at=now,
            present=("Mira", "Bea"),
            present_units=("barn",),
        )
        return self

    def map(self) -> "Course":
        meeting.make_mapping(self.world.office, MIRA, self.id, items=(ITEM,))
        return self

    def assess(self, level: Level = Level.RED) -> "Course":
        self.world.clock.forward(minutes=1)
        meeting.make_assessment(
            self.world.office, MIRA, self.id, level=level, reasons="Samlad bild."
        )
        return self

    def decide(
        self, decision: DecisionKind = DecisionKind.OPEN, who: Actor = MIRA, **more: str
    ) -> "Course":
        deciding.decide(self.world.office, who, self.id, decision=decision, reasons="Våld.", **more)  # type: ignore[arg-type]
        return self

    def hand_over(self) -> "Course":
        deciding.hand_over(self.world.office, MIRA, self.id)
        return self

    def receive(self) -> "Course":
        deciding.acknowledge(self.world.office, UTA, self.id)
        return self

    def feed_back(self) -> "Course":
        feedback.give_feedback(self.world.office, MIRA, self.id, channel="telefon")
        return self

    def explain_all(self) -> "Course":
        for key, clock in self.case.clocks.items():
            if clock.breach_is_open:
                said = Explanation(key=key, cause="komplext", comment="Kö.", measure="Ingen.")
                breaches.explain(self.world.office, CIA, self.id, said=said)
        return self

    def close(self) -> "Course":
        deciding.close(self.world.office, NORA, self.id)
        return self

    def sweep(self) -> watching.Sweep:
        return watching.sweep(self.world.office)

    def until_called(self, *units: str) -> "Course":
        return self.register().protect().confirm().call(*units)

    def until_met(self) -> "Course":
        return self.until_called().answer("barn").meet()

    def until_decided(self) -> "Course":
        return self.until_met().map().assess().decide()


def begun() -> Course:
    return Course().register()
