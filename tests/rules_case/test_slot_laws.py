"""What holds for every proposal, whatever is booked: against a reading of all minutes, one by
one."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.slots import at_time, propose
from rules.wish import Promise, Wish, whole_after
from tests.rules_case.diaries import ROOMS, wishes

MINUTE = timedelta(minutes=1)
# What gives way first, and what last: a proposal is as good as the worst of what it gives up.
WORST_LAST = (Promise.ROOM, Promise.ANSWER_TIME, Promise.PRESENCE, Promise.DEADLINE)


def minutes(wish: Wish) -> list[datetime]:
    """Every minute that keeps the units' time and the deadline."""
    found, at = [], wish.earliest
    while at <= wish.latest:
        found.append(at)
        at += MINUTE
    return found


def free(wish: Wish, start: datetime) -> bool:
    """Room and units, read naively."""
    end, diary = start + wish.policy.length.elapsed, wish.diary
    at_once = [it for it in diary.bookings if not (it.ends_at <= start or end <= it.starts_at)]
    rooms = {room.id for room in wish.policy.rooms} - {it.room for it in at_once}
    away = {
        it.account: it.deputy
        for it in diary.absences
        if not (it.ends_at <= start or end <= it.starts_at)
    }
    return bool(rooms) and all(
        sum(unit in it.units for it in at_once) < _hands(wish, unit, away) for unit in wish.units
    )


def _hands(wish: Wish, unit: str, away: dict[str, str | None]) -> int:
    people = wish.diary.people.get(unit, ())
    there = [who for who in people if who not in away]
    start_ins = [away[who] for who in people if who in away]
    if not people:
        return 1
    return len(there) or int(any(it and it not in away for it in start_ins))


def oracle(wish: Wish) -> tuple[datetime, bool] | None:
    """The first standing minute that keeps all, or else the first minute that does; if any."""
    whole = [at for at in minutes(wish) if free(wish, at)]
    at_standing = [at for at in whole if wish.is_standing(at)]
    if at_standing:
        return at_standing[0], False
    return (whole[0], True) if whole else None


def once_each(wish: Wish) -> Wish:
    """One absence a person: the naive reading keeps one deputy each."""
    seen = {it.account: it for it in wish.diary.absences}
    return replace(wish, diary=replace(wish.diary, absences=tuple(seen.values())))


@given(wishes.map(once_each))
def test_the_proposal_is_the_first_that_keeps_every_promise(wish: Wish) -> None:
    slot = propose(wish)
    expected = oracle(wish)

    assert (slot.gives_way == ()) == (expected is not None)
    if expected:
        assert (slot.starts_at, slot.extra) == expected


@given(wishes)
def test_what_gives_way_is_said_and_nothing_else_gives_way(wish: Wish) -> None:
    slot = propose(wish)

    late = slot.ends_at + wish.policy.decision_time.elapsed > wish.deadline
    short = slot.starts_at < (wish.called_at or wish.at) + wish.policy.answer_time.elapsed
    assert late == (Promise.DEADLINE in slot.gives_way) == ("går inte att hålla" in slot.why)
    assert short == (Promise.ANSWER_TIME in slot.gives_way)
    assert not short or late or "i stället för" in slot.why
    assert bool(slot.missing) == (Promise.PRESENCE in slot.gives_way)
    assert bool(slot.missing) == ("svara skriftligt" in slot.why)
    assert (slot.room == "") == (Promise.ROOM in slot.gives_way)
    assert (slot.room == "") == ("ordna ett annat" in slot.why)


@given(wishes)
def test_a_deadline_that_can_be_kept_is_kept(wish: Wish) -> None:
    can_be = wish.latest > wish.at or wish.latest >= wish.earliest

    assert (propose(wish).starts_at <= wish.latest) == can_be


@given(wishes)
def test_no_room_is_used_twice_at_the_same_time(wish: Wish) -> None:
    slot = propose(wish)

    for it in wish.diary.bookings:
        overlaps = it.starts_at < slot.ends_at and slot.starts_at < it.ends_at
        assert not (overlaps and it.room == slot.room)


@given(wishes)
def test_no_answer_may_come_after_the_meeting_nor_later_than_was_promised(wish: Wish) -> None:
    slot = propose(wish)

    assert wish.at <= slot.starts_at < slot.ends_at
    assert slot.answer_by <= slot.starts_at
    assert slot.answer_by <= wish.answered
    assert slot.starts_at.second == slot.starts_at.microsecond == 0


def worth(wish: Wish) -> tuple[int, bool, float]:
    """Smaller is better: what gives way, then a standing time, then the time itself; of times
    that cut the units' time short the later is better."""
    slot = propose(wish)
    worst = max((WORST_LAST.index(it) + 1 for it in slot.gives_way), default=0)
    start = slot.starts_at.timestamp()
    return worst, slot.extra, -start if Promise.ANSWER_TIME in slot.gives_way else start


@given(wishes, st.data())
def test_more_rooms_never_give_a_later_meeting_nor_give_up_more(
    wish: Wish, data: st.DataObject
) -> None:
    have = len(wish.policy.rooms)
    more = data.draw(st.integers(have, len(ROOMS)))
    richer = replace(wish, policy=wish.policy.model_copy(update={"rooms": ROOMS[:more]}))

    assert worth(richer) <= worth(wish)


@given(wishes)
def test_a_cancelled_meeting_never_makes_a_proposal_worse(wish: Wish) -> None:
    fewer = replace(wish, diary=replace(wish.diary, bookings=wish.diary.bookings[1:]))

    assert worth(fewer) <= worth(wish)


@given(wishes, st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
def test_a_chosen_time_is_kept_to_the_minute(wish: Wish, ahead: timedelta) -> None:
    chosen = whole_after(wish.at) + ahead

    slot = at_time(wish, chosen)

    assert timedelta(0) <= chosen - slot.starts_at < MINUTE
    assert slot.answer_by <= slot.starts_at
