"""What is said in the hub: statements with their source, the joint mapping and the assessment."""

from dataclasses import dataclass
from enum import StrEnum

from rules.level import Level


class AnswerKind(StrEnum):
    """The four answers a unit can give; silence is none of them."""

    KNOWN = "känd"
    NOT_KNOWN = "inte_känd"
    CANNOT_ANSWER = "kan_inte_svara"
    SYSTEM_DOWN = "system_nere"


class About(StrEnum):
    """The child, or the context: often the more important half (s1:492-503)."""

    CHILD = "barnet"
    CONTEXT = "sammanhanget"


class Nature(StrEnum):
    """Kept apart so that a guess never travels as a fact."""

    FACT = "faktum"
    ASSESSMENT = "bedömning"


class Weight(StrEnum):
    """Which way a statement points."""

    RISK = "risk"
    PROTECTION = "skydd"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence that a unit brings, with where it comes from."""

    text: str
    source: str
    about: About
    nature: Nature
    weight: Weight = Weight.NEUTRAL


class Section(StrEnum):
    """Where in the joint mapping an item stands: three sides, two maps, and what remains."""

    CHILD = "barnets_utveckling"
    PARENTS = "foraldrarnas_formaga"
    FAMILY = "familj_och_miljo"
    CONTACTS = "kontakter"
    PLACES = "platser"
    RISKS = "risk"
    PROTECTION = "skydd"
    UNKNOWN = "okant"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapItem:
    """One sentence of the mapping and who said it."""

    section: Section
    text: str
    source: str
    nature: Nature = Nature.FACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """A differing opinion, by name; it follows the case, it does not block it."""

    name: str
    unit: str
    opinion: str
    level: Level | None = None


class DecisionKind(StrEnum):
    """How a förhandsbedömning ends (SoL 20:2)."""

    OPEN = "inleda"
    NOT_OPEN = "inte_inleda"
    ONGOING = "till_pågående_utredning"
