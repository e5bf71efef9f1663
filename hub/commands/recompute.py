"""`hub rules recompute`: what the rules said then, said once more."""

import json
import os
from typing import Annotated

import typer

from hub.wiring.house import open_house, settings_from
from workflows.recomputing import recompute


def add_recompute(app: typer.Typer) -> typer.Typer:
    """The command, among those of `hub rules`."""

    @app.command(name="recompute")
    def again(
        case: Annotated[
            str | None, typer.Option("--case", metavar="NUMBER", help="Bara det ärendet.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Svara med JSON.")] = False,
    ) -> None:
        """Räknar om varje klassning under den version som gällde då. Slut 1 om något skiljer."""
        with open_house(settings_from(os.environ)) as house:
            found = recompute(house.office, number=case)
        told = {
            "count": found.count,
            "incidents": found.incidents,
            "unlike": [
                {
                    "case": it.number,
                    "position": it.position,
                    "rules_version": it.version,
                    "what": it.what,
                }
                for it in found.unlike
            ],
        }
        same = found.count - len(found.unlike)
        text = [it.sentence for it in found.unlike]
        text.append(f"Klassningar räknade om: {found.count}. Likadana som då: {same}.")
        if found.incidents:
            text.append(f"Höjda då för att en regelmotor föll: {found.incidents}.")
        typer.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(text))
        raise typer.Exit(1 if found.unlike else 0)

    return app
