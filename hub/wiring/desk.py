"""What pages and API are given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adapters.clock import now
from adapters.document import handover_pdf, rules_pdf
from adapters.passwords import new_token, token_hash
from adapters.scheduler import Scheduler
from adapters.skew import skew
from hub.desk import DemoAccount, Desk, Health, Letter
from hub.library import Library
from hub.wiring.house import House
from hub.wiring.seal import seal_of
from workflows import liveness, promises
from workflows.ports import StoreUnavailable
from workflows.promises import Own

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
    post_log: Callable[[], Sequence[Letter]] = tuple,
    demo_accounts: tuple[DemoAccount, ...] = (),
) -> Desk:
    """What pages and API are given."""
    seal = seal_of(house.settings)
    return Desk(
        office=house.office,
        instrument=lambda: house.rules.current().instrument,
        passwords=house.passwords,
        tokens=OpaqueTokens(),
        health=lambda: _health(house, scheduler),
        metrics=lambda: _measured(house, scheduler),
        handover_pdf=handover_pdf,
        rules_pdf=rules_pdf,
        rule_tools=house.rule_tools,
        library=Library(house.office),
        base_url=house.settings.base_url,
        secret_key=house.settings.secret_key or new_token(),
        post_log=post_log,
        own=lambda: _own(house, scheduler),
        statement_key=seal.key if seal else "",
        demo=bool(demo_accounts),
        demo_accounts=demo_accounts,
    )


def _own(house: House, scheduler: Scheduler | None) -> Own:
    """What this process knows of itself."""
    alive = scheduler.alive() if scheduler else True
    return Own(skew=skew(house.database.engine, now), scheduler=alive)


def _measured(house: House, scheduler: Scheduler | None) -> bytes:
    """The numbers, with what is found at this very moment whether or not a worker lives."""
    try:
        found = promises.examine(house.office, _own(house, scheduler))
        house.metrics.found({it.kind.value: it.count for it in found})
    except StoreUnavailable:
        house.metrics.unreached()
    return house.metrics.exposition()


def _health(house: House, scheduler: Scheduler | None) -> Health:
    try:
        with house.office.uow() as work:
            last_beat = liveness.last_beat(work, now())
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
