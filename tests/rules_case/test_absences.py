"""Absences and the diary: who is away when, who stands in, and when a call finds nobody."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from rules.absences import require_absence
from rules.diary import Diary
from rules.errors import Invalid
from rules.slot_policy import RoomPolicy, SlotPolicy
from tests.rules_case.diaries import EVERY_DAY, PEOPLE, away, swedish

DAY = away("Uno", "2026-03-10T08:00", "2026-03-10T17:00", deputy="Eka")
NOW, BY, AT = (swedish(f"2026-03-10T{it}") for it in ("09:00", "11:00", "11:30"))


def finds_nobody(*absences: object, people: dict[str, tuple[str, ...]] | None = None) -> bool:
    diary = Diary((), PEOPLE if people is None else people, absences)  # type: ignore[arg-type]
    return diary.nobody_for("ungdom", now=NOW, answer_by=BY, at=AT)


def test_an_absence_ends_when_it_was_to_or_when_somebody_came_back() -> None:
    back = replace(DAY, back_at=swedish("2026-03-10T10:00"))
    late = replace(DAY, back_at=swedish("2026-03-11T10:00"))

    assert (DAY.until, back.until, late.until) == (
        DAY.ends_at,
        swedish("2026-03-10T10:00"),
        DAY.ends_at,
    )
    assert DAY.at(NOW)
    assert not back.at(AT)
    assert not DAY.at(DAY.ends_at)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": DAY.starts_at}, "ends_at"),
        ({"set_at": DAY.ends_at}, "ends_at"),
        ({"deputy": "Uno"}, "deputy"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_by_field(
    change: dict[str, object], field: str
) -> None:
    assert require_absence(DAY) == DAY
    with pytest.raises(Invalid) as told:
        require_absence(replace(DAY, **change))  # type: ignore[arg-type]
    assert list(told.value.faults) == [field]


def test_a_call_finds_nobody_when_all_are_away_for_all_of_the_answer_or_at_the_meeting() -> None:
    at_the_meeting = away("Uno", "2026-03-10T11:30", "2026-03-10T12:00")
    for_the_answer = away("Uno", "2026-03-10T08:00", "2026-03-10T11:00")
    for_a_while = away("Uno", "2026-03-10T09:30", "2026-03-10T11:30")

    assert finds_nobody(DAY)
    assert finds_nobody(at_the_meeting)
    assert finds_nobody(for_the_answer)
    assert not finds_nobody(for_a_while)
    assert not finds_nobody()
    assert not finds_nobody(DAY, people={})
    assert not finds_nobody(DAY, people={"ungdom": ("Uno", "Ulla")})


def test_who_stands_in_is_one_who_is_there() -> None:
    gone = away("Eka", "2026-03-10T11:00", "2026-03-10T12:00")
    unnamed = replace(DAY, deputy=None)
    end = swedish("2026-03-10T12:00")

    assert Diary((), PEOPLE, (unnamed, DAY)).stand_in("ungdom", NOW, end) == "Eka"
    assert Diary((), PEOPLE, (DAY, gone)).stand_in("ungdom", NOW, end) is None
    assert Diary((), PEOPLE, (DAY,)).stand_in("barn", NOW, end) is None
    assert Diary((), {}, (DAY,)).stand_in("ungdom", NOW, end) is None


def policy(**changes: object) -> SlotPolicy:
    return SlotPolicy.model_validate({**EVERY_DAY.model_dump(), **changes})


def test_the_rules_have_slots_and_rooms_with_names_of_their_own() -> None:
    twice = [{"id": "rum-1", "name": "Ett"}, {"id": "rum-1", "name": "Två"}]

    for changes, told in (
        ({"times": []}, "minst en veckodag och en tid behövs"),
        ({"weekdays": []}, "minst en veckodag och en tid behövs"),
        ({"rooms": []}, "at least 1"),
        ({"rooms": twice}, "två rum har samma id"),
        ({"rooms": [{"id": "Rum 1", "name": "Ett"}]}, "pattern"),
        ({"rooms": [{"id": "rum-1", "name": "Ett", "link": "http://x"}]}, "pattern"),
    ):
        with pytest.raises(ValidationError, match=told):
            policy(**changes)


def test_rules_without_rooms_have_one() -> None:
    bare = {key: value for key, value in EVERY_DAY.model_dump().items() if key != "rooms"}
    (room,) = SlotPolicy.model_validate(bare).rooms

    assert room.name == "Hubbens rum"
    assert SlotPolicy.model_validate(bare).room(room.id) == room
    assert SlotPolicy.model_validate(bare).room("källaren") is None


def test_a_room_is_told_by_name_and_link() -> None:
    linked = RoomPolicy(id="rum-1", name="Rum 1", link="https://moten.example/1")

    assert str(linked) == "Rum 1 (https://moten.example/1)"
    assert str(RoomPolicy(id="rum-1", name="Rum 1")) == "Rum 1"
