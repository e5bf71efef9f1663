"""What comes in: a report about one or several children, and who reported it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.answer import Answer


class Channel(StrEnum):
    """How the concern reached the authority."""

    PHONE = "telefon"
    E_SERVICE = "e_tjanst"
    LETTER = "brev"
    VISIT = "besok"
    SDK = "sdk"
    OUT_OF_HOURS = "socialjour"


class Protected(StrEnum):
    """Protected identity; okänt counts as protected."""

    YES = "ja"
    NO = "nej"
    UNKNOWN = "okant"


class ReporterKind(StrEnum):
    """Who is worried; the vocabulary of the fact `anmalartyp`."""

    SCHOOL = "skola"
    PRESCHOOL = "forskola"
    POLICE = "polis"
    HEALTH = "halso_och_sjukvard"
    SOCIAL_SERVICES = "socialtjanst"
    AUTHORITY = "annan_myndighet"
    GUARDIAN = "vardnadshavare"
    CHILD = "barnet"
    PRIVATE = "privatperson"
    ANONYMOUS = "anonym"

    @property
    def under_duty(self) -> bool:
        """True for those who must report by law (SoL 19:1) and may be given feedback (19:6)."""
        return self not in _PRIVATE

    @property
    def partial(self) -> bool:
        """True for the child and the guardian, whose nej alone is not a nej (s1:594-595)."""
        return self in (ReporterKind.CHILD, ReporterKind.GUARDIAN)


_PRIVATE = frozenset(
    {ReporterKind.GUARDIAN, ReporterKind.CHILD, ReporterKind.PRIVATE, ReporterKind.ANONYMOUS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """The child as far as known; no address is ever kept (protected identity, fail-closed)."""

    name: str | None = None
    birth_date: date | None = None
    personal_number: str | None = None
    protected: Protected = Protected.UNKNOWN

    @property
    def is_protected(self) -> bool:
        """Unknown counts as protected (OSL 21:3, SoLPUL 10 §)."""
        return self.protected is not Protected.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reported; `contact` is an e-mail address for the receipt, if one was left."""

    kind: ReporterKind
    name: str | None = None
    contact: str | None = None
    wants_feedback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A sibling that the report mentions; it becomes a case only when registered as one."""

    name: str | None = None
    birth_date: date | None = None
    personal_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChild:
    """One of the children in a report, with what is known and answered about just this child."""

    child: Child
    siblings: tuple[Sibling, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    facts: Mapping[str, int | bool | str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One orosanmälan; each of its children becomes a case of its own, linked to the others.

    `reference` is the sender's own id: the same one twice registers once. `context` is the place,
    event or network that several children share (see rules.context), without names of persons.
    """

    received_at: datetime
    channel: Channel
    reporter: Reporter
    text: str
    children: tuple[ReportedChild, ...]
    title: str = ""
    reference: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another case that was found when this one was registered, and how it is related.

    Of a child that only shares the context neither level nor outcome is told.
    """

    case_id: str
    number: str
    relation: str
    received_at: datetime
    level: str | None = None
    outcome: str | None = None
    open: bool = False
