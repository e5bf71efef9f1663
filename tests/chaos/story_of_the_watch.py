"""What happens around meetings and the watch itself, in acts: absences, outages, the watchdog."""

from dataclasses import replace
from datetime import timedelta

from hub.simulation.people import admitted
from tests.chaos.place import Place
from tests.chaos.survivors import Act
from tests.people import BEA, MIRA, SYS, VIVI
from workflows import (
    absences,
    deliveries,
    delivering,
    duty,
    ledger,
    meeting_board,
    outages,
    promises,
)
from workflows.absences import Away
from workflows.ledger import Wanted


def acts() -> tuple[Act, ...]:
    """In order."""
    return (
        Act("away", _away),
        Act("back", lambda it: absences.end_absence(it.office, BEA, it.noted("absence"))),
        Act("meetings", lambda it: meeting_board.read_meetings(it.office, MIRA)),
        Act("first sign of life", lambda it: outages.beat(it.office, "w")),
        Act("outage ends", lambda it: outages.beat(it.office, "w"), minutes=90),
        Act("outages", lambda it: outages.read(it.office, VIVI)),
        Act("ledger", lambda it: ledger.read_ledger(it.office, VIVI, Wanted())),
        Act("ledger exported", lambda it: ledger.export_ledger(it.office, VIVI, Wanted())),
        Act("duty list", lambda it: duty.read_duty_list(it.office, MIRA)),
        Act("refused for good", _refused_for_good, minutes=60, again=60),
        Act("sent again", _sent_again),
        Act("settled otherwise", _settled),
        Act("watchdog", lambda it: promises.watch(it.office, promises.Own(place="w"))),
        Act("people of a simulation", lambda it: admitted(it.office)),
    )


def _refused_for_good(place: Place) -> None:
    delivering.deliver(place.office, replace(place.post, answers=False, for_good=True))


def _sent_again(place: Place) -> None:
    """The first that was given up."""
    with place.office.uow() as work:
        dead = work.outbox.dead()
    deliveries.resend(place.office, SYS, dead[0].id)


def _settled(place: Place) -> None:
    """The next that was given up."""
    with place.office.uow() as work:
        dead = work.outbox.dead()
    deliveries.settle(place.office, SYS, dead[0].id, reason="Ringt i stället.")


def _away(place: Place) -> None:
    at = place.clock.now
    away = Away(account=BEA.id, starts_at=at + timedelta(days=1), ends_at=at + timedelta(days=2))
    place.note("absence", absences.set_absence(place.office, BEA, away).id)
