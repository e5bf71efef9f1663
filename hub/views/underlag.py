"""Everything that the hub knows about a case as one readable document, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.views import words
from hub.views.case import Assessment, Identity, Known, Lens, assessment, identity, known
from hub.views.hubcall import HubView, Said, hub_view, said
from hub.views.questions import Area, areas
from hub.views.times import moment
from rules.case import Case
from rules.events import InformationRequested
from rules.statement import Section
from workflows.document import DECISIONS, SECTIONS


@dataclass(frozen=True, slots=True)
class Entry:
    """A text with who stands for it and when."""

    head: str
    text: str
    signed: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the joint mapping."""

    name: str
    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to an outside party and what came back."""

    request_id: str
    party: str
    act: str
    question: str
    ground: str
    asked: str
    waiting: bool
    nothing: bool
    statements: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The package for reading; made from the case and nothing else."""

    identity: Identity
    reporter: str
    channel: str
    title: str
    text: str
    context: str
    siblings: tuple[str, ...]
    related: tuple[Known, ...]
    protection: Entry | None
    areas: tuple[Area, ...]
    assessment: Assessment | None
    levels: tuple[Entry, ...]
    hub: HubView
    mapping: tuple[Part, ...]
    assessments: tuple[Entry, ...]
    dissents: tuple[Entry, ...]
    decision: Entry | None
    handover: Entry | None
    exchanges: tuple[Exchange, ...]
    notes: tuple[Entry, ...]


def document(case: Case, lens: Lens) -> Document:
    """The case as a document."""
    first = case.registered
    answered = areas(lens.instrument, case.said, words.sources(lens.policy))
    return Document(
        identity=identity(case),
        reporter=_reporter(case),
        channel=words.CHANNELS[first.channel],
        title=first.title,
        text=first.text,
        context=first.context or "",
        siblings=tuple(_sibling(case)),
        related=tuple(known(it) for it in first.related),
        protection=_protection(case, lens),
        areas=tuple(area for area in answered if area.answered),
        assessment=assessment(case, lens),
        levels=tuple(_levels(case, lens)),
        hub=hub_view(case, lens),
        mapping=tuple(_mapping(case)),
        assessments=tuple(_assessments(case, lens)),
        dissents=tuple(_dissents(case, lens)),
        decision=_decision(case),
        handover=_handover(case, lens),
        exchanges=tuple(_exchanges(case, lens)),
        notes=tuple(_notes(case, lens)),
    )


def _reporter(case: Case) -> str:
    reporter = case.registered.reporter
    name = f", {reporter.name}" if reporter.name else ""
    return f"{words.REPORTERS[reporter.kind]}{name}"


def _sibling(case: Case) -> Iterator[str]:
    for it in case.registered.siblings:
        born = f", född {it.birth_date}" if it.birth_date else ""
        yield f"{it.name or 'Namn okänt'}{born}"


def _protection(case: Case, lens: Lens) -> Entry | None:
    made = case.protection
    if made is None:
        return None
    need = "behöver omedelbart skydd" if made.needed else "behöver inte omedelbart skydd"
    signed = f"{moment(made.at)}, {lens.name(made.by)}"
    return Entry(f"Barnet {need}", made.reasons, signed, made.measures)


def _levels(case: Case, lens: Lens) -> Iterator[Entry]:
    for it in case.levels:
        second = f", på förslag av {lens.name(it.proposed_by)}" if it.proposed_by else ""
        signed = f"{moment(it.at)}, {lens.name(it.by)}{second}"
        yield Entry(it.level.value.capitalize(), it.reason, signed)


def _mapping(case: Case) -> Iterator[Part]:
    if case.mapping is None:
        return
    for section in Section:
        items = tuple(
            Said(it.text, it.source, "", it.nature.value, "")
            for it in case.mapping.items
            if it.section is section
        )
        if items:
            yield Part(SECTIONS[section], items)


def _assessments(case: Case, lens: Lens) -> Iterator[Entry]:
    for it in case.assessments:
        signed = f"{moment(it.at)}, antecknad av {lens.name(it.by)}"
        yield Entry(f"Gemensam bedömning: {it.level.value}", it.reasons, signed)


def _dissents(case: Case, lens: Lens) -> Iterator[Entry]:
    for made in case.assessments:
        for it in made.dissents:
            level = f" ({it.level.value})" if it.level else ""
            unit = f", {lens.unit(it.unit)}" if it.unit else ""
            yield Entry(f"Skiljaktig: {it.name}{unit}{level}", it.opinion, moment(made.at))


def _decision(case: Case) -> Entry | None:
    made = case.decision
    if made is None:
        return None
    took_part = f"Deltog: {', '.join(made.participants)}. " if made.participants else ""
    presented = f"Föredragande: {', '.join(made.presenters)}. " if made.presenters else ""
    alone = f"Utan hubb: {made.without_hub}" if made.without_hub else ""
    delegation = made.delegation.replace("_", " ")
    signed = f"{moment(made.at)}, {made.decided_by}, delegation att {delegation}, {made.law}"
    more = f"{took_part}{presented}{alone}".strip()
    return Entry(DECISIONS[made.decision], made.reasons, signed, more)


def _handover(case: Case, lens: Lens) -> Entry | None:
    given, receipt = case.handover, case.receipt
    if given is None:
        return None
    received = (
        f"Mottaget {moment(receipt.at)} av {lens.name(receipt.investigator)}"
        if receipt
        else "Inte mottaget ännu"
    )
    head = f"Överlämnat till {lens.unit(given.unit)}"
    signed = f"{moment(given.at)}, {lens.name(given.by)}"
    return Entry(head, received, signed, f"Innehållets kontrollsumma {given.package_hash[:16]}")


def _exchanges(case: Case, lens: Lens) -> Iterator[Exchange]:
    for request in case.requests.values():
        asked, reply = request.asked, request.reply
        yield Exchange(
            request_id=asked.request_id,
            party=lens.policy.parties.get(asked.party, asked.party),
            act="Begärt av" if asked.act == "hämta" else "Lämnat till",
            question=asked.question,
            ground=_ground(asked, lens),
            asked=moment(asked.at),
            waiting=reply is None and asked.act == "hämta",
            nothing=bool(reply and reply.nothing_known),
            statements=tuple(said(it) for it in reply.statements) if reply else (),
        )


def _notes(case: Case, lens: Lens) -> Iterator[Entry]:
    for note in case.notes:
        about = f" till händelse {note.about_seq}" if note.about_seq else ""
        signed = f"{moment(note.at)}, {lens.name(note.by)}"
        yield Entry(f"{note.nature.capitalize()}{about}", note.text, signed)


def _ground(asked: InformationRequested, lens: Lens) -> str:
    name = lens.policy.grounds.get(asked.ground, asked.ground)
    return f"{name}: {asked.ground_reason}" if asked.ground_reason else name
