"""A version goes in shadow, or stops."""

from typing import Literal

from fastapi import Response

from hub import guard
from hub.pages.form import again
from hub.pages.refusals import status_of
from hub.pages.rules.version import VersionName, version_page
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, go
from rules.errors import Invalid, NotAllowed, Refusal
from rules.people import Role
from workflows import shadowing

_STEPS = {"start": shadowing.start, "stop": shadowing.stop}


class ShadowForm(Fields):
    """Begin, or stop."""

    wish: Literal["start", "stop"] = asked("Välj om skuggan ska börja eller sluta.")


def create_shadow(version: VersionName, visit: TheVisit) -> Response:
    """From now on, or no more."""
    try:
        wish = visit.sent.read(ShadowForm).wish
        _STEPS[wish](visit.office, visit.actor, version)
    except NotAllowed:
        raise
    except Invalid as fault:
        return version_page(visit, version, again(visit.sent, fault.faults), status=422)
    except Refusal as refusal:
        form = again(visit.sent, refusal=refusal.sentence)
        return version_page(visit, version, form, status=status_of(refusal))
    return go(f"/rules/versions/{version}", f"shadow-{wish}")


PAGES = (
    Page(
        path="/rules/versions/{version}/shadow",
        method="POST",
        endpoint=create_shadow,
        allow=guard.roles(Role.RULE_OWNER),
    ),
)
