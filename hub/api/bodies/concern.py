"""The body of a concern: what came in, from whom, about which children."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict
from pydantic.config import JsonDict

from hub.api.bodies.shape import Answers, Body, Day, Email, Facts, Moment, Name, Text, answers_of
from rules.concern import (
    Channel,
    Child,
    Protected,
    Report,
    ReportedChild,
    Reporter,
    ReporterKind,
    Sibling,
)
from rules.context import LONGEST

_EXAMPLE: JsonDict = {
    "received_at": "2026-03-10T08:55:00+01:00",
    "channel": "telefon",
    "reporter": {"kind": "skola", "name": "Mentor", "wants_feedback": True},
    "title": "Märken och rädsla för att gå hem",
    "text": "Eleven berättar att pappa slog med bältet i går och vågar inte gå hem i dag.",
    "reference": "skola-2026-117",
    "children": [
        {
            "name": "Elliot Vråkberg",
            "personal_number": "20160514-9895",
            "protected": "nej",
            "siblings": [{"birth_date": "2019-11-02"}],
            "answers": {
                "vald_mot_barnet": {"value": "ja", "source": "skola"},
                "vagar_inte_ga_hem": {"value": "ja", "source": "barnet"},
            },
            "facts": {"pagaende_insats": False},
        }
    ],
}


class ReporterBody(Body):
    """Who is worried; `contact` is an e-mail address for the confirmation of receipt."""

    kind: Annotated[ReporterKind, Strict(False)]
    name: Name | None = None
    contact: Email | None = None
    wants_feedback: bool = False


class SiblingBody(Body):
    """A sibling that the report mentions."""

    name: Name | None = None
    birth_date: Day | None = None
    personal_number: Name | None = None


class ChildBody(SiblingBody):
    """A child as far as known; protected identity is unknown, and so protected, unless told."""

    protected: Annotated[Protected, Strict(False)] = Protected.UNKNOWN

    def child(self) -> Child:
        """The child as the rules know it."""
        return Child(
            name=self.name,
            birth_date=self.birth_date,
            personal_number=self.personal_number,
            protected=self.protected,
        )


class ReportedChildBody(ChildBody):
    """One of the children in the report, with what is answered and known about just this one."""

    siblings: Annotated[tuple[SiblingBody, ...], Strict(False), Field(max_length=30)] = ()
    answers: Answers = Field(default_factory=dict)
    facts: Facts = Field(default_factory=dict)

    def reported(self) -> ReportedChild:
        """The child with its siblings, answers and facts."""
        siblings = tuple(
            Sibling(name=one.name, birth_date=one.birth_date, personal_number=one.personal_number)
            for one in self.siblings
        )
        return ReportedChild(
            child=self.child(),
            siblings=siblings,
            answers=answers_of(self.answers),
            facts=dict(self.facts),
        )


class ConcernBody(Body):
    """An orosanmälan; each child in it becomes a case of its own."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    received_at: Moment
    channel: Annotated[Channel, Strict(False)]
    reporter: ReporterBody
    text: Text
    children: Annotated[
        tuple[ReportedChildBody, ...], Strict(False), Field(min_length=1, max_length=30)
    ]
    title: Annotated[Text, Field(max_length=200)] = ""
    reference: Name | None = None
    context: Annotated[Name, Field(max_length=LONGEST)] | None = Field(
        default=None,
        description="Plats, händelse eller nätverk som flera barn delar. Inga namn på personer.",
    )

    def report(self) -> Report:
        """The report as the workflow takes it."""
        reporter = self.reporter
        return Report(
            received_at=self.received_at,
            channel=self.channel,
            reporter=Reporter(
                kind=reporter.kind,
                name=reporter.name,
                contact=reporter.contact,
                wants_feedback=reporter.wants_feedback,
            ),
            text=self.text,
            children=tuple(child.reported() for child in self.children),
            title=self.title,
            reference=self.reference,
            context=self.context,
        )


class LookupBody(Body):
    """A child to look up, by personal number and nothing else."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"personal_number": "20160514-9895"}]}
    )

    personal_number: Name
