"""A concern comes in: each child becomes a case of its own, with what is already known found."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from rules import context, fold, legible
from rules import events as ev
from rules.access import Action
from rules.assessing import classify
from rules.case import Case
from rules.classification import Classification
from rules.concern import Child, Related, Report, ReportedChild, Sibling
from rules.errors import Invalid, NotAllowed
from rules.language.shape import Fact
from rules.local_time import STOCKHOLM, local_day
from rules.people import Actor, Role
from rules.personal_number import NotAPersonalNumber, birth_date, normalise
from workflows.facts import Found, context_reach, fact_faults, known_facts
from workflows.movement import Moment, keep, moment_of
from workflows.notices import receipt
from workflows.ports import Access, Office, UnitOfWork
from workflows.rows import CaseRow

SAME_CHILD = "samma barn"
SIBLING = "syskon"
SAME_REPORT = "samma anmälan"
SAME_CONTEXT = "samma sammanhang"
_PART = r'[^\s@,;:<>()\[\]\\"]{1,120}'
_ADDRESS = re.compile(f"{_PART}@{_PART}")


def register(office: Office, actor: Actor, report: Report) -> tuple[Case, ...]:
    """Register a report; the same reference twice gives the cases that already are there."""
    if not actor.has(Role.INTAKE):
        raise NotAllowed
    moment = moment_of(office, actor)
    report = checked(report, moment.at, moment.rulebook.facts)
    _check_answers(report, moment)
    with office.uow() as work:
        known = work.lists.by_reference(report.reference) if report.reference else ()
        cases = tuple(_replayed(work, row) for row in known)
        if not cases:
            cases = tuple(_register_all(work, report, moment, office=office))
        _log(work, moment, cases)
        work.commit()
    return cases


def checked(report: Report, now: datetime, declared: Mapping[str, Fact]) -> Report:
    """The report with personal numbers in one form; every fault is named, none is guessed away."""
    report = replace(report, context=context.tidy(report.context))
    faults = {_field(path): said for path, said in legible.faults(report)}
    faults |= dict(_faults(report, now, declared))
    if faults:
        raise Invalid(faults)
    local = local_day(report.received_at)
    children = tuple(_normalised(child, local) for child in report.children)
    return replace(report, children=children)


def _field(path: str) -> str:
    """The name that forms and bodies have for a place in the report."""
    return path.replace(".child.", ".")


def _faults(
    report: Report, now: datetime, declared: Mapping[str, Fact]
) -> Iterator[tuple[str, str]]:
    if report.received_at > now:
        yield "received_at", "Inkommen kan inte ligga i framtiden."
    if not report.text.strip():
        yield "text", "Skriv vad anmälaren berättar."
    yield from _contact_faults(report.reporter.contact)
    if not report.children:
        yield "children", "Minst ett barn behövs, även om namnet är okänt."
    local = local_day(min(report.received_at, now))
    if report.context and (wrong := context.fault(report.context, local)):
        yield "context", wrong
    for number, reported in enumerate(report.children, 1):
        yield from _child_faults(reported, f"children.{number}", local)
        for name, sentence in fact_faults(reported.facts, report.reporter, declared):
            yield f"children.{number}.facts.{name}", sentence
    yield from _doubles(report, local)


def _contact_faults(contact: str | None) -> Iterator[tuple[str, str]]:
    """The confirmation goes to one address and to nobody whom the field could smuggle in."""
    if contact and "@" in contact and not _ADDRESS.fullmatch(contact):
        yield "reporter.contact", "Skriv en enda e-postadress, som namn@exempel.se."


def _doubles(report: Report, on: date) -> Iterator[tuple[str, str]]:
    """One child is one case: the same number twice is a slip of the pen."""
    seen: set[str] = set()
    for index, reported in enumerate(report.children, 1):
        try:
            number = normalise(reported.child.personal_number or "", on)
        except NotAPersonalNumber:
            continue
        if number in seen:
            yield f"children.{index}.personal_number", "Samma barn står redan i anmälan."
        seen.add(number)


def _child_faults(reported: ReportedChild, field: str, on: date) -> Iterator[tuple[str, str]]:
    people: Iterable[Child | Sibling] = chain([reported.child], reported.siblings)
    for index, person in enumerate(people):
        where = field if index == 0 else f"{field}.siblings.{index}"
        if person.birth_date and person.birth_date > on:
            yield f"{where}.birth_date", "Födelsedatumet ligger efter den dag anmälan kom in."
        if not person.personal_number:
            continue
        try:
            number = normalise(person.personal_number, on)
        except NotAPersonalNumber as fault:
            yield f"{where}.personal_number", str(fault)
            continue
        if person.birth_date and birth_date(number) != person.birth_date:
            yield f"{where}.birth_date", "Födelsedatumet stämmer inte med personnumret."


def _normalised(reported: ReportedChild, on: date) -> ReportedChild:
    child = reported.child
    if child.personal_number:
        number = normalise(child.personal_number, on)
        child = replace(child, personal_number=number, birth_date=birth_date(number))
    siblings = tuple(
        replace(sibling, personal_number=normalise(sibling.personal_number, on))
        if sibling.personal_number
        else sibling
        for sibling in reported.siblings
    )
    return replace(reported, child=child, siblings=siblings)


def _check_answers(report: Report, moment: Moment) -> None:
    faults = {
        f"children.{number}.answers.{name}": sentence
        for number, reported in enumerate(report.children, 1)
        for name, sentence in moment.rulebook.check_answers(reported.answers).items()
    }
    if faults:
        raise Invalid(faults)


@dataclass(frozen=True, slots=True)
class _Draft:
    """One child of the report with all that is found and said of it, before anything is kept."""

    case_id: str
    number: str
    reported: ReportedChild
    facts: Mapping[str, int | bool | str | None]
    classification: Classification
    found: tuple[Related, ...]


def _register_all(
    work: UnitOfWork, report: Report, moment: Moment, *, office: Office
) -> Iterator[Case]:
    report_id = moment.new_id()
    work.lists.hold_children(_numbers(report))
    near = _in_context(work, report, moment)
    drafts = [_draft(work, report, it, moment=moment, near=near) for it in report.children]
    for draft in drafts:
        linked = tuple(_linked(other, report) for other in drafts if other is not draft)
        registered = _registered(draft, report, moment, report_id=report_id, linked=linked)
        steps = tuple(_first_steps(draft, moment))
        case = fold.extend(fold.begin(draft.case_id, registered), steps)
        work.outbox.put(receipt(case, moment.at))
        yield keep(work, case, (registered, *steps), moment=moment, office=office)


def _numbers(report: Report) -> set[str]:
    """Of every child that the report tells of: of two reports at once, one sees the other."""
    own = {it.child.personal_number for it in report.children}
    near = {sibling.personal_number for it in report.children for sibling in it.siblings}
    return {number for number in own | near if number}


def _draft(
    work: UnitOfWork,
    report: Report,
    reported: ReportedChild,
    *,
    moment: Moment,
    near: tuple[CaseRow, ...],
) -> _Draft:
    earlier = _earlier(work, reported)
    siblings = _sibling_rows(work, reported)
    beside = tuple(it.child for it in report.children if it is not reported)
    found = Found(
        child=reported.child,
        reporter=report.reporter,
        received_at=report.received_at,
        earlier=earlier,
        in_context=near,
        beside=beside if report.context else (),
        siblings_open=bool(beside) or any(row.closed_at is None for row in siblings),
    )
    facts = known_facts(found, reported.facts, moment.rulebook.facts)
    nearer = {row.case_id for row in (*earlier, *siblings)}
    on = local_day(report.received_at)
    return _Draft(
        case_id=moment.new_id(),
        number=_number(work, moment.at),
        reported=reported,
        facts=facts,
        classification=moment.rulebook.classify(facts, reported.answers, on=on),
        found=(
            *(related(row, SAME_CHILD) for row in earlier),
            *(related(row, SIBLING) for row in siblings),
            *(_beside(row) for row in near if row.case_id not in nearer),
        ),
    )


def _linked(other: _Draft, report: Report) -> Related:
    """Another child of the same report, as it is when both are registered."""
    return Related(
        case_id=other.case_id,
        number=other.number,
        relation=SAME_REPORT,
        received_at=report.received_at,
        level=other.classification.level.value,
        open=True,
    )


def _registered(
    draft: _Draft,
    report: Report,
    moment: Moment,
    *,
    report_id: str,
    linked: tuple[Related, ...],
) -> ev.Registered:
    return ev.Registered(
        at=moment.at,
        by=moment.actor.id,
        number=draft.number,
        report_id=report_id,
        received_at=report.received_at,
        channel=report.channel,
        reporter=report.reporter,
        child=draft.reported.child,
        siblings=draft.reported.siblings,
        title=report.title,
        text=report.text,
        related=(*draft.found, *linked),
        facts=draft.facts,
        reference=report.reference,
        context=report.context,
    )


def _first_steps(draft: _Draft, moment: Moment) -> Iterator[ev.Event]:
    if draft.reported.answers:
        yield ev.QuestionsAnswered(at=moment.at, by=moment.actor.id, answers=draft.reported.answers)
    yield classify(draft.classification, by=moment.actor.id, at=moment.at)


def _number(work: UnitOfWork, at: datetime) -> str:
    year = at.astimezone(STOCKHOLM).year
    return f"MH-{year}-{work.lists.next_number(year):05d}"


def _earlier(work: UnitOfWork, reported: ReportedChild) -> tuple[CaseRow, ...]:
    number = reported.child.personal_number
    return work.lists.of_child(number) if number else ()


def _sibling_rows(work: UnitOfWork, reported: ReportedChild) -> tuple[CaseRow, ...]:
    return tuple(
        row
        for sibling in reported.siblings
        if sibling.personal_number
        for row in work.lists.of_child(sibling.personal_number)
    )


def _in_context(work: UnitOfWork, report: Report, moment: Moment) -> tuple[CaseRow, ...]:
    """Cases in the context of the report that are open or as late as any fact counts them.

    None when no fact of the rules counts children in a context: then nothing is matched.
    """
    reach = context_reach(moment.rulebook.facts)
    if report.context is None or reach is None:
        return ()
    rows = work.lists.of_context(context.key(report.context))
    at = report.received_at
    return tuple(row for row in rows if row.closed_at is None or at - row.received_at <= reach)


def _beside(row: CaseRow) -> Related:
    """Only that it is there: those who see this case are not told how another child's is rated."""
    return replace(related(row, SAME_CONTEXT), level=None, outcome=None)


def related(row: CaseRow, relation: str) -> Related:
    """What is shown of another case when a concern is registered: its level and how it ended."""
    return Related(
        case_id=row.case_id,
        number=row.number,
        relation=relation,
        received_at=row.received_at,
        level=row.level,
        outcome=row.outcome,
        open=row.closed_at is None,
    )


def _replayed(work: UnitOfWork, row: CaseRow) -> Case:
    case = fold.replay(row.case_id, work.journal.read(row.case_id))
    assert case is not None
    return case


def _log(work: UnitOfWork, moment: Moment, cases: tuple[Case, ...]) -> None:
    seen = {case.id for case in cases}
    seen |= {other.case_id for case in cases for other in case.registered.related}
    work.access.record(
        Access(
            at=moment.at,
            account_id=moment.actor.id,
            action=Action.REGISTER.value,
            case_ids=tuple(sorted(seen)),
            granted=True,
            relation="mottagning",
        )
    )
