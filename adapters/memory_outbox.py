"""The outbox in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from adapters.memory_tables import Staged
from workflows.delivery_ports import (
    EVERY,
    Among,
    Claim,
    Counts,
    Delivery,
    Failure,
    Notice,
    Resend,
    Settlement,
    Theirs,
)


class MemoryOutbox:
    """Notices by key; the first one with a key stays."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def _all(self) -> list[Delivery]:
        with self._staged.store.lock:
            every = list(self._staged.view().outbox.values())
        return sorted(every, key=lambda delivery: delivery.id)

    def _under_way(self) -> list[Delivery]:
        with self._staged.store.lock:
            every = {**self._staged.store.undelivered, **self._staged.own.outbox}
        open_ = (it for it in every.values() if it.sent_at is None and not it.dead)
        return sorted(open_, key=lambda delivery: delivery.id)

    def _write(self, delivery: Delivery, **changes: Any) -> Delivery:
        changed = replace(delivery, **changes)
        self._staged.own.outbox[delivery.notice.key] = changed
        return changed

    def _settle(self, delivery: Delivery, **changes: Any) -> None:
        self._write(delivery, claimed_by=None, claimed_until=None, **changes)

    def put(self, notices: Sequence[Notice]) -> None:
        with self._staged.store.lock:
            known = self._staged.view().outbox
            for notice in notices:
                for way in self._staged.store.ways:
                    told = notice.on(way)
                    if told.key not in known:
                        number = next(self._staged.store.serial)
                        self._staged.own.outbox[told.key] = Delivery(number, told, way)

    def claim(self, claim: Claim) -> tuple[Delivery, ...]:
        with self._staged.store.lock:
            ready = [it for it in self._under_way() if _is_free(it, claim)]
            free = (
                it
                for it in sorted(ready, key=lambda it: (it.tries, it.id))
                if self._staged.try_lock("delivery", str(it.id))
            )
            held = {"claimed_by": claim.by, "claimed_until": claim.until}
            taken = islice(free, claim.most)
            return tuple(self._write(it, tries=it.tries + 1, **held) for it in taken)

    def release(self, by: str) -> None:
        for it in self._under_way():
            if it.claimed_by == by:
                self._settle(it, tries=it.tries - 1)

    def sent(
        self, delivery_id: int, at: datetime, received_by: Sequence[str], *, detour: str | None
    ) -> None:
        it = self._of(delivery_id)
        done = {"sent_at": at, "failed": None, "dead": False, "next_try_at": None}
        if it.sent_at is None:
            self._settle(it, received_by=tuple(received_by), detour=detour, **done)

    def failed(self, delivery_id: int, failure: Failure, *, by: str) -> None:
        it = self._of(delivery_id)
        if it.claimed_by == by and it.sent_at is None and not it.dead:
            self._settle(
                it,
                failed=failure.reason,
                next_try_at=failure.next_try_at,
                dead=failure.dead,
                received_by=failure.received_by,
            )

    def one(self, delivery_id: int) -> Delivery | None:
        self._staged.lock("delivery", str(delivery_id))
        return next((it for it in self._all() if it.id == delivery_id), None)

    def _of(self, delivery_id: int) -> Delivery:
        near = (it for it in self._under_way() if it.id == delivery_id)
        return next(near, None) or next(it for it in self._all() if it.id == delivery_id)

    def resend(self, resend: Resend) -> None:
        again = {"dead": False, "tries": 0, "next_try_at": resend.at}
        self._settle(self._of(resend.delivery_id), **again)
        self._staged.own.resends[next(self._staged.store.serial)] = resend

    def resends(self, delivery_ids: Sequence[int]) -> tuple[Resend, ...]:
        kept = sorted(self._staged.view().resends.items())
        return tuple(it for _, it in kept if it.delivery_id in delivery_ids)

    def settle(self, settlement: Settlement) -> None:
        self._write(self._of(settlement.delivery_id), settled_at=settlement.at)
        self._staged.own.settlements[next(self._staged.store.serial)] = settlement

    def settlements(self, delivery_ids: Sequence[int]) -> tuple[Settlement, ...]:
        kept = sorted(self._staged.view().settlements.items())
        return tuple(it for _, it in kept if it.delivery_id in delivery_ids)

    def recent(self, limit: int, among: Among = EVERY) -> tuple[Delivery, ...]:
        found = [it for it in self._all() if _is_among(it, among)]
        if among.newer_than is not None:
            return tuple(reversed(found[:limit]))
        return tuple(reversed(found))[:limit]

    def dead(self) -> tuple[Delivery, ...]:
        return tuple(it for it in reversed(self._all()) if it.given_up)

    def waiting(self, limit: int, theirs: Theirs | None = None) -> tuple[Delivery, ...]:
        every = self._under_way()
        found = [it for it in every if theirs is None or theirs.holds(it.notice)]
        return tuple(found[:limit])

    def oldest_waiting(self, now: datetime) -> datetime | None:
        made = (it.notice.made_at for it in self._under_way())
        return min((at for at in made if at <= now), default=None)

    def counts(self) -> Counts:
        waiting = self._under_way()
        failing = [it for it in waiting if it.failed is not None]
        return Counts(len(waiting), len(failing), len(self.dead()))


def _is_free(it: Delivery, claim: Claim) -> bool:
    moments = (it.next_try_at, it.claimed_until)
    return it.way is claim.way and all(at is None or at <= claim.at for at in moments)


def _is_among(it: Delivery, among: Among) -> bool:
    newer_than, older_than = among.newer_than, among.older_than
    return (
        (newer_than is None or it.id > newer_than)
        and (older_than is None or it.id < older_than)
        and (not among.ended or it.sent_at is not None or it.settled_at is not None)
        and (among.theirs is None or among.theirs.holds(it.notice))
    )
