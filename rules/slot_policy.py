"""When the hub may meet, in which rooms, and the time that the units are promised."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from rules.section import Section, Some, SpanText, Text


class RoomPolicy(Section):
    """One room, most often online; two meetings at the same time need two of them."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_-]+$")]
    name: Text
    link: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.link})" if self.link else self.name


# Rules that name no room are older than the rooms: the hub has one, and nobody meets in two.
_ONLY_ROOM = RoomPolicy(id="hubben", name="Hubbens rum")


class SlotPolicy(Section):
    """The hub's standing slots, its rooms, and the time that the units are promised."""

    weekdays: tuple[Literal["mån", "tis", "ons", "tors", "fre", "lör", "sön"], ...]
    times: tuple[Annotated[str, Field(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")], ...]
    on_rest_days: bool = True
    length: SpanText
    answer_time: SpanText
    decision_time: SpanText
    rooms: Annotated[tuple[RoomPolicy, ...], Some] = (_ONLY_ROOM,)

    @model_validator(mode="after")
    def _there_are_slots(self) -> "SlotPolicy":
        if not self.weekdays or not self.times:
            raise ValueError("minst en veckodag och en tid behövs")
        if len({room.id for room in self.rooms}) != len(self.rooms):
            raise ValueError("två rum har samma id")
        return self

    def room(self, name: str) -> RoomPolicy | None:
        """The room with this id; None for no room, and for one that the rules no longer have."""
        return next((room for room in self.rooms if room.id == name), None)
