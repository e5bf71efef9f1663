"""Versions of the rules that have been replaced, read again when an old case asks for one."""

from collections import OrderedDict
from threading import Lock

from rules.errors import NotVisible
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from workflows.ports import Office
from workflows.versions import read_version

_MOST = 16


class Library:
    """The rules by the full name of their version; the last ones asked for stay at hand."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._lock = Lock()
        self._read: OrderedDict[str, RuleSet | None] = OrderedDict()

    def ruleset(self, version: str) -> RuleSet | None:
        """The rules of the version; None when nobody kept it or this program cannot read it."""
        with self._lock:
            if version in self._read:
                self._read.move_to_end(version)
                return self._read[version]
        found = self._found(version)
        with self._lock:
            self._read[version] = found
            if len(self._read) > _MOST:
                self._read.popitem(last=False)
        return found

    def _found(self, version: str) -> RuleSet | None:
        try:
            return self._office.read_rules(read_version(self._office, version).text).ruleset
        except (NotVisible, Unreadable, Unsound):
            return None
