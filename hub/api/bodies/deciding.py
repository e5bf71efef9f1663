"""Bodies of the decision and what follows: handover, information, feedback, breaches, closing."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from hub.api.bodies.hub import Names, Statements
from hub.api.bodies.shape import Body, Moment, Name, Text
from rules.policy import Act
from rules.statement import DecisionKind


class DecisionBody(Body):
    """A decision with its reasons; without a law the delegation's own is written."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "decision": "inleda",
                    "reasons": "Uppgifterna om våld kan leda till behov av insats.",
                    "presenters": ["Mira Lund"],
                }
            ]
        }
    )

    decision: Annotated[DecisionKind, Strict(False)]
    reasons: Text
    law: Annotated[Text, Field(max_length=200)] = ""
    presenters: Names = ()
    participants: Names = ()
    without_hub: Text = ""
    violence_considered: Text = ""


class HandoverBody(Body):
    """To whom everything goes; without a unit the routing says which."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"unit": "utredning"}]})

    unit: Name | None = None
    investigator: Name | None = None


class ConcernedInformationBody(Body):
    """How those concerned were told that an utredning is open, or the reasons against."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"how": "Båda vårdnadshavarna vid besök i dag."}]}
    )

    how: Text = ""
    withheld_because: Text = ""


class ConclusionBody(Body):
    """What the utredning led to."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"outcome": "Insats enligt socialtjänstlagen beviljad."}]}
    )

    outcome: Text


class FeedbackRequestBody(Body):
    """The reporter asks to hear back; now, unless another time is given."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"requested_at": "2026-03-10T15:00:00+01:00"}]}
    )

    requested_at: Moment | None = None


class FeedbackBody(Body):
    """How the reporter heard back, or why it was unsuitable; the fact follows from the decision."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "telefon"}]})

    channel: Annotated[Text, Field(max_length=200)] = ""
    unsuitable_because: Text = ""
    consent: Text = ""


class InformationRequestBody(Body):
    """What an outside party is asked or told, and on which ground."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"party": "skola", "act": "hämta", "question": "Frånvaro sedan höstterminen?"}
            ]
        }
    )

    party: Name
    act: Annotated[Act, Strict(False)]
    question: Text
    ground: Annotated[Text, Field(max_length=200)] = ""
    ground_reason: Text = ""


class InformationAnswerBody(Body):
    """The party's answer, per statement with source, or that it has nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"nothing_known": True}]})

    nothing_known: bool = False
    statements: Statements = ()


class ExplanationBody(Body):
    """Why a deadline passed and what is done about it; a new time when the step remains."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "cause": "bemanning",
                    "comment": "Två sjuka på enheten under dagen.",
                    "measure": "Vuxenenheten lånar ut en handläggare till fredag.",
                }
            ]
        }
    )

    cause: Name
    comment: Text
    measure: Text
    measure_by: Moment | None = None


class ClosureBody(Body):
    """The hub lets go of the case."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Överlämnat."}]})

    reason: Text = ""
