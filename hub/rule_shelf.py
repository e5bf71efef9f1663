"""The version of the rules in force now, from the file or from what people have approved."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import structlog

from hub.approved_rules import ApprovedRules, Books, Make
from hub.rulebook import RulesInForce, sentences
from rules.engines.editions import Editions
from rules.language.fault import Unreadable, Unsound
from workflows.ports import StoreUnavailable


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The installation's own file; `mark` changes when the file does."""

    read: Callable[[], str]
    mark: Callable[[], object]
    name: str = "rules.yaml"


class RuleShelf:
    """Hands out the version in force; a broken one never takes its place.

    Until somebody has approved a version, the installation's file is in force, recorded before it
    takes over. From then on a changed file is a fault to tell of. A replaced version gives its
    memory back when no step holds it any more.
    """

    def __init__(
        self, file: RuleFile, books: Books, *, make: Make, clock: Callable[[], datetime]
    ) -> None:
        """Raises Unreadable or Unsound when there is nothing to put in force."""
        self._file = file
        self._books = books
        self._make = make
        self._clock = clock
        self._log = structlog.get_logger()
        self._spent: deque[Editions] = deque()
        self._approved = ApprovedRules(books, self._made)
        self._lock = Lock()
        self._seen: object = None
        self._faults: tuple[str, ...] = ()
        self._of_file: RulesInForce | None = None
        self._latest = self._first()
        self._latest_at = clock()

    def current(self) -> RulesInForce:
        """The version in force at this very moment; StoreUnavailable when nobody can know."""
        now = self._clock()
        chosen = self._approved.at(now) or self._of_file or self._latest
        if chosen is not self._latest and now >= self._latest_at:
            self._tell(chosen, now)
        while self._spent:
            self._spent.popleft().retire()
        return chosen

    def known(self) -> RulesInForce:
        """The version in force, or while the store does not answer the one that last was."""
        try:
            return self.current()
        except StoreUnavailable:
            return self._latest

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file, or with a version that should be in force."""
        return (*self._faults, *self._approved.faults())

    def reload_if_changed(self) -> None:
        """Read the file again when it is another than last time, and what people have decided."""
        if self._file.mark() != self._seen:
            self.reload()
        self.current()

    def reload(self) -> None:
        """Put the file in force if it governs, or say loudly why it does not."""
        with self._lock:
            mark = self._file.mark()
            try:
                self._take(self._file.read())
            except (Unreadable, Unsound) as fault:
                self._faults = sentences(fault, self._file.name)
                self._log.error("rules.refused", rules_version=self._latest.version)
            except StoreUnavailable:
                self._log.warning("rules.unrecorded")
                return
            self._seen = mark

    def _first(self) -> RulesInForce:
        mark = self._file.mark()
        broken: Unreadable | Unsound | None = None
        try:
            self._take(self._file.read())
        except (Unreadable, Unsound) as fault:
            broken = fault
        found = self._approved.at(self._clock()) or self._of_file
        if found is None:
            raise broken or Unreadable("Ingen av de godkända versionerna går att använda.")
        if broken is not None:
            self._faults = sentences(broken, self._file.name)
            self._log.error("rules.refused", rules_version=found.version)
        self._seen = mark
        return found

    def _take(self, text: str) -> None:
        fresh = self._made(text)
        if self._books.install(fresh.version, text, at=self._clock()):
            same = self._of_file is not None and self._of_file.version == fresh.version
            self._of_file, self._faults = self._of_file if same else fresh, ()
        elif self._books.text(fresh.version) is None:
            self._faults = (_ignored(self._file.name),)
            self._log.error("rules.file_ignored", rules_version=fresh.version)
        else:
            self._faults = ()

    def _made(self, text: str) -> RulesInForce:
        made = self._make(text)
        made.when_unused(self._spent.append)
        made.prepare()
        return made

    def _tell(self, chosen: RulesInForce, now: datetime) -> None:
        with self._lock:
            before, self._latest, self._latest_at = self._latest, chosen, now
        if before.version != chosen.version:
            self._log.info("rules.replaced", rules_version=chosen.version)


def _ignored(name: str) -> str:
    return (
        f"{name} har ändrats, men gäller inte: det gör den version som har godkänts på sidan"
        " Regler. Lägg fram filen där som ett förslag."
    )
