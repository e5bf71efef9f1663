"""The handover as people read it: in Swedish, each sentence with its source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.case import CalledUnit, Case
from rules.concern import Protected
from rules.engines.reasons import Passage
from rules.local_time import clock_time, moment
from rules.policy import Policy
from rules.statement import AnswerKind, DecisionKind, Section
from workflows.source_words import in_words

SECTIONS: Mapping[str, str] = {
    Section.CHILD: "Barnets utveckling",
    Section.PARENTS: "Föräldrarnas förmåga",
    Section.FAMILY: "Familj och miljö",
    Section.CONTACTS: "Barnets kontakter",
    Section.PLACES: "Platser och situationer",
    Section.RISKS: "Risk",
    Section.PROTECTION: "Skydd",
    Section.UNKNOWN: "Ännu okänt",
}
ANSWERS: Mapping[str, str] = {
    AnswerKind.KNOWN: "Känd",
    AnswerKind.NOT_KNOWN: "Inte känd",
    AnswerKind.CANNOT_ANSWER: "Kan inte svara",
    AnswerKind.SYSTEM_DOWN: "System nere",
}
DECISIONS: Mapping[str, str] = {
    DecisionKind.OPEN: "Inleda utredning",
    DecisionKind.NOT_OPEN: "Inte inleda utredning",
    DecisionKind.ONGOING: "Uppgifterna går till en pågående utredning",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of the document, and where it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its sentences; an empty one says so rather than being left out."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole handover; `protected` puts the warning on every page."""

    number: str
    received: str
    protected: bool
    chapters: tuple[Chapter, ...]


def document_of(
    case: Case,
    policy: Policy,
    questions: Mapping[str, str],
    *,
    sources: Mapping[str, str],
    levels: Sequence[Passage] = (),
) -> Document:
    """The readable document; `questions` words each indicator, `sources` are titles of what the
    rules rest on, `levels` say why no other level."""
    chapters = (
        Chapter("Barnet", tuple(_child(case))),
        Chapter("Orosanmälan", tuple(_concern(case))),
        Chapter("Tidigare och samtidiga ärenden", tuple(_related(case))),
        Chapter("Omedelbar skyddsbedömning", tuple(_protection(case))),
        Chapter("Svar på instrumentets frågor", tuple(_answers(case, questions))),
        Chapter("Nivå och skäl", tuple(_level(case, levels, sources))),
        Chapter("Vad enheterna vet", tuple(_units(case, policy))),
        Chapter("Hubbmötet", tuple(_meeting(case, policy))),
        *(Chapter(f"Kartläggning: {SECTIONS[s]}", tuple(_mapping(case, s))) for s in Section),
        Chapter("Gemensam bedömning", tuple(_assessments(case))),
        Chapter("Beslut", tuple(_decision(case))),
        Chapter("Uppgifter från och till utomstående", tuple(_outside(case, policy))),
        Chapter("Anteckningar och rättelser", tuple(_notes(case))),
    )
    return Document(case.number, moment(case.received_at), case.child.is_protected, chapters)


def _child(case: Case) -> Iterator[Entry]:
    child = case.child
    yield Entry(f"Namn: {child.name or 'okänt'}")
    yield Entry(f"Personnummer: {child.personal_number or 'saknas'}")
    yield Entry(f"Födelsedatum: {child.birth_date or 'okänt'}")
    words = {
        Protected.YES: "Skyddade personuppgifter: ja",
        Protected.NO: "Skyddade personuppgifter: nej",
        Protected.UNKNOWN: "Skyddade personuppgifter: inte känt, räknas som skyddade",
    }
    yield Entry(words[child.protected])
    for sibling in case.registered.siblings:
        yield Entry(f"Syskon: {sibling.name or 'namn okänt'}, född {sibling.birth_date or 'okänt'}")


def _concern(case: Case) -> Iterator[Entry]:
    first = case.registered
    who = first.reporter.name or "namn inte angivet"
    yield Entry(f"Inkommen {moment(first.received_at)}, registrerad {moment(first.at)}")
    yield Entry(f"Anmälare: {first.reporter.kind.value.replace('_', ' ')}, {who}")
    yield Entry(first.text, "anmälaren")
    if first.context:
        yield Entry(f"Plats, händelse eller nätverk som flera barn delar: {first.context}")


def _related(case: Case) -> Iterator[Entry]:
    for other in case.registered.related:
        head = f"{other.number}, {other.relation}, inkommen {moment(other.received_at)}"
        outcome = (other.outcome or "inte beslutat").replace("_", " ")
        yield Entry(f"{head}, nivå {other.level}, {outcome}" if other.level else head)


