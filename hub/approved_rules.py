"""The versions that people have approved, compiled before their time and chosen by the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

import structlog

from hub.rulebook import RulesInForce, sentences
from rules.language.fault import Unreadable, Unsound
from rules.versions import Approval, governed_by_people, waiting
from workflows.ports import StoreUnavailable
from workflows.rule_books import governing

# An approval takes effect after a minute at the earliest: read this often, none comes as news.
FRESH, OLD = timedelta(seconds=2), timedelta(seconds=10)

Make = Callable[[str], RulesInForce]


class Books(Protocol):
    """What is decided about versions, in a store that every process shares."""

    def schedule(self) -> tuple[Approval, ...]: ...

    def text(self, version: str) -> str | None: ...

    def install(self, version: str, text: str, *, at: datetime) -> bool: ...


@dataclass(slots=True)
class _Read:
    """The schedule as it was read, with the versions that it may call for made ready."""

    at: datetime
    schedule: tuple[Approval, ...] = ()
    ready: dict[str, RulesInForce] = field(default_factory=dict)
    broken: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def younger_than(self, age: timedelta, now: datetime) -> bool:
        """False as well when the clock has been set back."""
        return timedelta() <= now - self.at < age


class ApprovedRules:
    """What is in force at a moment, as the store had it some seconds ago at most."""

    def __init__(self, books: Books, make: Make) -> None:
        self._books = books
        self._make = make
        self._lock = Lock()
        self._read: _Read | None = None
        self._log = structlog.get_logger()

    def at(self, now: datetime) -> RulesInForce | None:
        """The version in force; None while the file governs, or when none can be used.

        Raises StoreUnavailable when the store has not answered for so long that nobody can know.
        """
        read = self._fresh(now)
        approved = (read.ready.get(it.version) for it in governing(read.schedule, now))
        return next((rules for rules in approved if rules), None)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with a version that is in force or waits to be."""
        read = self._read
        return tuple(it for told in read.broken.values() for it in told) if read else ()

    def _fresh(self, now: datetime) -> _Read:
        read = self._read
        if read is not None and read.younger_than(FRESH, now):
            return read
        if read is None or not read.younger_than(OLD, now):
            with self._lock:
                return self._read_again(now)
        # One reads, and the others go on with what is not too old.
        if self._lock.acquire(blocking=False):
            try:
                return self._read_again(now)
            except StoreUnavailable:
                return read
            finally:
                self._lock.release()
        return read

    def _read_again(self, now: datetime) -> _Read:
        before = self._read
        if before is not None and before.younger_than(FRESH, now):
            return before
        read = _Read(now, self._books.schedule())
        if governed_by_people(read.schedule):
            coming = waiting(read.schedule, now)
            if coming is not None:
                self._prepare(coming.version, read, before)
            for approval in governing(read.schedule, now):
                if self._prepare(approval.version, read, before):
                    break
        self._read = read
        return read

    def _prepare(self, version: str, read: _Read, before: _Read | None) -> bool:
        """Make the version ready, or note why it cannot be used."""
        if before and version in before.ready:
            read.ready[version] = before.ready[version]
        elif before and version in before.broken:
            read.broken[version] = before.broken[version]
        else:
            self._compile(version, read)
        return version in read.ready

    def _compile(self, version: str, read: _Read) -> None:
        text = self._books.text(version)
        try:
            rules = self._make(text or "")
        except (Unreadable, Unsound) as fault:
            read.broken[version] = sentences(fault, version)
        except Exception:  # noqa: BLE001  whatever is wrong with it, the one before stays in force
            read.broken[version] = (f"{version}: versionen går inte att använda.",)
        else:
            if rules.version == version:
                read.ready[version] = rules
                return
            read.broken[version] = (f"{version}: texten är en annan än den som godkändes.",)
        self._log.critical("rules.unusable", rules_version=version)
