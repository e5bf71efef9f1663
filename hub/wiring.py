"""The composition root: the only module that names an adapter.

Everything is made here once, from settings that are passed in, and handed out; nothing is global.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from adapters import embedded_reset, rebuilding, rulesfile, verification
from adapters.calendar import is_rest_day
from adapters.clock import now
from adapters.columns import files as past_files
from adapters.columns.past import ColumnConcerns
from adapters.database import Database, open_database
from adapters.dmn.document import dmn
from adapters.document import handover_pdf, rules_pdf
from adapters.logs import set_up_logs
from adapters.metrics import Metrics
from adapters.passwords import Passwords, new_token, token_hash
from adapters.post import RecordedPost, SmtpPost
from adapters.rulesedit import rewrite
from adapters.scheduler import Chore, Scheduler
from adapters.schema import is_current
from adapters.settings import Settings, SettingsFault, read_settings
from adapters.skew import skew
from adapters.work import postgres_work
from hub.chores import Chores, tell_of_classification
from hub.comparing import RuleTools, rule_tools
from hub.demo import loading
from hub.desk import DemoAccount, Desk, Health, Letter
from hub.library import Library
from hub.rule_shelf import RuleFile, RuleShelf
from hub.rulebook import RulesInForce, sentences
from hub.rules_exports import Exports
from hub.rules_replay import Replays
from hub.starting import CannotStart
from rules.days import Days
from rules.engines.rulebook import live
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from rules.language.vocabulary import Vocabulary
from rules.span import STOCKHOLM
from workflows.drift import FOLLOWER, Drift, read_drift
from workflows.history import REPLAYER, read_history
from workflows.past_concerns import PastConcerns
from workflows.ports import Office, Post, StoreUnavailable
from workflows.rule_books import RuleBooks

FOR_PAGES = ("HUB_BASE_URL", "HUB_SECRET_KEY")
FOR_WORKER = ("HUB_SMTP_URL",)

_SWEEP, _DELIVERY, _SHADOW, _BEAT, _WATCHDOG = 5, 5, 10, 15, 60
_SILENT = timedelta(seconds=60)

read_rules = rulesfile.load


def exports() -> Exports:
    """What writes the rules for people and for other engines."""
    return Exports(load=read_rules, clock=now, pdf=rules_pdf, dmn=dmn)


def swedish_day() -> date:
    """The Swedish day."""
    return now().astimezone(STOCKHOLM).date()


def replays(environment: Mapping[str, str]) -> Replays:
    """What holds past concerns, in files and in the hub, against two versions of the rules."""

    def history(words: Vocabulary) -> PastConcerns:
        with open_house(settings_from(environment)) as house:
            return read_history(house.office, REPLAYER, words, gather=ColumnConcerns.of)

    return Replays(
        load=read_rules,
        read=past_files.load,
        read_lines=past_files.load_lines,
        convert=past_files.convert,
        history=history,
        day=swedish_day,
        rests=is_rest_day,
    )


def follow(environment: Mapping[str, str]) -> Callable[[Days], tuple[Drift, RuleSet]]:
    """What sums up how people answered the rules in force; the look is in the access log."""

    def summed(days: Days) -> tuple[Drift, RuleSet]:
        with open_house(settings_from(environment)) as house:
            ruleset = house.rules.current().instrument
            return read_drift(house.office, FOLLOWER, ruleset=ruleset, days=days), ruleset

    return summed


@dataclass(frozen=True, slots=True)
class OpaqueTokens:
    """Opaque secrets, as the desk wants them."""

    def new(self) -> str:
        return new_token()

    def hash(self, token: str) -> str:
        return token_hash(token)


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
    database = open_database(settings.database_url, _folder(settings))
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
            office=_office(database, rules, tools),
            passwords=Passwords(),
            rule_tools=tools,
        )


def migrate(database: Database) -> None:
    """Bring the schema to the newest."""
    database.migrate()


def verify(database: Database) -> list[str]:
    """Every fault in what is stored; none says that all is well."""
    return verification.verify(database.engine)


def rebuild(database: Database) -> rebuilding.Rebuilt:
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


def smtp_post(settings: Settings) -> Post:
    """The real way out for messages."""
    assert settings.smtp_url is not None
    return SmtpPost(settings.smtp_url, sender=settings.mail_from, clock=now)


def recorded_post(moment: Callable[[], datetime]) -> RecordedPost:
    """Keeps what would have been sent."""
    return RecordedPost(moment)


def chores_of(house: House, post: Post) -> Chores:
    """What this process does as a worker."""
    return Chores(
        house.office,
        post,
        worker=str(uuid4()),
        measures=house.metrics,
        rules=house.rules,
        skew=lambda: skew(house.database.engine, now),
    )


def scheduler_of(chores: Chores) -> Scheduler:
    """The alarm clock that wakes the chores."""
    standing = (
        Chore("sweep", _SWEEP, chores.sweep),
        Chore("delivery", _DELIVERY, chores.deliver),
        Chore("shadow", _SHADOW, chores.shadow),
        Chore("heartbeat", _BEAT, chores.beat),
        Chore("watchdog", _WATCHDOG, chores.watchdog),
    )
    return Scheduler(standing, clock=now)


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


def _office(database: Database, rules: RuleShelf, tools: RuleTools) -> Office:
    return Office(
        uow=postgres_work(database.engine),
        clock=now,
        rulebook=rules.current,
        rests=is_rest_day,
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
    except StoreUnavailable:
        raise CannotStart(["HUB_DATABASE_URL: databasen svarar inte."]) from None


_LOCAL_RULES = Path("rules.yaml")


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
        elif not is_current(database.engine):
            raise CannotStart(["Databasen har inte det senaste schemat. Kör: hub migrate"])
    except StoreUnavailable:
        raise CannotStart(["HUB_DATABASE_URL: databasen svarar inte."]) from None


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