def _protection(case: Case) -> Iterator[Entry]:
    if case.protection:
        need = "behöver" if case.protection.needed else "behöver inte"
        yield Entry(
            f"Barnet {need} omedelbart skydd. {case.protection.reasons}",
            moment(case.protection.at),
        )
        if case.protection.measures:
            yield Entry(f"Skydd: {case.protection.measures}")


def _answers(case: Case, questions: Mapping[str, str]) -> Iterator[Entry]:
    for name, said in case.said.items():
        for answer in said.values():
            asked = questions.get(name, name)
            yield Entry(f"{asked} {answer.value.value}", answer.source.replace("_", " "))


def _level(case: Case, levels: Sequence[Passage], sources: Mapping[str, str]) -> Iterator[Entry]:
    if case.classified:
        found = case.classified.classification
        yield Entry(f"Reglerna föreslår {found.level.value}", f"regler {found.rules_version}")
        for finding in found.findings:
            ground = in_words(finding.law or finding.source or "", sources)
            yield Entry(finding.because, ground or finding.rule)
        for passage in levels:
            yield Entry(f"{passage.heading}: {' '.join(passage.sentences)}")
    for level in case.levels:
        how = "Sänkt av två personer till" if level.proposed_by else "Bekräftad nivå:"
        yield Entry(f"{how} {level.level.value}. {level.reason}".strip(), moment(level.at))


def _units(case: Case, policy: Policy) -> Iterator[Entry]:
    for unit in case.units.values():
        name = policy.units[unit.unit].name if unit.unit in policy.units else unit.unit
        if not unit.answers:
            yield Entry(f"{name}: har inte svarat")
        yield from _unit_answers(unit, name)


def _unit_answers(unit: CalledUnit, name: str) -> Iterator[Entry]:
    for answer in unit.answers:
        who = f"{answer.attested_by}, {moment(answer.at)}"
        yield Entry(f"{name}: {ANSWERS[answer.answer]}. {answer.reason}".strip(), who)
        for said in answer.statements:
            kind = f"{said.nature.value} om {said.about.value}, {said.weight.value}"
            yield Entry(f"{said.text} ({kind})", f"{name}: {said.source}")


def _meeting(case: Case, policy: Policy) -> Iterator[Entry]:
    if case.meeting:
        yield Entry(f"Hållet {moment(case.meeting.started_at)}–{clock_time(case.meeting.ended_at)}")
        yield Entry(f"Deltog: {', '.join(case.meeting.present)}")
        for unit in case.meeting.silent_units:
            name = policy.units[unit].name if unit in policy.units else unit
            yield Entry(f"Hölls utan svar från {name}")


def _mapping(case: Case, section: Section) -> Iterator[Entry]:
    for item in case.mapping.items if case.mapping else ():
        if item.section is section:
            yield Entry(f"{item.text} ({item.nature.value})", item.source)


def _assessments(case: Case) -> Iterator[Entry]:
    for made in case.assessments:
        yield Entry(f"{made.level.value.capitalize()}. {made.reasons}", moment(made.at))
        for dissent in made.dissents:
            yield Entry(f"Skiljaktig: {dissent.opinion}", f"{dissent.name}, {dissent.unit}")


def _decision(case: Case) -> Iterator[Entry]:
    if case.decision:
        made = case.decision
        yield Entry(f"{DECISIONS[made.decision]}. {made.reasons}", f"{made.law}, {moment(made.at)}")
        yield Entry(f"Beslutat av {made.decided_by} med delegation {made.delegation}")
        if made.presenters:
            yield Entry(f"Föredragande: {', '.join(made.presenters)}")
        if made.participants:
            yield Entry(f"Medverkade: {', '.join(made.participants)}")
        if made.without_hub:
            yield Entry(f"Beslutat utan hubbmöte: {made.without_hub}")


def _outside(case: Case, policy: Policy) -> Iterator[Entry]:
    for request in case.requests.values():
        party = policy.parties.get(request.asked.party, request.asked.party)
        verb = "Begärt av" if request.asked.act == "hämta" else "Lämnat till"
        ground = policy.grounds.get(request.asked.ground, request.asked.ground)
        yield Entry(f"{verb} {party}: {request.asked.question}", ground)
        if request.asked.ground_reason:
            yield Entry(f"Grunden gäller: {request.asked.ground_reason}")
        if request.reply and request.reply.nothing_known:
            yield Entry(f"{party} har inget att lämna", moment(request.reply.at))
        for said in request.reply.statements if request.reply else ():
            kind = f"{said.nature.value} om {said.about.value}, {said.weight.value}"
            yield Entry(f"{said.text} ({kind})", f"{party}: {said.source}")


def _notes(case: Case) -> Iterator[Entry]:
    for note in case.notes:
        yield Entry(f"{note.nature.capitalize()}: {note.text}", moment(note.at))
