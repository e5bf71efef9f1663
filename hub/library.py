"""Versions of the rules that have been replaced, read again when an old case asks for one."""

from hub.remembered import Remembered
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
        self._read: Remembered[RuleSet | None] = Remembered(_MOST)

    def ruleset(self, version: str) -> RuleSet | None:
        """The rules of the version; None when nobody kept it or this program cannot read it."""
        return self._read.of(version, lambda: self._found(version))

    def _found(self, version: str) -> RuleSet | None:
        try:
            return self._office.read_rules(read_version(self._office, version).text).ruleset
        except (NotVisible, Unreadable, Unsound):
            return None
