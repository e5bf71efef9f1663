"""The web hub put together: pages, API, headers, and what is said when something is refused."""

from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from hub import faults, health
from hub.api import routes as api
from hub.desk import Desk
from hub.headers import SecureHeaders
from hub.pages import (
    absences,
    assessing,
    cases,
    concerns,
    convening,
    deciding,
    deliveries,
    duty,
    explaining,
    following,
    front,
    ledger,
    meeting,
    meetings,
    postponing,
    ratings,
    start,
    steps,
    table,
    vigil,
)
from hub.pages.render import Pages
from hub.pages.rules import (
    agreement,
    draft,
    drift,
    reading,
    replay,
    shadow,
    trial,
    version,
    versions,
)
from hub.pages.visit import is_https

STEPS = (
    *assessing.STEPS,
    *convening.STEPS,
    *meetings.STEPS,
    *meeting.STEPS,
    *deciding.STEPS,
    *following.STEPS,
    *postponing.STEPS,
)
PAGES = (
    *front.PAGES,
    *start.PAGES,
    *deliveries.PAGES,
    *concerns.PAGES,
    *cases.PAGES,
    *explaining.PAGES,
    *ledger.PAGES,
    *duty.PAGES,
    *reading.PAGES,
    *trial.PAGES,
    *draft.PAGES,
    *versions.PAGES,
    *version.PAGES,
    *replay.PAGES,
    *shadow.PAGES,
    *drift.PAGES,
    *agreement.PAGES,
    *ratings.PAGES,
    *vigil.PAGES,
    *meetings.PAGES,
    *absences.PAGES,
    *steps.pages_of(STEPS),
)


def create_app(desk: Desk) -> FastAPI:
    """The hub over `desk`; a page that does not say who may use it stops it here."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = desk
    app.state.pages = Pages()
    table.add(app, PAGES)
    table.require_declared(app.routes)
    app.include_router(health.router)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=str(files("hub") / "static")), name="static")
    faults.install(app)
    app.add_middleware(SecureHeaders, https=is_https(desk))
    return app
