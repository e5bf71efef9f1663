"""Messages as the API shows them: no address of anybody, and no body."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from workflows.deliveries import Deliveries, Followed
from workflows.delivery_ports import Delivery, Resend, Settlement, Way


class ResendShown(BaseModel):
    """That somebody sent it again."""

    by: str = Field(description="Kontots id.")
    at: datetime
    tries: int = Field(description="Så många försök hade gjorts.")
    failed: str | None = Field(description="Så här hade det gått.")

    @classmethod
    def of(cls, resend: Resend) -> Self:
        """From the outbox."""
        return cls(by=resend.by, at=resend.at, tries=resend.tries, failed=resend.failed)


class SettlementShown(BaseModel):
    """That somebody saw to it in another way."""

    by: str = Field(description="Kontots id.")
    at: datetime
    reason: str = Field(description="Hur det är avklarat.")

    @classmethod
    def of(cls, settlement: Settlement) -> Self:
        """From the outbox."""
        return cls(by=settlement.by, at=settlement.at, reason=settlement.reason)


class DeliveryShown(BaseModel):
    """A message and what became of it."""

    id: int
    way: Way = Field(description="E-post eller webhook.")
    case_id: str
    kind: str = Field(description="Vad som hände.")
    subject: str
    made_at: datetime
    tries: int
    sent_at: datetime | None
    dead: bool = Field(description="Hubben försöker inte mer av sig själv.")
    settled_at: datetime | None = Field(description="När någon klarade av det på annat sätt.")
    failed: str | None = Field(description="Varför det senaste försöket inte lyckades.")
    next_try_at: datetime | None
    detour: str | None = Field(description="Varför det gick till någon annan än den det var till.")
    resends: tuple[ResendShown, ...] = Field(description="Vem som har skickat det igen och när.")
    settlements: tuple[SettlementShown, ...] = Field(
        description="Vem som har klarat av det på annat sätt, när och hur."
    )

    @classmethod
    def of(cls, followed: Followed) -> Self:
        """From the outbox."""
        it = followed.delivery
        return cls(
            id=it.id,
            way=it.way,
            case_id=it.notice.case_id,
            kind=it.notice.kind,
            subject=it.notice.subject,
            made_at=it.notice.made_at,
            tries=it.tries,
            sent_at=it.sent_at,
            dead=it.given_up,
            settled_at=it.settled_at,
            failed=it.failed,
            next_try_at=it.next_try_at,
            detour=it.detour,
            resends=tuple(map(ResendShown.of, followed.resends)),
            settlements=tuple(map(SettlementShown.of, followed.settlements)),
        )


class DeliveriesShown(BaseModel):
    """Dead letters first the newest, those under way first the oldest, and the newest of all."""

    dead: tuple[DeliveryShown, ...]
    under_way: tuple[DeliveryShown, ...]
    recent: tuple[DeliveryShown, ...]

    @classmethod
    def of(cls, found: Deliveries) -> Self:
        """What the caller may see."""

        def shown(deliveries: tuple[Delivery, ...]) -> tuple[DeliveryShown, ...]:
            return tuple(DeliveryShown.of(found.followed(it)) for it in deliveries)

        return cls(
            dead=shown(found.dead), under_way=shown(found.under_way), recent=shown(found.recent)
        )
