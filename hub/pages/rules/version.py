"""One version: what is proved of it, how it differs, and the answer of another person."""

from typing import Annotated

from fastapi import Depends, Response

from hub import guard
from hub.pages import directory
from hub.pages.form import Form, again, blank
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.refusals import status_of
from hub.pages.rules.versions import READERS
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit, go
from hub.views.difference import DifferenceView, difference_view
from hub.views.shadow import ShadowView, shadow_view
from hub.views.versions import standing
from rules.errors import Invalid, NotAllowed, Refusal
from rules.language.ruleset import RulesFile
from rules.people import Role
from rules.versions import LowersUnticked
from workflows import shadowing, versions

_DECIDERS = guard.roles(Role.RULE_OWNER, Role.MANAGER)


def name_of(version: str, _visit: TheVisit) -> str:
    """The full name of a version, label and hash."""
    return version


VersionName = Annotated[str, Depends(name_of)]


class ApprovalForm(Fields):
    """From when, and each lowering that the approver has read."""

    base: str = asked("Läs sidan på nytt; det går inte att se vad du jämförde med.")
    effective_date: TypedDate = asked("Skriv vilken dag versionen ska börja gälla.")
    effective_time: TypedTime = asked("Skriv vilken tid versionen ska börja gälla.")
    ticked: tuple[str, ...] = ()
    reason: str = ""


_UNTICKED = "Förslaget sänker nivån på sätt som du inte har bockat för. Läs och bocka för varje."


class RejectionForm(Fields):
    """Why not."""

    because: str = asked("Skriv varför.")


def show_version(version: VersionName, visit: TheVisit) -> Response:
    """Everything that somebody needs to read before they approve."""
    return version_page(visit, version, blank())


def create_approval(version: VersionName, visit: TheVisit) -> Response:
    """Let the version take effect at a set time; or why that may not be."""
    try:
        form = visit.sent.read(ApprovalForm)
        versions.approve(
            visit.office,
            visit.actor,
            version,
            effective_at=at(form.effective_date, form.effective_time, field="effective_time"),
            base=form.base,
            ticked=form.ticked,
            reason=form.reason,
        )
    except NotAllowed:
        raise
    except Invalid as fault:
        return version_page(visit, version, again(visit.sent, fault.faults), status=422)
    except LowersUnticked:
        return version_page(visit, version, again(visit.sent, {"ticked": _UNTICKED}), status=422)
    except Refusal as refusal:
        form_again = again(visit.sent, refusal=refusal.sentence)
        return version_page(visit, version, form_again, status=status_of(refusal))
    return go(f"/rules/versions/{version}", "approved")


def create_rejection(version: VersionName, visit: TheVisit) -> Response:
    """Decline the proposal, or withdraw an approval in time."""
    try:
        form = visit.sent.read(RejectionForm)
        rejection = versions.reject(visit.office, visit.actor, version, reason=form.because)
    except NotAllowed:
        raise
    except Invalid as fault:
        return version_page(visit, version, again(visit.sent, fault.faults), status=422)
    except Refusal as refusal:
        form_again = again(visit.sent, refusal=refusal.sentence)
        return version_page(visit, version, form_again, status=status_of(refusal))
    done = "rejected" if rejection.approval_id is None else "withdrawn"
    return go(f"/rules/versions/{version}", done)


def version_page(visit: Visit, version: str, form: Form, *, status: int = 200) -> Response:
    """All that is known of the version, with the forms to answer it."""
    kept = versions.read_version(visit.office, version)
    found = versions.overview(visit.office)
    governing = found.in_force.version if found.in_force else visit.office.rulebook().version
    base = _base(visit, found, governing)
    line = standing(kept, found, directory.names(visit.office))
    decides = visit.actor.has(Role.RULE_OWNER, Role.MANAGER)
    file = visit.office.read_rules(kept.text)
    return visit.page(
        "rules/version.html",
        form=form,
        status=status,
        line=line,
        base=base,
        others=[it.version for it in found.versions if it.version != version],
        compares=base == governing,
        proof=visit.desk.rule_tools.proved(file),
        diff=_difference(visit, base, file),
        may_approve=decides
        and line.may_be_approved
        and kept.author != visit.actor.id
        and base == governing,
        may_reject=decides and line.may_be_rejected,
        is_author=kept.author == visit.actor.id,
        shadows=_shadows(visit, found, version),
        shadow_runs=any(it.version == version and not it.ended_at for it in found.shadows),
        may_shadow=visit.actor.has(Role.RULE_OWNER),
    )


def _base(visit: Visit, found: versions.Versions, governing: str) -> str:
    """What to compare with: what governs, or the version that was chosen to read about."""
    chosen = visit.query.get("base", "")
    return chosen if any(it.version == chosen for it in found.versions) else governing


def _difference(visit: Visit, base: str, file: RulesFile) -> DifferenceView | None:
    """Against another version; none for that version itself."""
    if base == file.version:
        return None
    old = visit.office.read_rules(versions.read_version(visit.office, base).text)
    return difference_view(visit.desk.rule_tools.difference(old, file))


def _shadows(visit: Visit, found: versions.Versions, version: str) -> list[ShadowView]:
    own = (it.id for it in found.shadows if it.version == version)
    return [shadow_view(shadowing.comparison(visit.office, visit.actor, it)) for it in own]


PAGES = (
    Page(path="/rules/versions/{version}", endpoint=show_version, allow=READERS),
    Page(
        path="/rules/versions/{version}/approvals",
        method="POST",
        endpoint=create_approval,
        allow=_DECIDERS,
    ),
    Page(
        path="/rules/versions/{version}/rejections",
        method="POST",
        endpoint=create_rejection,
        allow=_DECIDERS,
    ),
)
