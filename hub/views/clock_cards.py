"""The clocks of one case with all that explains them, and what may be done with each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from hub.views.case import Lens, permitted
from hub.views.clocks import ClockView, clock_view
from hub.views.ladder import Moved, Rung, already_told, coming, moves, warned
from hub.views.times import last_moment, moment
from rules.access import Action
from rules.case import Case
from rules.clock import Clock
from rules.clock_policy import Postponement
from rules.people import Actor
from rules.postponing import is_for
from workflows.reading import CaseView
from workflows.rows import rows_of


@dataclass(frozen=True, slots=True)
class ClockAct:
    """Something that may be done with a clock, and where."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """One clock: how it stands, why, who is told, how it was moved, and what may be done."""

    clock: ClockView
    since: str
    target: str
    resting: str
    seen: str
    measure: str
    coming: tuple[Rung, ...]
    told: tuple[Rung, ...]
    moves: tuple[Moved, ...]
    acts: tuple[ClockAct, ...]


@dataclass(frozen=True, slots=True)
class ClockCards:
    """Local promises and legal limits side by side, and what is over."""

    local: tuple[ClockCard, ...]
    legal: tuple[ClockCard, ...]
    over: tuple[ClockCard, ...]


def clock_cards(read: CaseView, lens: Lens, actor: Actor) -> ClockCards:
    """Breached ones before all and then the nearest."""
    rows = sorted(rows_of(read.case).clocks, key=lambda row: row.due_at)
    sources = lens.instrument.sources
    views = ((row, clock_view(row, lens.policy, lens.at, sources=sources)) for row in rows)
    made = [(row, _card(read, lens, view, actor=actor)) for row, view in views]
    alive = [(row, card) for row, card in made if row.stopped_at is None]
    return ClockCards(
        local=tuple(card for row, card in alive if not row.legal),
        legal=tuple(card for row, card in alive if row.legal),
        over=tuple(card for row, card in made if row.stopped_at is not None),
    )


def _card(read: CaseView, lens: Lens, view: ClockView, *, actor: Actor) -> ClockCard:
    case, events, key = read.case, read.events, view.key
    clock = case.clocks[key]
    inner = clock.schedule.target_at
    return ClockCard(
        clock=view,
        since=moment(clock.started.anchor_at),
        target=last_moment(inner) if inner < clock.due_at else "",
        resting=moment(clock.suspended.until) if clock.suspended and clock.running else "",
        seen=_seen(clock, lens),
        measure=clock.explained.measure if clock.explained else "",
        coming=coming(case, clock, lens),
        told=already_told(events, key, lens),
        moves=moves(events, key, lens),
        acts=tuple(_acts(read, lens, actor, key=key)),
    )


def _seen(clock: Clock, lens: Lens) -> str:
    if clock.acknowledged is None or not clock.running:
        return ""
    return f"{lens.name(clock.acknowledged.by)}, {moment(clock.acknowledged.at)}"


def _acts(read: CaseView, lens: Lens, actor: Actor, *, key: str) -> Iterator[ClockAct]:
    tried = (
        ("Förläng fristen", "extension", extendable(read, lens, actor)),
        ("Låt fristen vila", "rest", restable(read, lens, actor)),
        ("Låt den löpa igen", "resumption", resumable(read)),
        ("Jag har sett varningen", "acknowledgement", acknowledgeable(read, lens, actor)),
    )
    for text, noun, keys in tried:
        if key in keys:
            yield ClockAct(text, f"/cases/{read.case.id}/{noun}?key={quote(key)}")


def extendable(read: CaseView, lens: Lens, actor: Actor) -> tuple[str, ...]:
    """The clocks whose end this person may move to a later time."""
    return tuple(_postponable(read, lens, actor, rests=False))


def restable(read: CaseView, lens: Lens, actor: Actor) -> tuple[str, ...]:
    """The clocks that this person may let rest."""
    return tuple(_postponable(read, lens, actor, rests=True))


def _postponable(read: CaseView, lens: Lens, actor: Actor, *, rests: bool) -> Iterator[str]:
    if Action.POSTPONE not in permitted(read.relations):
        return
    for key, clock in _running(read.case):
        policy = lens.policy.clocks.get(clock.started.clock)
        ground = policy and (policy.suspend if rests else policy.extend)
        if ground and clock.suspended is None and _covers(actor, ground):
            yield key


def _covers(actor: Actor, ground: Postponement) -> bool:
    return ground.requires is None or ground.requires in actor.delegations


def resumable(read: CaseView) -> tuple[str, ...]:
    """The clocks that rest and that this person may let run again."""
    if Action.POSTPONE not in permitted(read.relations):
        return ()
    return tuple(key for key, clock in _running(read.case) if clock.suspended is not None)


def acknowledgeable(read: CaseView, lens: Lens, actor: Actor) -> tuple[str, ...]:
    """The clocks that have warned, since they were last moved, without anybody having seen it."""
    if Action.ACKNOWLEDGE not in permitted(read.relations):
        return ()
    return tuple(
        key
        for key, clock in _running(read.case)
        if clock.suspended is None
        and clock.acknowledged is None
        and is_for(actor, read.case, clock, policy=lens.policy)
        and warned(read.events, key, since=_moved_at(clock))
    )


def _moved_at(clock: Clock) -> datetime | None:
    return max((it.at for it in (*clock.extended, *clock.resumed)), default=None)


def _running(case: Case) -> Iterable[tuple[str, Clock]]:
    return ((key, clock) for key, clock in case.clocks.items() if clock.running)
