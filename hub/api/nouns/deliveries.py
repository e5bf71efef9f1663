"""Messages: what was sent, waits or is dead; and a dead one sent again."""

from typing import Annotated

from fastapi import Path, Query

from hub.api.bearer import Caller, TheDesk
from hub.api.bodies.deliveries import SettlementBody
from hub.api.documented import ACTS, LISTS, TOLD
from hub.api.route import nouns
from hub.api.shown.deliveries import DeliveriesShown, DeliveryShown
from workflows.deliveries import read_deliveries, resend, settle

router = nouns("Utskick")


@router.get("/deliveries", summary="Utskick: skickade, väntande och döda brev", responses=LISTS)
def list_deliveries(
    actor: Caller,
    desk: TheDesk,
    limit: Annotated[int, Query(ge=1, le=1000, description="Högst så många av varje.")] = 200,
) -> DeliveriesShown:
    """För chefer och systemförvaltare; ingens adress visas, och läsningen loggas.

    Varje meddelande säger vem som har skickat det igen eller klarat av det på annat sätt, och när.
    """
    return DeliveriesShown.of(read_deliveries(desk.office, actor, limit=limit))


@router.post(
    "/deliveries/{delivery_id}/resends", summary="Skicka ett dött brev igen", responses=ACTS
)
def create_resend(
    delivery_id: Annotated[int, Path(ge=1, le=2**63 - 1, description="Meddelandets nummer.")],
    actor: Caller,
    desk: TheDesk,
) -> DeliveryShown:
    """Det behåller sin nyckel; vem som gjorde det och när sparas för gott."""
    return DeliveryShown.of(resend(desk.office, actor, delivery_id))


@router.post(
    "/deliveries/{delivery_id}/settlements",
    summary="Ett dött brev är avklarat på annat sätt",
    responses=TOLD,
)
def create_settlement(
    delivery_id: Annotated[int, Path(ge=1, le=2**63 - 1, description="Meddelandets nummer.")],
    body: SettlementBody,
    actor: Caller,
    desk: TheDesk,
) -> DeliveryShown:
    """Som när någon har ringt i stället; det räknas inte längre som dött. Vem sparas för gott."""
    return DeliveryShown.of(settle(desk.office, actor, delivery_id, reason=body.reason))
