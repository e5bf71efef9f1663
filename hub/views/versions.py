"""Versions of the rules as people follow them: what governs, what waits, what was, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views.times import moment
from rules.engines.soundness import example
from rules.language.ruleset import RuleSet
from rules.proofs.retold import sentences
from rules.versions import FILE, INSTALLATION, Approval, RuleVersion
from workflows.carrying import Overturned
from workflows.versions import Versions

_WAITING, _PROPOSED, _LIVE, _WAS, _REJECTED = _STATES = (
    "Godkänd och väntar",
    "Förslag",
    "Gäller nu",
    "Har gällt",
    "Avvisad",
)
_NOBODY: Mapping[str, str] = {FILE: "installationens fil", INSTALLATION: "installationen"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version with where it stands, in words."""

    version: str
    state: str
    wrote: str
    note: str
    decided: str

    @property
    def may_be_approved(self) -> bool:
        """A proposal, or a version that has governed and may govern again."""
        return self.state in (_PROPOSED, _WAS)

    @property
    def may_be_rejected(self) -> bool:
        """A proposal that nobody answered, or an approval that has yet to take effect."""
        return self.state in (_PROPOSED, _WAITING)


@dataclass(frozen=True, slots=True)
class VersionsView:
    """The list: what needs somebody first, then what governs, then what was."""

    file_governs: bool
    lines: tuple[VersionLine, ...]

    @property
    def waiting(self) -> tuple[VersionLine, ...]:
        """Those that somebody has yet to answer, or that have yet to take effect."""
        return tuple(line for line in self.lines if line.may_be_rejected)


def versions_view(found: Versions, names: Mapping[str, str]) -> VersionsView:
    """Every version once, by how near it is to being decided."""
    lines = [standing(it, found, names) for it in found.versions]
    order = {state: place for place, state in enumerate(_STATES)}
    lines.sort(key=lambda line: order[line.state])
    return VersionsView(found.file_governs, tuple(lines))


def _state(version: str, found: Versions) -> str:
    if found.in_force and found.in_force.version == version:
        return _LIVE
    if found.waiting and found.waiting.version == version:
        return _WAITING
    if any(it.version == version for it in found.schedule):
        return _WAS
    return _PROPOSED if any(it.version == version for it in found.proposals) else _REJECTED


def _who(account: str, names: Mapping[str, str]) -> str:
    """A person by name, or what stands where no person does."""
    return _NOBODY.get(account) or names.get(account, "okänd")


def standing(version: RuleVersion, found: Versions, names: Mapping[str, str]) -> VersionLine:
    """One version, and what was decided of it."""
    return VersionLine(
        version=version.version,
        state=_state(version.version, found),
        wrote=f"{_who(version.author, names)}, {moment(version.proposed_at)}",
        note=version.note,
        decided=_decided(version.version, found, names),
    )


def _decided(version: str, found: Versions, names: Mapping[str, str]) -> str:
    """What was last decided of the version: the approval that stands, or why it was rejected."""
    approvals = [it for it in found.schedule if it.version == version]
    if approvals:
        return _approved(approvals[-1], names)
    rejections = [it for it in found.rejections if it.version == version]
    if rejections:
        last = rejections[0]
        by = _who(last.rejected_by, names)
        what = "Avvisad" if last.approval_id is None else "Godkännandet drogs tillbaka"
        return f"{what} av {by}, {moment(last.rejected_at)}: {last.reason}"
    return ""


def _approved(approval: Approval, names: Mapping[str, str]) -> str:
    """`Godkänd av Karin Ek, gäller från 2026-12-01 kl. 08.00.`"""
    by = _who(approval.approver, names)
    return f"Godkänd av {by}, gäller från {moment(approval.effective_at)}."


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """An example that a changed number has overturned, in sentences."""

    rule: str
    sentences: tuple[str, ...]
    now: str


def example_line(found: Overturned, ruleset: RuleSet) -> ExampleLine:
    """What the example says, and what its rule now does with it."""
    told = sentences(example(found.row, ruleset), (ruleset.words, ruleset.words))
    return ExampleLine(found.rule, told, "slår till" if found.fires else "är tyst")
