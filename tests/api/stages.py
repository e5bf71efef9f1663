"""A case at the stages where relations to it differ, made by the workflows themselves."""

from datetime import timedelta

from rules.breaches import Explanation
from rules.level import Level
from rules.statement import DecisionKind, MapItem, Section
from tests.people import CIA, CURT, MIRA, UTA, World, report
from workflows import assessing, breaches, convening, deciding, meeting, registering
from workflows.watching import sweep


def registered_case(world: World) -> str:
    """Registered, protection assessed, level confirmed, and one deadline already passed."""
    (case,) = registering.register(
        world.office, MIRA, report(received_at=world.clock.now - timedelta(hours=5))
    )
    assessing.assess_protection(world.office, MIRA, case.id, needed=False, reasons="Tryggt.")
    assessing.set_level(world.office, MIRA, case.id, level=Level.RED)
    sweep(world.office)
    return case.id


def handed_over_case(world: World) -> str:
    """Barn called, meeting held, decided to open, handed over, not yet received."""
    office, case_id = world.office, registered_case(world)
    convening.call_hub(office, MIRA, case_id, units=("barn",))
    began, ended = world.clock.forward(hours=3), world.clock.forward(minutes=30)
    meeting.hold(
        office,
        MIRA,
        case_id,
        started_at=began,
        ended_at=ended,
        present=("Mira",),
        present_units=("barn",),
    )
    item = MapItem(section=Section.RISKS, text="Våld.", source="skola")
    meeting.make_mapping(office, MIRA, case_id, items=(item,))
    meeting.make_assessment(office, MIRA, case_id, level=Level.RED, reasons="Våld.")
    deciding.decide(office, MIRA, case_id, decision=DecisionKind.OPEN, reasons="Skydd.")
    deciding.hand_over(office, MIRA, case_id)
    sweep(office)
    return case_id


def closed_case(world: World) -> str:
    """Received by Uta and closed in the hub."""
    office, case_id = world.office, handed_over_case(world)
    case = deciding.acknowledge(office, UTA, case_id)
    for key, clock in case.clocks.items():
        if clock.breach_is_open:
            who = CURT if clock.passed and clock.passed.owner == "utredning" else CIA
            said = Explanation(key=key, cause="annat", comment="Sent.", measure="Ingen.")
            breaches.explain(office, who, case_id, said=said)
    deciding.close(office, MIRA, case_id)
    return case_id
