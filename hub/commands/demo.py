"""`hub demo`: everything from nothing to a served hub with made-up cases."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
import typer

from hub import serving
from hub.demo import loading
from hub.demo.accounts import shown
from hub.presence import on_duty
from hub.starting import CannotStart
from hub.wiring.desk import desk_of
from hub.wiring.house import House, drop_embedded, open_house, settings_from
from hub.wiring.worker import chores_of, presence_of, recorded_post, scheduler_of
from workflows.delivery_ports import Post
from workflows.ports import Office

HOST = "127.0.0.1"
_OLD = timedelta(hours=12)
_OTHERS = (
    "Databasen har konton som inte hör till demon, så demon rör den inte.",
    "Välj en annan katalog med HUB_VAR, eller starta med hub serve.",
)


def run_demo(environment: Mapping[str, str], *, port: int | None, fresh: bool) -> None:
    """Load the demo once, print how to get in, and serve; never on somebody's real database."""
    own = {name: value for name, value in environment.items() if name in _KEPT}
    settings = settings_from(own)
    port = port or settings.port
    settings = replace(settings, base_url=serving.address(HOST, port))
    with serving.told_to_leave():
        with open_house(settings) as house:
            if not _is_to_be_cleared(house, fresh=fresh):
                _serve(house, port)
                return
        drop_embedded(settings)
        with open_house(settings) as house:
            _serve(house, port)


_KEPT = frozenset({"HUB_PORT", "HUB_RULES", "HUB_VAR"})


def _serve(house: House, port: int) -> None:
    post = recorded_post(house.office.clock)
    _load(house, post)
    with on_duty(presence_of(house, "demo")) as presence:
        chores = chores_of(house, post)
        chores.catch_up()
        clockwork = scheduler_of(chores, presence)
        serving.reload_on_hangup(house.rules.reload)
        desk = desk_of(
            house,
            scheduler=clockwork,
            post_log=post.recent,
            demo_accounts=shown(),
        )
        serving.serve(desk, host=HOST, port=port, clockwork=clockwork, open_door=_open_door)


def _load(house: House, post: Post) -> None:
    if loading.state(house.office) is loading.State.EMPTY:
        typer.echo("Lägger in demokonton och påhittade ärenden …")
        loading.load(house.office, post, house.passwords, rewrite=house.rule_tools.rewrite)
        structlog.get_logger().info("demo.loaded")
    elif _is_old(house.office):
        typer.echo("Demofallen är från en tidigare dag. Nya fall: hub demo --fresh")


def _is_to_be_cleared(house: House, *, fresh: bool) -> bool:
    """An interrupted demo is begun anew; what is not a demo is never thrown away."""
    found = loading.state(house.office)
    if found is loading.State.OTHER:
        raise CannotStart(_OTHERS)
    return found is loading.State.HALF or (fresh and found is not loading.State.EMPTY)


def _is_old(office: Office) -> bool:
    with office.uow() as work:
        loaded = work.lists.by_reference(loading.FRESHEST)
    return bool(loaded) and office.clock() - loaded[0].registered_at > _OLD


def _open_door(address: str) -> None:
    for line in _lines(address):
        typer.echo(line)


def _lines(address: str) -> Iterator[str]:
    accounts = shown()
    width = max(len(account.username) for account in accounts)
    yield ""
    yield f"Hubben är öppen: {address}"
    yield ""
    yield f"Demokonton, alla med lösenordet {accounts[0].password}"
    for account in accounts:
        yield f"  {account.username:<{width}}  {account.name}: {account.what}"
    yield ""
    yield "Alla personer är påhittade. Avsluta med Ctrl-C."
