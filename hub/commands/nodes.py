"""`hub nodes`: the processes that work on the database."""

import json
import os
from collections.abc import Iterator
from typing import Annotated

import typer

from hub.wiring.house import open_house, settings_from
from rules.local_time import STOCKHOLM
from workflows.nodes import Seen, seen


def add_nodes(app: typer.Typer) -> typer.Typer:
    """The command, among those of `hub`."""

    @app.command(name="nodes")
    def nodes(
        as_json: Annotated[bool, typer.Option("--json", help="Svara med JSON.")] = False,
    ) -> None:
        """Processerna som arbetar mot databasen, och de som har gjort det den senaste veckan."""
        with open_house(settings_from(os.environ)) as house:
            found = seen(house.office)
        told = [_columns(it) for it in found]
        typer.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(found)))

    return app


def _columns(seen: Seen) -> dict[str, str | None]:
    node = seen.node
    return {
        "id": node.id,
        "kind": node.kind,
        "host": node.host,
        "program": node.program,
        "schema": node.schema,
        "started_at": node.started_at.isoformat(),
        "seen_at": node.seen_at.isoformat(),
        "left_at": node.left_at.isoformat() if node.left_at else None,
        "standing": seen.standing.value,
    }


def _lines(found: tuple[Seen, ...]) -> Iterator[str]:
    for it in found:
        at = it.node.seen_at.astimezone(STOCKHOLM)
        yield (
            f"{it.standing.value:<9} {it.node.kind:<18} {it.node.host}"
            f"  version {it.node.program}, schema {it.node.schema}, sedd {at:%Y-%m-%d %H:%M:%S}"
        )
    if not found:
        yield "Ingen process har arbetat mot databasen den senaste veckan."
