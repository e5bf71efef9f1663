"""Blind double rating: a draw of past concerns, two people who each rate, and how alike they were.

Whoever rates sees what the reporter told, the facts and the answers as they were when the rules
were first asked, and nothing that was proposed, set or decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules import access, fold, legible
from rules import events as ev
from rules.access import Action
from rules.agreement import Agreement, agreement
from rules.answer import Answer
from rules.clocks import intake_unit
from rules.days import Days
from rules.errors import Invalid, NotVisible
from rules.level import Level
from rules.people import Actor, Role
from rules.ratings import (
    Candidate,
    Chosen,
    NothingToDraw,
    Rating,
    Sample,
    draw,
    require_rater,
)
from workflows.drift import READERS
from workflows.judgements import LevelEvent, LevelStory, stories
from workflows.ports import Office, UnitOfWork
from workflows.versions import RuleAction, log, require


@dataclass(frozen=True, slots=True)
class Blind:
    """A concern as a rater sees it, as it was told when it came in."""

    text: str
    facts: Mapping[str, int | bool | str | None]
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Differing:
    """A concern that somebody and another found different levels for; without the other's name."""

    sample_id: int
    place: int
    mine: Rating
    other: Rating


@dataclass(frozen=True, slots=True)
class Progress:
    """A sample, and how many of its concerns no, one and two people have rated."""

    sample: Sample
    drawn: int
    rated: int
    begun: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two were, and each of them with what people set and what the rules proposed.

    Only concerns that both have rated count. Who was first differs from concern to concern.
    """

    progress: Progress
    between: Agreement
    with_confirmed: tuple[Agreement, Agreement]
    with_proposed: tuple[Agreement, Agreement]


def draw_sample(office: Office, actor: Actor, *, size: int, days: Days) -> Sample:
    """Draw past concerns whose level people set within the days; all that were read are logged.

    Raises Invalid, and NothingToDraw when there are none.
    """
    require(office, actor, RuleAction.SAMPLE, Role.RULE_OWNER)
    seed = office.new_id()
    with office.uow() as work:
        read = tuple(stories(work.history.levels(days.since, days.until)))
        drawn = draw(_candidates(read, days), size=size, seed=seed)
        if not drawn:
            raise NothingToDraw
        fresh = Sample(drawn_by=actor.id, drawn_at=office.clock(), days=days, size=size, seed=seed)
        sample = work.ratings.add(fresh, [_chosen(it, place) for place, it in enumerate(drawn, 1)])
        case_ids = tuple(story.case_id for story in read)
        detail = f"urval {sample.id}"
        log(work, office, actor, action=RuleAction.SAMPLE, detail=detail, case_ids=case_ids)
        work.commit()
    return sample


def _candidates(read: Sequence[LevelStory], days: Days) -> Iterator[Candidate]:
    for story in read:
        judgement = story.judgement if story.readable else None
        if judgement is not None and days.since <= judgement.at < days.until:
            yield Candidate(
                story.case_id, judgement.proposed, judgement.level, story.closed, story.hands
            )


def _chosen(candidate: Candidate, place: int) -> Chosen:
    return Chosen(
        sample_id=0,
        place=place,
        case_id=candidate.case_id,
        proposed=candidate.proposed,
        confirmed=candidate.confirmed,
        hands=tuple(sorted(candidate.hands)),
    )


def waiting(office: Office, actor: Actor) -> tuple[tuple[int, int], ...]:
    """Sample and place of everything that the actor may rate; nothing of any case."""
    if not actor.has(Role.INTAKE):
        return ()
    with office.uow() as work:
        return tuple((it.sample_id, it.place) for it in work.ratings.waiting(actor.id))


def read_blind(office: Office, actor: Actor, where: tuple[int, int]) -> Blind:
    """The concern at that sample and place, for somebody who may rate it; logged on its case.

    Raises NotVisible when nothing was drawn there, and what `require_rater` raises.
    """
    require(office, actor, RuleAction.RATE, Role.INTAKE)
    with office.uow() as work:
        chosen, events = _open(work, office, actor, where=where)
        _log(work, office, actor, chosen=chosen)
        work.commit()
    first = next(it for it in events if isinstance(it, ev.Classified))
    registered = events[0]
    assert isinstance(registered, ev.Registered)
    said = first.classification
    return Blind(registered.text, said.facts, said.answers)


def rate(
    office: Office, actor: Actor, where: tuple[int, int], *, level: Level, reason: str = ""
) -> None:
    """Keep what the actor found of the concern at that sample and place, once and for all."""
    require(office, actor, RuleAction.RATE, Role.INTAKE)
    sample_id, place = where
    with office.uow() as work:
        chosen, _ = _open(work, office, actor, where=where)
        rating = Rating(
            sample_id=sample_id,
            place=place,
            rater=actor.id,
            level=level,
            reason=reason.strip(),
            rated_at=office.clock(),
        )
        if faults := dict(legible.faults(rating)):
            raise Invalid(faults)
        work.ratings.rate(rating)
        _log(work, office, actor, chosen=chosen)
        work.commit()


def _open(
    work: UnitOfWork, office: Office, actor: Actor, *, where: tuple[int, int]
) -> tuple[Chosen, tuple[ev.Event, ...]]:
    sample_id, place = where
    found = [it for it in work.ratings.chosen(sample_id) if it.place == place]
    if not found:
        raise NotVisible
    events = work.journal.read(found[0].case_id)
    case = fold.replay(found[0].case_id, events)
    if case is None:
        raise NotVisible
    intake = intake_unit(office.rulebook().policy)
    access.require(actor, Action.READ, case, intake_unit=intake)
    told = tuple(it for it in events if isinstance(it, LevelEvent))
    hands = LevelStory(case.id, case.number, closed=False, events=told).hands
    require_rater(actor, found[0], work.ratings.ratings(sample_id), hands=hands)
    return found[0], events


def _log(work: UnitOfWork, office: Office, actor: Actor, *, chosen: Chosen) -> None:
    detail = f"urval {chosen.sample_id}, plats {chosen.place}"
    case_ids = (chosen.case_id,)
    log(work, office, actor, action=RuleAction.RATE, detail=detail, case_ids=case_ids)


def differing(office: Office, actor: Actor) -> tuple[Differing, ...]:
    """Where the actor and the other found otherwise, the newest sample first; logged on the cases.

    Only when both have answered: until then there is nothing of the other's to see.
    """
    require(office, actor, RuleAction.RATE, Role.INTAKE)
    with office.uow() as work:
        found: list[Differing] = []
        case_ids: list[str] = []
        for sample in work.ratings.samples():
            here = tuple(_differing(work.ratings.ratings(sample.id), actor))
            places = {it.place for it in here}
            case_ids += [it.case_id for it in work.ratings.chosen(sample.id) if it.place in places]
            found += here
        if found:
            detail = "där två såg olika"
            cases = tuple(dict.fromkeys(case_ids))
            log(work, office, actor, action=RuleAction.RATE, detail=detail, case_ids=cases)
        work.commit()
    return tuple(found)


def _differing(given: Sequence[Rating], actor: Actor) -> Iterator[Differing]:
    for mine in given:
        others = [it for it in given if it.place == mine.place and it.rater != mine.rater]
        if mine.rater == actor.id and others and others[0].level is not mine.level:
            yield Differing(mine.sample_id, mine.place, mine, others[0])


def samples(office: Office, actor: Actor) -> tuple[Progress, ...]:
    """Every sample with how far it has come, the newest first; nothing of any case."""
    require(office, actor, RuleAction.AGREEMENT, *READERS)
    with office.uow() as work:
        return tuple(_progress(work, sample) for sample in work.ratings.samples())


def _progress(work: UnitOfWork, sample: Sample) -> Progress:
    given = [it.place for it in work.ratings.ratings(sample.id)]
    twice = {place for place in given if given.count(place) > 1}
    drawn = len(work.ratings.chosen(sample.id))
    return Progress(sample, drawn, len(twice), len(set(given) - twice))


def likeness(office: Office, actor: Actor, sample_id: int) -> Likeness:
    """How alike the sample was rated; the cases that both have rated are in the access log.

    Raises NotVisible when there is no such sample.
    """
    require(office, actor, RuleAction.AGREEMENT, *READERS)
    with office.uow() as work:
        found = [it for it in work.ratings.samples() if it.id == sample_id]
        if not found:
            raise NotVisible
        both = tuple(_rated_twice(work, sample_id))
        case_ids = tuple(chosen.case_id for chosen, _, _ in both)
        detail = f"urval {sample_id}"
        log(work, office, actor, action=RuleAction.AGREEMENT, detail=detail, case_ids=case_ids)
        progress = _progress(work, found[0])
        work.commit()
    return Likeness(
        progress,
        agreement((one, two) for _, one, two in both),
        (
            agreement((one, chosen.confirmed) for chosen, one, _ in both),
            agreement((two, chosen.confirmed) for chosen, _, two in both),
        ),
        (
            agreement((one, chosen.proposed) for chosen, one, _ in both),
            agreement((two, chosen.proposed) for chosen, _, two in both),
        ),
    )


def _rated_twice(work: UnitOfWork, sample_id: int) -> Iterator[tuple[Chosen, Level, Level]]:
    given = work.ratings.ratings(sample_id)
    for chosen in work.ratings.chosen(sample_id):
        levels = [it.level for it in given if it.place == chosen.place]
        if len(levels) > 1:
            yield chosen, levels[0], levels[1]
