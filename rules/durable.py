"""The live engine: durable_rules, used only inside the narrow path where it is correct.

One quiet host without threads, one lock, one constant sid, a sentinel rule, a warm-up, one flat
fact of words and whole numbers, no negation, actions that only note an id, and the state deleted
after every evaluation. Outside that path the library loses results, or takes the process with it.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import durable_rules_engine  # type: ignore[import-not-found]
from durable.engine import Host

from rules.encoding import Network, Row, encode, networks
from rules.normal import TooWide
from rules.rule import Rule
from rules.situation import Situation

_SID = "hub"
_KIND = "oro"
_SENTINEL = "sentinel"


class EngineFault(Exception):
    """Regelmotorn svarade inte som den ska."""


class _QuietHost(Host):  # type: ignore[misc]
    """A host that starts no timer threads: rules fire only inside `Durable.fire`."""

    # The extension keeps its handles in tables of the whole process, so the lock is one as well.
    lock: ClassVar[threading.RLock] = threading.RLock()

    def _run(self) -> None:
        """Nothing; the library would start two threads here."""


class Durable:
    """A set of rules compiled for durable_rules; `retire` it when it is replaced."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._fired: list[str] = []
        self._retired = False
        try:
            self._networks = networks(rules)
            self._host = _QuietHost()
            self._host.set_rulesets(
                {network.name: _definition(network, self._note) for network in self._networks}
            )
            self._warm_up()
        except TooWide as error:
            raise EngineFault("Ett villkor har för många alternativ.") from error
        except EngineFault:
            raise
        except Exception as error:
            raise EngineFault("Reglerna gick inte att kompilera.") from error

    def fire(self, situation: Situation) -> frozenset[str]:
        """The ids of the rules that hold; raises EngineFault and never anything else."""
        with _QuietHost.lock:
            if self._retired:
                raise EngineFault("Regelversionen är utbytt.")
            return frozenset().union(
                *(self._evaluate(network, situation) for network in self._networks)
            )

    def retire(self) -> None:
        """Give the compiled rules back; the library never does it by itself."""
        with _QuietHost.lock:
            if self._retired:
                return
            self._retired = True
            for network in self._networks:
                handle = self._host.get_ruleset(network.name)._handle  # noqa: SLF001  no other way
                durable_rules_engine.delete_ruleset(handle)

    def _note(self, rule: str) -> Callable[[Any], None]:
        """An action with one parameter, or the library believes that it is asynchronous."""
        return lambda _closure: self._fired.append(rule)

    def _warm_up(self) -> None:
        """Start one action per ruleset: deleting a state where none has started crashes."""
        with _QuietHost.lock:
            for network in self._networks:
                self._fire(network.name, {})

    def _evaluate(self, network: Network, situation: Situation) -> frozenset[str]:
        return self._fire(network.name, encode(network, situation))

    def _fire(self, name: str, row: Mapping[str, str | int]) -> frozenset[str]:
        self._fired.clear()
        try:
            fired = self._assert(name, row)
        except EngineFault:
            raise
        except Exception as error:  # noqa: BLE001  what C raises is not a closed list
            # The library's own exceptions carry the whole fact: its text stays here.
            raise EngineFault(f"Regelmotorn gav fel ({type(error).__name__}).") from None
        if _SENTINEL not in fired:
            raise EngineFault("Regelmotorn utvärderade inte alla regler.")
        return fired - {_SENTINEL}

    def _assert(self, name: str, row: Mapping[str, str | int]) -> frozenset[str]:
        try:
            state = self._host.assert_fact(name, {**row, "kind": _KIND, "sid": _SID})
        finally:
            self._host.delete_state(name, _SID)
        if not isinstance(state, dict) or "exception" in state:
            raise EngineFault("En regel avbröts i regelmotorn.")
        return frozenset(self._fired)


def _definition(network: Network, note: Callable[[str], Callable[[Any], None]]) -> dict[str, Any]:
    """The ruleset of one network; every row is anchored on the kind of the fact."""
    anchor = {"kind": _KIND}
    rules: dict[str, Any] = {_SENTINEL: {"all": [{"m": anchor}], "run": note(_SENTINEL)}}
    for number, row in enumerate(network.rows):
        tests = [anchor, *_tests(row)]
        rules[f"r{number}"] = {"all": [{"m": {"$and": tests}}], "run": note(row.rule)}
    return rules


def _tests(row: Row) -> list[dict[str, Any]]:
    return [
        {test.field: test.value}
        if test.operator is None
        else {test.operator: {test.field: test.value}}
        for test in row.tests
    ]
