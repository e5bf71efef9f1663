"""The versions of the rules: what governs, what waits for an answer, and what was."""

from fastapi import Response

from hub import guard
from hub.pages import directory
from hub.pages.table import Page
from hub.pages.visit import TheVisit
from hub.views.versions import versions_view
from rules.people import Role
from workflows import versions

READERS = guard.roles(Role.RULE_OWNER, Role.MANAGER, Role.REVIEWER)


def show_versions(visit: TheVisit) -> Response:
    """Every version with who wrote it and who let it take effect."""
    found = versions.overview(visit.office)
    return visit.page(
        "rules/versions.html",
        view=versions_view(found, directory.names(visit.office)),
        may_propose=visit.actor.has(Role.RULE_OWNER),
    )


PAGES = (Page(path="/rules/versions", endpoint=show_versions, allow=READERS),)
