"""Versions of the rules in memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory_tables import Staged
from rules.events import Classified
from rules.versions import Approval, NotWaiting, OwnProposal, Rejection, RuleVersion
from workflows.rule_ports import Past, Shadow, ShadowResult, Tally


class MemoryRules:
    """Rows by number, in the order they were added."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def alone(self) -> None:
        self._staged.lock("rules")

    def keep(self, version: RuleVersion) -> bool:
        with self._staged.store.lock:
            if version.version in self._staged.view().rule_versions:
                return False
            self._staged.own.rule_versions[version.version] = version
            return True

    def version(self, name: str) -> RuleVersion | None:
        with self._staged.store.lock:
            return self._staged.view().rule_versions.get(name)

    def versions(self) -> tuple[RuleVersion, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().rule_versions.values())
        return tuple(sorted(every, key=lambda it: (it.proposed_at, it.version), reverse=True))

    def approve(self, approval: Approval) -> Approval:
        if approval.approver == approval.author:
            raise OwnProposal
        added = replace(approval, id=next(self._staged.store.serial))
        self._staged.own.approvals[added.id] = added
        return added

    def approvals(self) -> tuple[Approval, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().approvals.values())
        return tuple(sorted(every, key=lambda it: it.id, reverse=True))

    def schedule(self) -> tuple[Approval, ...]:
        withdrawn = {it.approval_id for it in self.rejections()}
        standing = (it for it in self.approvals() if it.id not in withdrawn)
        return tuple(sorted(standing, key=lambda it: (it.effective_at, it.id)))

    def reject(self, rejection: Rejection) -> None:
        mine = (rejection.version, rejection.approval_id)
        if any((it.version, it.approval_id) == mine for it in self.rejections()):
            raise NotWaiting
        self._staged.own.rejections[next(self._staged.store.serial)] = rejection

    def rejections(self) -> tuple[Rejection, ...]:
        with self._staged.store.lock:
            every = dict(self._staged.view().rejections)
        return tuple(every[number] for number in sorted(every, reverse=True))

    def start_shadow(self, shadow: Shadow) -> Shadow:
        with self._staged.store.lock:
            last = max(self._staged.view().positions, default=0)
        begun = replace(shadow, id=next(self._staged.store.serial), position=last)
        self._staged.own.shadows[begun.id] = begun
        return begun

    def end_shadow(self, shadow_id: int, *, at: datetime, by: str) -> None:
        with self._staged.store.lock:
            running = self._staged.view().shadows[shadow_id]
        if running.ended_at is None:
            self._staged.own.shadows[shadow_id] = replace(running, ended_at=at, ended_by=by)

    def shadows(self) -> tuple[Shadow, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().shadows.values())
        return tuple(sorted(every, key=lambda it: it.id, reverse=True))

    def history(
        self, *, after: int = 0, limit: int = 500, case_id: str | None = None
    ) -> tuple[Past, ...]:
        found = (it for it in self._classified() if it.position > after)
        return tuple(it for it in found if case_id in (None, it.case_id))[:limit]

    def unseen(self, shadow: Shadow, *, limit: int) -> tuple[Past, ...]:
        seen = {it.position for it in self._results(shadow.id)}
        since = (it for it in self._classified() if it.position > shadow.position)
        return tuple(it for it in since if it.position not in seen)[:limit]

    def _classified(self) -> Iterator[Past]:
        with self._staged.store.lock:
            view = self._staged.view()
            places = sorted(view.positions.items())
            journal, rows = dict(view.journal), dict(view.rows)
        for position, (case_id, seq) in places:
            event, case = journal[case_id][seq - 1], rows[case_id].case
            if isinstance(event, Classified):
                yield Past(
                    position,
                    case_id,
                    case.number,
                    at=event.at,
                    received_at=case.received_at,
                    classification=event.classification,
                )

    def record(self, results: Sequence[ShadowResult]) -> None:
        with self._staged.store.lock:
            known = self._staged.view().shadow_results
            for result in results:
                key = (result.shadow_id, result.position)
                if key not in known:
                    self._staged.own.shadow_results[key] = result

    def _results(self, shadow_id: int) -> list[ShadowResult]:
        with self._staged.store.lock:
            every = list(self._staged.view().shadow_results.values())
        return sorted((it for it in every if it.shadow_id == shadow_id), key=lambda it: it.position)

    def tally(self, shadow_id: int) -> tuple[Tally, ...]:
        counts = Counter((it.live_level, it.shadow_level) for it in self._results(shadow_id))
        found = (Tally(live, shadow, count) for (live, shadow), count in counts.items())
        return tuple(sorted(found, key=lambda it: (it.live or "", it.shadow or "")))

    def differing(self, shadow_id: int, *, limit: int = 200) -> tuple[ShadowResult, ...]:
        every = reversed(self._results(shadow_id))
        return tuple(it for it in every if it.live_level != it.shadow_level or it.fault)[:limit]
