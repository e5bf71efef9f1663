"""The watchdog: proves the promise anew, and tells what is not as promised.

It trusts nothing that the sweep does. What it finds is kept from when it is first seen until it has
been gone for a while, so that each finding is mailed once when it begins and once when it is over;
of what each is somebody's, every one more is mailed too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules import local_time
from rules.people import Role
from workflows import statements
from workflows.delivery_ports import Notice
from workflows.finding_words import advice, sentence
from workflows.liveness import SKEW, last_beat, silent
from workflows.ports import Office, UnitOfWork
from workflows.vigil_ports import Finding, Kind, Proof, Seen

LATE = timedelta(minutes=1)
LATE_DELIVERY = timedelta(minutes=15)
_QUIET = timedelta(minutes=3)
# Letters that tell of dead letters may die too: more of them are told of at most this often.
_AGAIN = timedelta(minutes=15)
_EACH_IS_TOLD = frozenset({Kind.UNPROMISED, Kind.UNTOLD, Kind.UNRECORDED, Kind.DEAD_LETTER})
_RECEIVERS = (Role.MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a process knows of itself: its name, its clock minus the database's, its scheduler."""

    place: str = ""
    skew: timedelta = timedelta()
    scheduler: bool = True


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the watchdog found, and which of it began, grew and ended with it."""

    found: tuple[Finding, ...]
    began: tuple[Finding, ...]
    grew: tuple[Finding, ...]
    ended: tuple[Finding, ...]
    proof: Proof


def examine(office: Office, own: Own) -> tuple[Finding, ...]:
    """Everything that is not as promised at this moment; nothing is written.

    What other processes have found of themselves is told too, as long as it is not over.
    """
    with office.uow() as work:
        found, _ = _examined(work, own, office.clock())
        kept = work.vigil.open_findings()
    first = {it.finding.kind: it.first_seen for it in reversed(kept)}
    here = {it.kind for it in found}
    elsewhere = (it.finding for it in kept if it.finding.place and it.finding.kind not in here)
    since = (replace(it, since=min(it.since, first.get(it.kind, it.since))) for it in found)
    return (*since, *elsewhere)


def watch(office: Office, own: Own) -> Round:
    """One round: what is found is kept, and what begins, grows and ends is mailed."""
    now = office.clock()
    with office.uow() as work:
        work.vigil.alone()
        found, proof = _examined(work, own, now)
        kept = {_name(it.finding): it for it in work.vigil.open_findings()}
        fresh = [it for it in found if _name(it) not in kept]
        known = [(kept[_name(it)].id, it) for it in found if _name(it) in kept]
        more = [(number, it) for number, it in known if _has_grown(kept[_name(it)], it, now)]
        over = [it for it in kept.values() if _is_over(it, found, now)]
        work.vigil.see(known, now)
        for it in fresh:
            _begin(work, it, now)
        for number, it in more:
            work.vigil.tell(number, it.count, now)
            _tell(work, number, it, now=now)
        for seen in over:
            work.vigil.clear(seen.id, now)
            _tell_end(work, seen, now)
        work.commit()
    return Round(
        found=found,
        began=tuple(fresh),
        grew=tuple(it for _, it in more),
        ended=tuple(it.finding for it in over),
        proof=proof,
    )


def kept(office: Office, *, limit: int = 50) -> tuple[Seen, ...]:
    """What was found lately, the latest first."""
    with office.uow() as work:
        return work.vigil.recent_findings(limit)


def _examined(work: UnitOfWork, own: Own, now: datetime) -> tuple[tuple[Finding, ...], Proof]:
    proof = work.vigil.proof(now - LATE)
    found = (
        *_of_promise(proof, now),
        *_of_deliveries(work, now),
        *_of_processes(work, now),
        *_of_clock(work, own, now),
        *_of_statement(work, now),
    )
    return tuple(found), proof


def _of_promise(proof: Proof, now: datetime) -> Iterator[Finding]:
    if proof.unpromised:
        yield Finding(kind=Kind.UNPROMISED, since=now, count=len(proof.unpromised))
    if proof.untold:
        yield Finding(kind=Kind.UNTOLD, since=now, count=proof.untold)
    if proof.oldest_unrecorded is not None:
        since = proof.oldest_unrecorded
        yield Finding(kind=Kind.UNRECORDED, since=since, count=proof.unrecorded)
    if proof.oldest_alarm is not None:
        yield Finding(kind=Kind.LATE_ALARM, since=proof.oldest_alarm, count=proof.late_alarms)


def _of_deliveries(work: UnitOfWork, now: datetime) -> Iterator[Finding]:
    oldest, counts = work.outbox.oldest_waiting(now), work.outbox.counts()
    if oldest is not None and now - oldest > LATE_DELIVERY:
        yield Finding(kind=Kind.LATE_DELIVERY, since=oldest, count=counts.waiting)
    if counts.dead:
        yield Finding(kind=Kind.DEAD_LETTER, since=now, count=counts.dead)


def _of_processes(work: UnitOfWork, now: datetime) -> Iterator[Finding]:
    last = last_beat(work, now)
    if last is None or now - last >= LATE:
        yield Finding(kind=Kind.NO_WORKER, since=last or now)
    gone = silent(work.nodes.seen(), now)
    if gone:
        since = min(node.seen_at for node in gone)
        yield Finding(kind=Kind.SILENT_WORKER, since=since, count=len(gone))


def _of_clock(work: UnitOfWork, own: Own, now: datetime) -> Iterator[Finding]:
    if abs(own.skew) > SKEW:
        yield Finding(kind=Kind.SKEW, since=now, place=own.place)
    written = [it for it in (work.watch.last_beat(), work.vigil.newest_event()) if it is not None]
    if written and max(written) - now > SKEW:
        yield Finding(kind=Kind.BACKWARDS, since=now, place=own.place)
    if not own.scheduler:
        yield Finding(kind=Kind.DEAD_SCHEDULER, since=now, place=own.place)


def _of_statement(work: UnitOfWork, now: datetime) -> Iterator[Finding]:
    since = statements.overdue(work, now)
    if since is not None:
        yield Finding(kind=Kind.NO_STATEMENT, since=since)


def _name(finding: Finding) -> tuple[Kind, str]:
    return finding.kind, finding.place


def _is_over(seen: Seen, found: Sequence[Finding], now: datetime) -> bool:
    """Gone for a while: what comes and goes, or only another process can see, is not over."""
    still = _name(seen.finding) in {_name(it) for it in found}
    return not still and now - seen.last_seen >= _QUIET


def _has_grown(seen: Seen, finding: Finding, now: datetime) -> bool:
    """That one is told of says nothing of the next: each is another case or another letter."""
    more = finding.kind in _EACH_IS_TOLD and finding.count > seen.told
    return more and now - seen.told_at >= _AGAIN


def went_backwards(work: UnitOfWork, last: datetime, *, place: str, now: datetime) -> None:
    """Keep that the clock is behind the last sign of life, which the next one writes over."""
    if last - now <= SKEW:
        return
    finding = Finding(kind=Kind.BACKWARDS, since=now, place=place)
    if _name(finding) not in {_name(it.finding) for it in work.vigil.open_findings()}:
        _begin(work, finding, now)


def _begin(work: UnitOfWork, finding: Finding, now: datetime) -> None:
    _tell(work, work.vigil.begin(finding, now), finding, now=now)


def _tell(work: UnitOfWork, number: int, finding: Finding, *, now: datetime) -> None:
    body = f"{sentence(finding)} {advice(finding.kind)} Sedan {local_time.moment(finding.since)}."
    _put(work, f"{number}:{now:%Y%m%dT%H%M%S}", "Bevakningen larmar", body=body, now=now)


def _tell_end(work: UnitOfWork, seen: Seen, now: datetime) -> None:
    lasted = f"{local_time.moment(seen.first_seen)} till {local_time.moment(seen.last_seen)}"
    body = f"Det här är över, det varade {lasted}: {sentence(seen.finding)}"
    _put(work, f"{seen.id}", "Bevakningen: över", body=body, now=now)


def _put(work: UnitOfWork, told: str, subject: str, *, body: str, now: datetime) -> None:
    work.outbox.put(
        [
            Notice(
                key=f"bevakning:{told}:{subject}:{role.value}",
                case_id="",
                subject=subject,
                body=body,
                role=role,
                made_at=now,
                kind="watch",
            )
            for role in _RECEIVERS
        ]
    )
