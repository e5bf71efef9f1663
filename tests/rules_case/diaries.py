"""Slot policies, diaries and wishes that a test about meeting times begins with."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rules.absences import Absence
from rules.diary import Booking, Diary
from rules.slot_policy import RoomPolicy, SlotPolicy
from rules.wish import Wish

SWEDEN = ZoneInfo("Europe/Stockholm")
ROOMS = tuple(RoomPolicy(id=f"rum-{number}", name=f"Rum {number}") for number in range(1, 5))
EVERY_DAY = SlotPolicy.model_validate(
    {
        "weekdays": ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
        "times": [
            *("08.30", "10.00", "11.30", "13.00", "14.30", "16.00", "18.00", "20.00", "22.00")
        ],
        "length": "30 min",
        "answer_time": "2 h",
        "decision_time": "15 min",
        "rooms": ROOMS[:1],
    }
)
WORKDAYS = EVERY_DAY.model_copy(
    update={
        "weekdays": ("mån", "tis", "ons", "tors", "fre"),
        "times": ("15.00", "09.00"),
        "on_rest_days": False,
    }
)
NIGHTS = EVERY_DAY.model_copy(update={"times": ("01.30", "03.00", "02.30", "02.00", "23.30")})


def swedish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN).astimezone(UTC)


def local(at: datetime) -> str:
    return at.astimezone(SWEDEN).isoformat(timespec="minutes")[:16]


def rooms(policy: SlotPolicy, number: int) -> SlotPolicy:
    return policy.model_copy(update={"rooms": ROOMS[:number]})


def booking(text: str, *units: str, room: str = "rum-1", minutes: int = 30) -> Booking:
    start = swedish(text)
    return Booking(start, start + timedelta(minutes=minutes), room, units)


def away(
    account: str, since: str, until: str, *, deputy: str | None = None, back: str | None = None
) -> Absence:
    return Absence(
        id=f"{account}-{since}",
        account=account,
        starts_at=swedish(since),
        ends_at=swedish(until),
        deputy=deputy,
        set_by=account,
        set_at=swedish(since),
        back_at=swedish(back) if back else None,
    )


BEGINNING = datetime(2026, 3, 28, 12, tzinfo=UTC)
UNITS = ("barn", "ungdom")
PEOPLE = {"barn": ("Bea", "Bo"), "ungdom": ("Uno",)}
moments = st.integers(0, 30 * 60 * 60).map(lambda it: BEGINNING + timedelta(seconds=it))
lengths = st.integers(1, 6 * 60).map(lambda it: timedelta(minutes=it))
bookings = st.builds(
    lambda start, room, units: Booking(start, start + timedelta(minutes=30), room, units),
    moments.map(lambda it: it.replace(second=0)),
    st.sampled_from([room.id for room in ROOMS]),
    st.sets(st.sampled_from(UNITS)).map(lambda it: tuple(sorted(it))),
)
absences = st.builds(
    lambda account, start, length, deputy: Absence(
        id="x",
        account=account,
        starts_at=start,
        ends_at=start + length,
        deputy=deputy,
        set_by=account,
        set_at=start,
    ),
    st.sampled_from(["Bea", "Bo", "Uno"]),
    moments,
    lengths,
    st.sampled_from([None, "Eka", "Bo"]),
)
diaries = st.builds(
    Diary,
    st.lists(bookings, max_size=8).map(tuple),
    st.sampled_from([PEOPLE, {}]),
    st.lists(absences, max_size=4).map(tuple),
)
policies = st.builds(
    rooms, st.sampled_from([EVERY_DAY, WORKDAYS, NIGHTS]), st.integers(1, len(ROOMS))
)
wishes = st.builds(
    lambda now, left, policy, diary, since: Wish(
        now, now + left, policy, UNITS, diary, now - since if since else None
    ),
    moments,
    st.timedeltas(timedelta(hours=-3), timedelta(hours=14)),
    policies,
    diaries,
    st.none() | lengths,
)
