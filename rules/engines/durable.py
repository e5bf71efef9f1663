"""The live engine: durable_rules, used only inside the narrow path where it is correct.

One quiet host without threads, one lock, one constant sid, a sentinel rule, a warm-up, one flat
fact of words and whole numbers, no negation, no action that does anything, and nothing left after
an evaluation. Outside that path the library loses results, or takes the process with it.
"""

import json
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, ClassVar

import durable_rules_engine  # type: ignore[import-not-found]
from durable.engine import Host

from rules.engines.encoding import Network, Row, encode, networks
from rules.engines.normal import TooWide
from rules.engines.situation import Situation
from rules.language.rule import Rule

_SID = "hub"
_CARRIER = {"kind": "oro", "sid": _SID, "id": "1"}
_SENTINEL = "sentinel"
_HANDLED = 0  # the library's word for a fact that some rule took
_NOTHING = Situation({}, {})
_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TAKEN_BACK = _WRITE(_CARRIER)


class EngineFault(Exception):
    """Regelmotorn svarade inte som den ska."""


class _QuietHost(Host):  # type: ignore[misc]
    """A host that starts no timer threads, and only compiles."""

    # The extension keeps its handles in tables of the whole process, so the lock is one as well.
    lock: ClassVar[threading.RLock] = threading.RLock()

    def _run(self) -> None:
        """Nothing; the library would start two threads here."""


class Durable:
    """A set of rules compiled for durable_rules; `retire` it when it is replaced."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._retired = False
        try:
            self._networks = tuple((it, _compiled(it)) for it in networks(rules))
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
            fired: set[str] = set()
            for network, handle in self._networks:
                fired |= _fired(network, handle, situation)
            return frozenset(fired)

    def retire(self) -> None:
        """Give the compiled rules back; the library never does it by itself."""
        with _QuietHost.lock:
            if self._retired:
                return
            self._retired = True
            for _, handle in self._networks:
                with suppress(Exception):  # there is none after a fault
                    durable_rules_engine.delete_state(handle, _SID)
                with suppress(Exception):  # what cannot be given back is kept, and no case waits
                    durable_rules_engine.delete_ruleset(handle)

    def _warm_up(self) -> None:
        """Start one action per ruleset: deleting a state where none has started crashes."""
        with _QuietHost.lock:
            for network, handle in self._networks:
                _fired(network, handle, _NOTHING, warm=False)


def _compiled(network: Network) -> int:
    """The library's handle of a network."""
    host = _QuietHost()
    host.set_rulesets({network.name: _definition(network)})
    handle: int = host.get_ruleset(network.name)._handle  # noqa: SLF001  no other way
    return handle


def _fired(network: Network, handle: int, situation: Situation, *, warm: bool = True) -> set[str]:
    """The ids of the rules of one network that hold; `warm` when it has been asked before."""
    try:
        fact = _WRITE({**_CARRIER, **encode(network, situation)})
        names = _names(handle, fact, warm=warm)
        return {network.rows[int(name)].rule for name in names[:-1]}
    except EngineFault:
        raise
    except Exception as error:  # noqa: BLE001  what C raises is not a closed list
        # The library's own exceptions carry the whole fact: its text stays here.
        raise EngineFault(f"Regelmotorn gav fel ({type(error).__name__}).") from None


def _names(handle: int, fact: str, *, warm: bool) -> list[str]:
    """The names of the library's rules that one fact fires, and nothing of it left behind.

    The library's own loop would here run an action for each: read the fact anew, state the state
    again, swallow what the action raises and drop it when the wall clock moved. Ours have none.

    The fact is taken back. It always has the same id, so the library would refuse the next one if
    it had not been; after anything at all out of the ordinary the whole state is deleted. Where
    no action has ever started there is no state to delete, and trying ends the process.
    """
    names, whole = list[str](), False
    try:
        outcome, state = durable_rules_engine.assert_fact(handle, fact)
        begun = durable_rules_engine.start_action_for_state(handle, state)
        warm = True
        message = begun and begun[1]
        while message:
            names.append(_name(message))
            message = durable_rules_engine.complete_and_start_action(handle, state)
        taken_back, _ = durable_rules_engine.retract_fact(handle, _TAKEN_BACK)
        whole = outcome == taken_back == _HANDLED and names[-1:] == [_SENTINEL]
    finally:
        if not whole and warm:
            with suppress(Exception):  # a state that stays makes the next fact a fault as well
                durable_rules_engine.delete_state(handle, _SID)
    if not whole:
        raise EngineFault("Regelmotorn utvärderade inte alla regler.")
    return names


def _definition(network: Network) -> dict[str, Any]:
    """The ruleset of one network; every row is anchored on the kind of the fact.

    The library fires in this order, so a sentinel that has fired is also the end of the list.
    """
    anchor = {"kind": _CARRIER["kind"]}
    rows = {str(n): {"$and": [anchor, *_tests(row)]} for n, row in enumerate(network.rows)}
    return {
        name: {"all": [{"m": when}], "run": _nothing}
        for name, when in {**rows, _SENTINEL: anchor}.items()
    }


def _nothing(_closure: object) -> None:
    """The action that a rule must have; it is never run."""


def _name(message: str) -> str:
    """The rule that a message is for, which is its only key: {"name": {…}}."""
    return message[2 : message.index('"', 2)]


def _tests(row: Row) -> list[dict[str, Any]]:
    return [
        {test.field: test.value}
        if test.operator is None
        else {test.operator: {test.field: test.value}}
        for test in row.tests
    ]
