"""What pages and API are given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adapters.clock import now
from adapters.document import handover_pdf, rules_pdf
from adapters.passwords import new_token, token_hash
from adapters.scheduler import Scheduler
from hub.chores import Chores
from hub.desk import DemoAccount, Desk, Health, Letter
from hub.library import Library
from hub.wiring.house import House
from workflows.ports import StoreUnavailable

_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class OpaqueTokens:
    """Opaque secrets, as the desk wants them."""

    def new(self) -> str:
        return new_token()

    def hash(self, token: str) -> str:
        return token_hash(token)


def desk_of(
    house: House,
    *,
    scheduler: Scheduler | None,
    chores: Chores | None,
    post_log: Callable[[], Sequence[Letter]] = tuple,
    demo_accounts: tuple[DemoAccount, ...] = (),
) -> Desk:
    """What pages and API are given."""
    return Desk(
        office=house.office,
        instrument=lambda: house.rules.current().instrument,
        passwords=house.passwords,
        tokens=OpaqueTokens(),
        health=lambda: _health(house, scheduler),
        metrics=house.metrics.exposition,
        handover_pdf=handover_pdf,
        rules_pdf=rules_pdf,
        rule_tools=house.rule_tools,
        library=Library(house.office),
        base_url=house.settings.base_url,
        secret_key=house.settings.secret_key or new_token(),
        post_log=post_log,
        outage=chores.outage if chores else lambda: None,
        demo=bool(demo_accounts),
        demo_accounts=demo_accounts,
    )


def _health(house: House, scheduler: Scheduler | None) -> Health:
    try:
        with house.office.uow() as work:
            last_beat = work.watch.last_beat()
        database = True
    except StoreUnavailable:
        last_beat, database = None, False
    beating = last_beat is not None and now() - last_beat < _SILENT
    health = scheduler.health() if scheduler else {}
    return Health(
        database=database,
        worker=scheduler.alive() if scheduler else beating,
        last_beat=last_beat,
        rules_version=house.rules.known().version,
        rules_faults=house.rules.faults(),
        faults={name: chore.fault for name, chore in health.items() if chore.fault},
    )
