"""What happens around meetings and the watch itself, in acts: absences, outages, the watchdog."""

from datetime import timedelta

from tests.chaos.place import Place
from tests.chaos.survivors import Act
from tests.people import BEA, MIRA, VIVI
from workflows import absences, meeting_board, outages, promises
from workflows.absences import Away


def acts() -> tuple[Act, ...]:
    """In order."""
    return (
        Act("away", _away),
        Act("back", lambda it: absences.end_absence(it.office, BEA, it.noted("absence"))),
        Act("meetings", lambda it: meeting_board.read_meetings(it.office, MIRA)),
        Act("first sign of life", lambda it: outages.beat(it.office, "w")),
        Act("outage ends", lambda it: outages.beat(it.office, "w"), minutes=90),
        Act("outages", lambda it: outages.read(it.office, VIVI)),
        Act("watchdog", lambda it: promises.watch(it.office, promises.Own(place="w"))),
    )


def _away(place: Place) -> None:
    at = place.clock.now
    away = Away(account=BEA.id, starts_at=at + timedelta(days=1), ends_at=at + timedelta(days=2))
    place.note("absence", absences.set_absence(place.office, BEA, away).id)
