"""Bodies of the hub: the call, the units' answers, deputies, the meeting and what it makes."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict
from pydantic.config import JsonDict

from hub.api.bodies.shape import Body, Moment, Name, Text
from rules.level import Level
from rules.statement import (
    About,
    AnswerKind,
    Dissent,
    MapItem,
    Nature,
    Section,
    Statement,
    Weight,
)

_STATEMENT: JsonDict = {
    "text": "Familjen hade kontakt med oss 2024 om umgänget.",
    "source": "journal 2024-05-02",
    "about": "sammanhanget",
    "nature": "faktum",
    "weight": "risk",
}
Names = Annotated[tuple[Name, ...], Strict(False), Field(max_length=50)]


class StatementBody(Body):
    """One sentence with its source: about the child or the context, fact or assessment."""

    text: Text
    source: Name
    about: Annotated[About, Strict(False)]
    nature: Annotated[Nature, Strict(False)]
    weight: Annotated[Weight, Strict(False)] = Weight.NEUTRAL

    def statement(self) -> Statement:
        """The statement as the rules know it."""
        return Statement(
            text=self.text,
            source=self.source,
            about=self.about,
            nature=self.nature,
            weight=self.weight,
        )


Statements = Annotated[tuple[StatementBody, ...], Strict(False), Field(max_length=200)]


def statements_of(given: tuple[StatementBody, ...]) -> tuple[Statement, ...]:
    """The statements as the workflows take them."""
    return tuple(one.statement() for one in given)


class HubCallBody(Body):
    """A hub call; without units the routing says which, without a time the first slot is taken."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"units": ["barn", "vuxen"], "reason": "Våld i hemmet."}]}
    )

    units: Names = ()
    starts_at: Moment | None = None
    reason: Text = ""


class CalledUnitBody(Body):
    """One more unit to call."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unit": "ekonomi"}]})

    unit: Name


class UnitAnswerBody(Body):
    """What a unit knows; känd comes with statements, kan_inte_svara with a reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"unit": "barn", "answer": "känd", "statements": [_STATEMENT]}]
        }
    )

    unit: Name
    answer: Annotated[AnswerKind, Strict(False)]
    statements: Statements = ()
    reason: Text = ""


class DeputyBody(Body):
    """Who stands in for a unit's representative, by account id."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"unit": "barn", "deputy": "konto-id", "reason": "Sjuk."}]}
    )

    unit: Name
    deputy: Name
    reason: Text = ""


class MeetingBody(Body):
    """A meeting that was held: when, who was there by name, and which units."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "started_at": "2026-03-10T11:00:00+01:00",
                    "ended_at": "2026-03-10T11:30:00+01:00",
                    "present": ["Mira Lund", "Bea Holm"],
                    "present_units": ["barn"],
                }
            ]
        }
    )

    started_at: Moment
    ended_at: Moment
    present: Names
    present_units: Names = ()


class MapItemBody(Body):
    """One point of the joint kartläggning and who said it."""

    section: Annotated[Section, Strict(False)]
    text: Text
    source: Name
    nature: Annotated[Nature, Strict(False)] = Nature.FACT

    def item(self) -> MapItem:
        """The point as the rules know it."""
        return MapItem(section=self.section, text=self.text, source=self.source, nature=self.nature)


class MappingBody(Body):
    """The joint kartläggning; a new one replaces nothing, the latest one is read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {
                            "section": "familj_och_miljo",
                            "text": "Pappa är ensam vuxen i hemmet på vardagar.",
                            "source": "barn",
                        }
                    ]
                }
            ]
        }
    )

    items: Annotated[tuple[MapItemBody, ...], Strict(False), Field(max_length=300)]


class DissentBody(Body):
    """A differing opinion, by name."""

    name: Name
    unit: Name
    opinion: Text
    level: Annotated[Level, Strict(False)] | None = None

    def dissent(self) -> Dissent:
        """The opinion as the rules know it."""
        return Dissent(name=self.name, unit=self.unit, opinion=self.opinion, level=self.level)


class AssessmentBody(Body):
    """The joint bedömning, with dissent by name."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"level": "röd", "reasons": "Våldet är bekräftat av två enheter."}]
        }
    )

    level: Annotated[Level, Strict(False)]
    reasons: Text
    dissents: Annotated[tuple[DissentBody, ...], Strict(False), Field(max_length=30)] = ()
