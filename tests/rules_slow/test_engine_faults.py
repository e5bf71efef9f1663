"""Whatever breaks while a concern is classified: the higher level, and it is told; never grön."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import durable_rules_engine  # type: ignore[import-not-found]
import pytest

from rules.answer import Answer, Value
from rules.classification import Classification
from rules.engines import durable, engine, explain, oracle, outlook, votes
from rules.engines.durable import Durable, EngineFault
from rules.engines.engine import Engine
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import All, Answered, AnyOf, AtLeast, Not
from rules.level import Level
from tests.rules import language

ROOT = Path(__file__).parents[2]
ERRORS = (EngineFault("trasig"), KeyError("a"), MemoryError(), RecursionError(), ValueError("x"))

# Of the library: what is called when a ruleset is made, when a concern comes, and at the end.
CALLS = (
    "create_ruleset",
    "assert_fact",
    "start_action_for_state",
    "complete_and_start_action",
    "retract_fact",
)
ENDS = ("delete_state", "delete_ruleset")

RULES = language.ruleset(
    [
        language.rule("o", Level.ORANGE, Answered("a")),
        language.rule("p", Level.ORANGE, All((Answered("b"), Answered("c")))),
        language.rule("r", Level.RED, AtLeast(2, ("a", "b", "c", "d"))),
        language.rule("s", Level.ORANGE, AnyOf((Answered("e"), Not(Answered("e"))))),
    ]
)
KNOWN = {"a": Answer(Value.YES, "skola")}


@dataclass
class Faulty:
    """The library, of which one call breaks: the n-th, before or after it has done its work."""

    library: Any
    call: str
    number: int
    error: BaseException
    after: bool = False
    made: int = 0
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        true = getattr(self.library, name)
        return self._breaking(name, true) if callable(true) and name != "error" else true

    def _breaking(self, name: str, true: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            self.calls.append(name)
            self.made += name == self.call
            if name != self.call or self.made != self.number:
                return true(*arguments)
            if self.after:
                true(*arguments)
            raise self.error

        return called


def classified(rules: RuleSet = RULES) -> tuple[Classification, Classification]:
    """What an engine says that is made now: of a concern, and of the same one again."""
    made = Engine(rules)
    try:
        return made.classify({}, KNOWN), made.classify({}, KNOWN)
    finally:
        made.retire()


def breaks(monkeypatch: pytest.MonkeyPatch, call: str, **how: Any) -> Faulty:
    faulty = Faulty(durable_rules_engine, call, **how)
    monkeypatch.setattr(durable, "durable_rules_engine", faulty)
    monkeypatch.setattr("durable.engine.durable_rules_engine", faulty)
    return faulty


def is_told(found: Classification, *, least: Level) -> bool:
    return found.incident is not None and not found.engines_agree and not least.above(found.level)


def test_nothing_breaks_by_itself() -> None:
    assert [it.incident for it in classified()] == [None, None]
    assert classified()[0].level is Level.ORANGE


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("call", CALLS[1:])
def test_whichever_call_of_a_concern_breaks_the_level_is_higher_and_the_next_is_right(
    monkeypatch: pytest.MonkeyPatch, call: str, error: Exception, *, after: bool
) -> None:
    made = Engine(RULES)
    true = made.classify({}, KNOWN)
    faulty = breaks(monkeypatch, call, number=0, error=error, after=after)
    made.classify({}, KNOWN)
    often = faulty.made
    assert often
    for number in range(1, often + 1):
        faulty.made, faulty.number = 0, number
        found = made.classify({}, KNOWN)
        assert is_told(found, least=Level.RED), number
        assert found.findings == true.findings
        assert made.classify({}, KNOWN) == true
    made.retire()


@pytest.mark.parametrize("call", CALLS)
def test_an_engine_that_does_not_start_leaves_the_other_and_a_higher_level(call: str) -> None:
    """In a process of its own: the library ends it when it is asked to forget what never was."""
    found = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import start_broken; start_broken({call!r})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == ["True"] * (2 * len(ERRORS))


def start_broken(call: str) -> None:
    """Makes an engine of which the first such call breaks, in every way; tells if all was told."""
    for error in ERRORS:
        for after in (False, True):
            with pytest.MonkeyPatch.context() as patch:
                breaks(patch, call, number=1, error=error, after=after)
                told = all(is_told(it, least=Level.RED) for it in classified())
                sys.stdout.write(f"{told}\n")


@pytest.mark.parametrize("call", ENDS)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_cannot_be_given_back_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, call: str, error: Exception
) -> None:
    faulty = breaks(monkeypatch, call, number=1, error=error)

    assert [it.incident for it in classified()] == [None, None]
    assert call in faulty.calls


@pytest.mark.parametrize("call", CALLS[1:])
def test_a_person_who_breaks_off_is_obeyed(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    made = Engine(RULES)
    true = made.classify({}, KNOWN)
    with monkeypatch.context() as patch:
        breaks(patch, call, number=1, error=KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            made.classify({}, KNOWN)

    assert made.classify({}, KNOWN) == true
    made.retire()


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        *((call, None) for call in CALLS[1:]),
        ("start_action_for_state", ()),
        ("start_action_for_state", ("{}", "", 1)),
        ("complete_and_start_action", '{"99":{}}'),
        ("complete_and_start_action", '{"sentinel":'),
        ("retract_fact", (1, 0)),
    ],
)
def test_a_library_that_answers_with_what_it_should_not_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, call: str, answer: object
) -> None:
    made = Engine(RULES)
    true = made.classify({}, KNOWN)
    with monkeypatch.context() as patch:
        ends = iter([answer])
        patch.setattr(durable_rules_engine, call, lambda *_: next(ends))
        assert is_told(made.classify({}, KNOWN), least=Level.RED)

    assert made.classify({}, KNOWN) == true
    made.retire()


def _parts() -> Iterator[tuple[object, str]]:
    """What is called in Python while a concern is classified: engines, encoding, looking ahead."""
    yield from ((durable, name) for name in ("encode", "_names", "_fired"))
    yield from ((Durable, "fire"), (oracle.Oracle, "fire"))
    yield from ((explain.Explainer, "view"), (explain.Explainer, "_decided"))
    yield from ((explain.View, name) for name in ("possible", "_extremes", "_level", "ask_next"))
    yield from ((explain, "_together"), (explain, "_above"), (explain, "highest"))


@pytest.mark.parametrize("part", list(_parts()), ids=lambda part: part[1])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whichever_part_breaks_no_level_is_lost(
    monkeypatch: pytest.MonkeyPatch, part: tuple[object, str], error: Exception
) -> None:
    made = Engine(RULES)
    true = made.classify({}, KNOWN)

    def fails(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(*part, fails)
        found = made.classify({}, KNOWN)

    assert is_told(found, least=true.level), found
    assert found.possible[1] is Level.RED
    assert not true.possible[0].above(found.possible[0])
    assert found.findings == true.findings
    made.retire()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whichever_test_of_the_oracle_breaks_the_level_is_higher(error: Exception) -> None:
    made = Engine(RULES)
    for number in range(len(RULES.rules)):
        found = Engine(RULES, live=made._live, oracle=_oracle(number, error)).classify({}, KNOWN)
        assert is_told(found, least=Level.RED), number
    made.retire()


def _oracle(number: int, error: Exception) -> oracle.Oracle:
    """The oracle, of which one test breaks."""
    made = oracle.Oracle(RULES.rules)
    tests = [(rule.id, oracle.compile_test(rule.when)) for rule in RULES.rules]

    def fails(_situation: Situation) -> bool:
        raise error

    tests[number] = (tests[number][0], fails)
    made._always, made._by_reply = set(tests), {}
    return made


@pytest.mark.parametrize("part", ["Oracle", "Explainer", "Durable"])
def test_whatever_cannot_be_made_the_rest_answers(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    true, _ = classified()

    def fails(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(engine, part, fails)
    found, _ = classified()

    assert is_told(found, least=Level.RED)
    assert found.findings == true.findings


def test_what_looks_ahead_and_breaks_gives_no_lower_level_than_it_would_have_given() -> None:
    """That e is unknown gives orange, by what can be answered; blind to that it is raised."""
    made = Engine(RULES)
    assert made.classify({}, {}).level is Level.ORANGE

    blind = outlook.Outlook(None, Situation({}, {}))

    assert (blind.blind, blind.high, blind.ask_next(Level.GREEN)) == (True, Level.RED, ())
    made.retire()


def test_a_rule_that_does_not_exist_is_no_vote() -> None:
    class Odd:
        def fire(self, _situation: Situation, /) -> frozenset[str]:
            return frozenset({"o", "finns-inte"})

    found = Engine(RULES, live=Odd()).classify({}, KNOWN)

    assert is_told(found, least=Level.RED)
    assert [it.rule for it in found.findings] == ["o"]
    assert votes.vote(Odd(), Situation({}, {}), {"o"}).fault is not None
