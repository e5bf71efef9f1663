"""Messages as the API shows them: no address of anybody, and no body."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from workflows.deliveries import Deliveries
from workflows.delivery_ports import Delivery, Resend, Way


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
    resends: tuple[ResendShown, ...]

    @classmethod
    def of(cls, it: Delivery, resends: tuple[Resend, ...] = ()) -> Self:
        """From the outbox."""
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
            resends=tuple(map(ResendShown.of, resends)),
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
            return tuple(DeliveryShown.of(it, found.resends.get(it.id, ())) for it in deliveries)

        return cls(
            dead=shown(found.dead), under_way=shown(found.under_way), recent=shown(found.recent)
        )
