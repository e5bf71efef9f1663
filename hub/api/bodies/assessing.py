"""Bodies of what the intake assesses: protection, the instrument, the level, notes."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, Strict

from hub.api.bodies.concern import ChildBody
from hub.api.bodies.shape import Answers, Body, Facts, Name, Text
from rules.level import Level


class ProtectionBody(Body):
    """The omedelbar skyddsbedömning, yes or no; measures are needed with a yes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "needed": True,
                    "reasons": "Barnet vågar inte gå hem och har synliga märken.",
                    "measures": "Jourhem i natt; socialjouren hämtar vid skolan.",
                }
            ]
        }
    )

    needed: bool
    reasons: Text
    measures: Text = ""


class IndicatorAnswersBody(Body):
    """New answers to the instrument; earlier ones stay in the journal."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"answers": {"syskon_i_hemmet": {"value": "okänt", "source": "skola"}}}]
        }
    )

    answers: Answers


class LevelBody(Body):
    """The level that a person confirms or changes to; a change needs its reason."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"level": "röd"}]})

    level: Annotated[Level, Strict(False)]
    reason: Text = ""


class LoweringAnswerBody(Body):
    """The second person's word on a proposed lowering."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"approve": False, "reason": "Hotet mot barnet är inte utrett."}]
        }
    )

    approve: bool
    reason: Text = ""


class NoteBody(Body):
    """A note, a correction or an objection from the person concerned."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"text": "Skolan ringde och lämnade nytt telefonnummer till rektor."}]
        }
    )

    text: Text
    nature: Literal["rättelse", "invändning", "anteckning"] = "anteckning"
    about_seq: int | None = None


class ChildCorrectionBody(Body):
    """The child as it should have been, and why it is put right."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "child": {"name": "Elliot Vråkberg", "personal_number": "20160514-9895"},
                    "reason": "Personnumret var fel antecknat.",
                }
            ]
        }
    )

    child: ChildBody
    reason: Text


class ClassificationBody(Body):
    """A concern to classify without keeping it: as a line to `hub rules classify`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "exempel-1",
                    "facts": {"alder": 9, "tidigare_anmalningar_12m": 2},
                    "answers": {"vald_mot_barnet": {"value": "ja", "source": "skola"}},
                }
            ]
        }
    )

    id: Annotated[Name | None, Field(description="Avsändarens egen beteckning.")] = None
    facts: Facts = Field(default_factory=dict)
    answers: Answers = Field(default_factory=dict)
