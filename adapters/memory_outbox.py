"""The outbox in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory_tables import Staged
from workflows.delivery_ports import Delivery, Notice


class MemoryOutbox:
    """Notices by key; the first one with a key stays."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def _all(self) -> list[Delivery]:
        with self._staged.store.lock:
            every = list(self._staged.view().outbox.values())
        return sorted(every, key=lambda delivery: delivery.id)

    def put(self, notices: Sequence[Notice]) -> None:
        with self._staged.store.lock:
            known = self._staged.view().outbox
            for notice in notices:
                if notice.key not in known:
                    number = next(self._staged.store.serial)
                    self._staged.own.outbox[notice.key] = Delivery(id=number, notice=notice)

    def claim(self, now: datetime) -> Delivery | None:
        waiting = (it for it in self._all() if it.sent_at is None and not it.dead)
        ready = (it for it in waiting if it.next_try_at is None or it.next_try_at <= now)
        return next((it for it in ready if self._staged.try_lock("delivery", str(it.id))), None)

    def sent(self, delivery_id: int, at: datetime, receivers: Sequence[str]) -> None:
        it = self._of(delivery_id)
        done = replace(it, tries=it.tries + 1, sent_at=at, failed=None, next_try_at=None)
        self._staged.own.outbox[it.notice.key] = done
        self._staged.own.receivers[it.notice.key] = tuple(receivers)

    def failed(self, delivery_id: int, *, reason: str, next_try_at: datetime, dead: bool) -> None:
        it = self._of(delivery_id)
        self._staged.own.outbox[it.notice.key] = replace(
            it, tries=it.tries + 1, failed=reason, next_try_at=next_try_at, dead=dead
        )

    def _of(self, delivery_id: int) -> Delivery:
        return next(it for it in self._all() if it.id == delivery_id)

    def recent(self, limit: int) -> tuple[Delivery, ...]:
        return tuple(reversed(self._all()))[:limit]

    def dead(self) -> tuple[Delivery, ...]:
        return tuple(it for it in reversed(self._all()) if it.dead)
