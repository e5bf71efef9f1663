"""The program with everything in its place, made once from settings that are passed in."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from adapters import embedded_reset, rebuilding, rulesfile, verification
from adapters.calendar import rest_day
from adapters.clock import now
from adapters.columns.past import ColumnConcerns
from adapters.database import Database, open_database
from adapters.fitting import HEAD
from adapters.logs import set_up_logs
from adapters.metrics import Metrics
from adapters.passwords import Passwords
from adapters.rulesedit import rewrite
from adapters.schema import schema_of
from adapters.settings import Settings, SettingsFault, read_settings
from adapters.work import postgres_work
from hub.chores import tell_of_classification
from hub.comparing import RuleTools, rule_tools
from hub.demo import loading
from hub.rule_shelf import RuleFile, RuleShelf
from hub.rulebook import RulesInForce, sentences
from hub.starting import CannotStart
from hub.wiring.seal import NO_FOLDER
from rules.engines.rulebook import live
from rules.language.fault import Unreadable, Unsound
from workflows.delivery_ports import Way
from workflows.ports import NotWritable, Office, StoreUnavailable, WrongVersion
from workflows.rule_books import RuleBooks
from workflows.statement_proof import Trusted

FOR_PAGES = ("HUB_BASE_URL", "HUB_SECRET_KEY")
FOR_WORKER = ("HUB_SMTP_URL",)
_LOCAL_RULES = Path("rules.yaml")
_REPLACED = (
    "Databasen är gjord för en nyare version av programmet än den här. Starta den versionen.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The program with everything in its place."""

    settings: Settings
    database: Database
    rules: RuleShelf
    metrics: Metrics
    office: Office
    passwords: Passwords
    rule_tools: RuleTools


def start_logs() -> None:
    """Logs go to stderr; results go to stdout."""
    set_up_logs(sys.stderr, cache=True)


def settings_from(environment: Mapping[str, str], *, needs: Sequence[str] = ()) -> Settings:
    """The settings, or every fault by name."""
    try:
        return read_settings(environment, needs=needs)
    except SettingsFault as fault:
        raise CannotStart(f"{name}: {why}" for name, why in fault.faults.items()) from None


@contextmanager
def open_store(settings: Settings) -> Iterator[Database]:
    """The database, whatever its schema; closed afterwards."""
    try:
        database = open_database(settings.database_url, _folder(settings))
    except OSError:
        raise CannotStart([f"HUB_VAR: {NO_FOLDER}"]) from None
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """A database whose schema is the newest, then the rules; CannotStart tells what is wrong."""
    _require_file(settings)
    metrics = Metrics()
    with open_store(settings) as database:
        require_schema(database)
        rules = _rules(settings, database, metrics)
        tools = rule_tools(rewrite, ColumnConcerns.of)
        yield House(
            settings=settings,
            database=database,
            rules=rules,
            metrics=metrics,
            office=_office(settings, database, rules=rules, tools=tools),
            passwords=Passwords(),
            rule_tools=tools,
        )


def bring_up(database: Database) -> None:
    """Bring the schema to the newest."""
    database.migrate()


def faults_in(database: Database, trusted: Trusted | None) -> list[str]:
    """Every fault in what is stored; none says that all is well."""
    return verification.verify(database.engine, trusted)


def has_statements(database: Database) -> bool:
    """Whether there is any daily statement yet."""
    with postgres_work(database.engine)() as work:
        return work.statements.newest() is not None


def rebuilt(database: Database) -> rebuilding.Rebuilt:
    """Every list anew from the journal."""
    return rebuilding.rebuild(database.engine)


def refuse_demo_accounts(house: House) -> None:
    """Their password is known to everybody: never where other machines can reach the hub."""
    if urlsplit(house.settings.base_url).hostname in ("127.0.0.1", "::1", "localhost"):
        return
    if loading.state(house.office) in (loading.State.WHOLE, loading.State.HALF):
        raise CannotStart(["Databasen har demokonton med ett känt lösenord och öppnas inte utåt."])


def drop_embedded(settings: Settings) -> None:
    """Throw away the embedded database; for demos only."""
    embedded_reset.drop(_folder(settings))


def _office(
    settings: Settings, database: Database, *, rules: RuleShelf, tools: RuleTools
) -> Office:
    ways = (Way.MAIL, Way.HOOK) if settings.webhook_url else (Way.MAIL,)
    return Office(
        uow=postgres_work(database.engine, ways=ways),
        clock=now,
        rulebook=rules.current,
        rests=rest_day,
        new_id=lambda: str(uuid4()),
        read_rules=rulesfile.parse,
        proved=tools.proved,
        lowerings=lambda old, new: tools.difference(old, new).lowers,
    )


def _require_file(settings: Settings) -> None:
    """A path that leads nowhere is told before anything is opened."""
    try:
        rulesfile.read(settings.rules)
    except Unreadable as fault:
        raise CannotStart([f"HUB_RULES: {fault}"]) from None


def _rules(settings: Settings, database: Database, metrics: Metrics) -> RuleShelf:
    path = settings.rules or (_LOCAL_RULES if _LOCAL_RULES.is_file() else None)
    told = tell_of_classification(metrics)

    def make(text: str) -> RulesInForce:
        return RulesInForce(live(rulesfile.parse(text)), clock=now, told=told)

    name = path.name if path else "rules.yaml"
    file = RuleFile(lambda: rulesfile.read(path), lambda: _mark(path), name)
    try:
        return RuleShelf(file, RuleBooks(postgres_work(database.engine)), make=make, clock=now)
    except (Unreadable, Unsound) as fault:
        raise CannotStart(sentences(fault, name)) from None
    except StoreUnavailable as away:
        raise _unusable(away) from None


def _unusable(away: StoreUnavailable) -> CannotStart:
    """What is wrong with the database, to whoever set its address."""
    if isinstance(away, NotWritable):
        return CannotStart(["HUB_DATABASE_URL: databasen svarar men tar inte emot något."])
    return CannotStart(["HUB_DATABASE_URL: databasen svarar inte."])


def _mark(path: Path | None) -> object:
    """Changes when the file does; a file that is gone for a moment is another one too."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _folder(settings: Settings) -> Path:
    return (settings.var / "postgres").absolute()


def require_schema(database: Database) -> None:
    """The embedded database has no administrator, so it is brought up here; others are not."""
    try:
        if database.server is not None:
            database.migrate()
        elif (schema_of(database.engine) or "") < HEAD:
            raise CannotStart(["Databasen har inte det senaste schemat. Kör: hub migrate"])
    except WrongVersion:
        raise CannotStart(_REPLACED) from None
    except StoreUnavailable as away:
        raise _unusable(away) from None
