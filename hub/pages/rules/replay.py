"""The hub's own past concerns under a proposed version: whom it would have touched, and how."""

import structlog
from fastapi import Response

from hub import guard
from hub.pages.rules.version import VersionName
from hub.pages.table import Page
from hub.pages.visit import TheVisit
from hub.views.replay import replay_view
from rules.local_time import local_day
from rules.people import Role
from workflows import versions
from workflows.common_words import common_words
from workflows.history import read_history
from workflows.replaying import ColumnsDiffer, replay

_log = structlog.get_logger()


def show_replay(version: VersionName, visit: TheVisit) -> Response:
    """Each concern by its case number; that they were read is in the access log."""
    office, tools = visit.office, visit.desk.rule_tools
    base = office.rulebook().version
    old, new = (
        office.read_rules(versions.read_version(office, name).text).ruleset
        for name in (base, version)
    )
    words = common_words(old.words, new.words)
    past = read_history(office, visit.actor, words, gather=tools.gather)
    today = local_day(office.clock())
    try:
        found = replay(past, old, new, today=today, rests=office.rests)
    except ColumnsDiffer as fault:
        _log.error("rules.columns_differ", count=len(fault.differing))
        return visit.page(
            "rules/replay.html", version=version, view=None, fault=str(fault), status=500
        )
    return visit.page("rules/replay.html", version=version, view=replay_view(found), fault="")


PAGES = (
    Page(
        path="/rules/versions/{version}/replay",
        endpoint=show_replay,
        allow=guard.roles(Role.RULE_OWNER, Role.MANAGER),
    ),
)
