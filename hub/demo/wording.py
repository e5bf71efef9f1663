"""Short ways to write what is said in demo cases."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from rules.answer import Answer, Value
from rules.concern import Channel, Report, ReportedChild, Reporter, ReporterKind
from rules.statement import About, MapItem, Nature, Section, Statement, Weight

YES, NO, UNKNOWN = Value.YES, Value.NO, Value.UNKNOWN


def said(source: ReporterKind, *, yes: str = "", no: str = "") -> Mapping[str, Answer]:
    """Answers by one source; indicators separated by spaces."""
    return {
        **{name: Answer(Value.YES, source.value) for name in yes.split()},
        **{name: Answer(Value.NO, source.value) for name in no.split()},
    }


def report(
    *children: ReportedChild,
    kind: ReporterKind,
    channel: Channel,
    title: str,
    text: str,
    contact: str | None = None,
    wants_feedback: bool = False,
    context: str | None = None,
) -> Report:
    """A report; when it came in and its reference are set when it is played."""
    return Report(
        received_at=datetime.min.replace(tzinfo=UTC),
        channel=channel,
        reporter=Reporter(kind=kind, contact=contact, wants_feedback=wants_feedback),
        text=text,
        children=children,
        title=title,
        context=context,
    )


MakeReport = Callable[[date], Report]


def risk(text: str, source: str, *, context: bool = False) -> Statement:
    """A fact that points to risk."""
    return _statement(text, source, context=context, weight=Weight.RISK)


def safe(text: str, source: str, *, context: bool = False) -> Statement:
    """A fact that points to protection."""
    return _statement(text, source, context=context, weight=Weight.PROTECTION)


def judged(text: str, source: str, *, context: bool = False) -> Statement:
    """An assessment, kept apart from the facts."""
    return Statement(
        text=text,
        source=source,
        about=About.CONTEXT if context else About.CHILD,
        nature=Nature.ASSESSMENT,
        weight=Weight.RISK,
    )


def point(section: Section, text: str, source: str) -> MapItem:
    """One sentence of the kartläggning."""
    return MapItem(section=section, text=text, source=source)


def _statement(text: str, source: str, *, context: bool, weight: Weight) -> Statement:
    return Statement(
        text=text,
        source=source,
        about=About.CONTEXT if context else About.CHILD,
        nature=Nature.FACT,
        weight=weight,
    )
