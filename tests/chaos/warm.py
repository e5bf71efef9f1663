"""What every forked process would make anew is made once, before they part."""

from rules.level import Level
from tests.people import GREEN, MIRA, ORANGE, World, report, rules
from workflows.assessing import assess_protection, set_level
from workflows.convening import call_hub
from workflows.registering import register
from workflows.watching import sweep


def warm() -> None:
    """One case in memory, far enough that all that is made lazily is made."""
    world = World()
    world.admit(MIRA)
    for answers in (GREEN, ORANGE):
        register(world.office, MIRA, report(answers=answers))
    (case,) = register(world.office, MIRA, report())
    assess_protection(world.office, MIRA, case.id, needed=False, reasons="Tryggt.")
    set_level(world.office, MIRA, case.id, level=Level.RED)
    call_hub(world.office, MIRA, case.id, units=("barn",))
    for days in range(30):
        rules().classify({}, {}, on=world.clock.forward(days=days > 0).date())
    sweep(world.office)
