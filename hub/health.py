"""Whether the program lives and keeps its promises, and what it measures; never a case."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from hub.desk import Desk
from workflows.ports import StoreUnavailable
from workflows.promises import examine
from workflows.vigil_ports import Finding, Kind

router = APIRouter(include_in_schema=False)
_METRICS = "text/plain; version=0.0.4; charset=utf-8"


def _desk(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


@router.get("/health/live")
def live() -> JSONResponse:
    """The process answers; nothing else is asked."""
    return JSONResponse({"live": True})


@router.get("/health/ready")
def ready(request: Request) -> JSONResponse:
    """The store answers, the clocks are watched, the rules are sound, and every case is promised.

    An old rules file in force, and what the watchdog finds, are shown here and alarmed elsewhere;
    taking the program out of service would help neither.
    """
    desk = _desk(request)
    health = desk.health()
    findings = _findings(desk) if health.database else None
    found = {
        "ready": health.ready,
        "database": health.database,
        "worker": health.worker,
        "last_beat": health.last_beat.isoformat() if health.last_beat else None,
        "rules_version": health.rules_version,
        "rules_sound": not health.rules_faults,
        "unpromised_cases": _unpromised(findings),
        "findings": {it.kind.value: it.count for it in findings or ()},
        "faults": sorted(health.faults),
    }
    return JSONResponse(found, status_code=200 if health.ready else 503)


def _findings(desk: Desk) -> tuple[Finding, ...] | None:
    """What is not as promised at this moment, whether or not any worker lives."""
    try:
        return examine(desk.office, desk.own())
    except StoreUnavailable:
        return None


def _unpromised(findings: tuple[Finding, ...] | None) -> int | None:
    if findings is None:
        return None
    return sum(it.count for it in findings if it.kind is Kind.UNPROMISED)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The numbers, as Prometheus reads them."""
    return Response(_desk(request).metrics(), media_type=_METRICS)
