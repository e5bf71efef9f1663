"""`hub`: the command line. Results go to stdout, logs and faults to stderr."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import structlog
import typer

from hub import serving
from hub.commands.accounts import tokens_app, users_app
from hub.commands.deliveries import deliveries_app
from hub.commands.demo import run_demo
from hub.commands.nodes import add_nodes
from hub.commands.recompute import add_recompute
from hub.commands.statements import UNSIGNED, Keys, statement_app
from hub.importing import Refused, import_lines
from hub.presence import on_duty
from hub.rules_commands.diff import add_diff
from hub.rules_commands.drift import add_drift
from hub.rules_commands.explain import add_explain
from hub.rules_commands.exports import add_exports
from hub.rules_commands.files import rules_app
from hub.rules_commands.replay import add_replay
from hub.simulation.command import add_simulate
from hub.starting import CannotGoOn, CannotStart
from hub.wiring.desk import desk_of
from hub.wiring.house import (
    FOR_PAGES,
    FOR_WORKER,
    House,
    bring_up,
    faults_in,
    has_statements,
    open_house,
    open_store,
    rebuilt,
    refuse_demo_accounts,
    require_schema,
    settings_from,
    start_logs,
)
from hub.wiring.rules import exports, follow, read_rules, replays, swedish_day
from hub.wiring.seal import trusted_by
from hub.wiring.simulation import simulations
from hub.wiring.worker import chores_of, presence_of, scheduler_of, smtp_post
from rules.errors import Refusal
from workflows.ports import StoreUnavailable, WrongVersion

DEFECT = 70
# The database has been changed for another version: the same program must not be started again.
REPLACED = 78

commands = typer.Typer(
    name="hub",
    help="MASH-hubben: regler, arbetsflöde och frister för orosanmälningar.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_commands = rules_app(read_rules, today=swedish_day)
add_explain(rules_commands, read_rules, today=swedish_day)
add_diff(rules_commands, read_rules)
add_replay(rules_commands, replays(os.environ))
add_drift(rules_commands, follow(os.environ), today=swedish_day)
commands.add_typer(add_exports(rules_commands, exports()), name="rules")
add_recompute(rules_commands)
commands.add_typer(users_app, name="users")
commands.add_typer(tokens_app, name="tokens")
commands.add_typer(statement_app, name="statement")
commands.add_typer(deliveries_app, name="deliveries")
add_nodes(commands)
add_simulate(commands, simulations())

Host = Annotated[str, typer.Option(help="Adressen att lyssna på.")]
Port = Annotated[int | None, typer.Option(help="Porten att lyssna på.", min=1, max=65535)]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


@commands.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = None,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Utan fristbevakning.")] = False,
) -> None:
    """Sidor och API, och fristbevakningen om den inte stängs av."""
    needs = FOR_PAGES if no_worker else (*FOR_PAGES, *FOR_WORKER)
    settings = settings_from(os.environ, needs=needs)
    with serving.told_to_leave(), open_house(settings) as house:
        refuse_demo_accounts(house)
        _serve(house, host=host, port=port, worker=not no_worker)


def _serve(house: House, *, host: str, port: int | None, worker: bool) -> None:
    with on_duty(presence_of(house, "serve" if worker else "serve --no-worker")) as presence:
        chores = chores_of(house, smtp_post(house.settings)) if worker else None
        serving.settle()
        if chores is not None:
            chores.catch_up()
        clockwork = scheduler_of(chores, presence)
        serving.reload_on_hangup(house.rules.reload)
        serving.serve(
            desk_of(house, scheduler=clockwork if worker else None),
            host=host,
            port=port or house.settings.port,
            clockwork=clockwork,
            open_door=lambda address: typer.echo(f"Hubben är öppen: {address}"),
        )


@commands.command()
def work() -> None:
    """Fristbevakning för sig; hur många som helst, på hur många datorer som helst."""
    settings = settings_from(os.environ, needs=FOR_WORKER)
    with (
        serving.told_to_leave(),
        open_house(settings) as house,
        on_duty(presence_of(house, "work")) as presence,
    ):
        chores = chores_of(house, smtp_post(settings))
        serving.settle()
        chores.catch_up()
        serving.reload_on_hangup(house.rules.reload)
        typer.echo("Fristbevakningen är igång.")
        if not serving.work(scheduler_of(chores, presence)):
            raise typer.Exit(1)


@commands.command()
def demo(
    port: Port = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Börja om med nya demofall.")] = False,
) -> None:
    """Inbyggd databas, demokonton och påhittade ärenden; sedan sidor, API och fristbevakning."""
    run_demo(os.environ, port=port, fresh=fresh)


@commands.command()
def migrate(as_json: AsJson = False) -> None:
    """Databasens schema till det senaste."""
    with open_store(settings_from(os.environ)) as database:
        bring_up(database)
    _tell({"migrated": True}, ["Databasen har det senaste schemat."], as_json=as_json)


@commands.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="En anmälan per rad.")],
    as_json: AsJson = False,
) -> None:
    """Registrerar anmälningar ur en fil. Slut 1 om någon rad avvisades; de andra är kvar."""
    settings = settings_from(os.environ)
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise CannotStart([f"{file.name} går inte att läsa ({type(error).__name__})."]) from None
    with open_house(settings) as house:
        done = list(import_lines(house.office, lines))
    refused = [one for one in done if isinstance(one, Refused)]
    kept = [one for one in done if not isinstance(one, Refused)]
    new = [one for one in kept if one.new]
    structlog.get_logger().info("file.imported", count=len(new), failed=len(refused))
    found = {
        "registered": [{"line": o.line, "id": o.id, "cases": list(o.numbers)} for o in new],
        "already": [
            {"line": o.line, "id": o.id, "cases": list(o.numbers)} for o in kept if not o.new
        ],
        "refused": [{"line": o.line, "id": o.id, "faults": dict(o.faults)} for o in refused],
    }
    summary = (
        f"{len(new)} registrerade, {len(kept) - len(new)} fanns redan, {len(refused)} avvisade."
    )
    _tell(found, [*(text for one in refused for text in one.sentences()), summary], as_json=as_json)
    raise typer.Exit(1 if refused else 0)


@commands.command()
def verify(keys: Keys = None, as_json: AsJson = False) -> None:
    """Hashkedjor, listor, löftet om frister, dagsintygen. Slut 1 och varje fel, om något."""
    settings = settings_from(os.environ)
    with open_store(settings) as database:
        require_schema(database)
        trusted = trusted_by(settings, keys or ())
        faults = faults_in(database, trusted)
        untried = [UNSIGNED] if trusted is None and has_statements(database) else []
    found = {"sound": not faults, "faults": faults, "untried": untried}
    _tell(found, [*(faults or ["Allt hänger ihop."]), *untried], as_json=as_json)
    raise typer.Exit(1 if faults else 0)


@commands.command()
def rebuild(as_json: AsJson = False) -> None:
    """Skriver alla listor på nytt ur journalen. Slut 1 om något ärende var skadat."""
    with open_store(settings_from(os.environ)) as database:
        require_schema(database)
        done = rebuilt(database)
    text = [f"{name}: skadat, listorna lämnades orörda." for name in done.damaged]
    found = {"cases": done.cases, "damaged": list(done.damaged)}
    _tell(found, [*text, f"{done.cases} ärenden skrivna på nytt."], as_json=as_json)
    raise typer.Exit(1 if done.damaged else 0)


def app() -> None:
    """The program: everything expected is told in a sentence, all else by class and place."""
    start_logs()
    sys.exit(run(commands))


def run(command: Callable[[], object]) -> int:
    """The exit code of `command`, with what stopped it told on stderr."""
    try:
        command()
    except CannotStart as fault:
        return _stopped(fault.sentences)
    except CannotGoOn as stop:
        return _stopped(stop.sentences, REPLACED)
    except WrongVersion:
        return _stopped([(WrongVersion.__doc__ or "").partition("\n")[0]], REPLACED)
    except StoreUnavailable as away:
        return _stopped([(type(away).__doc__ or "").strip()])
    except Refusal as refusal:
        return _stopped([refusal.sentence])
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as defect:  # noqa: BLE001  the last stop: its words may hold anything
        structlog.get_logger().critical("program.failed", exc_info=defect)
        return DEFECT
    return 0


def _stopped(sentences: Sequence[str], code: int = 1) -> int:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    return code


def _tell(found: dict[str, object], text: Sequence[str], *, as_json: bool) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(text))
