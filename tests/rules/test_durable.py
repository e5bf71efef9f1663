"""The live engine: its limits are kept, its threads are none, and a replaced version is gone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from rules.engines.durable import Durable, EngineFault
from rules.engines.encoding import (
    MOST_BRANCHES,
    MOST_FIELDS,
    MOST_ROWS,
    Comparison,
    Network,
    encode,
    most_at_once,
    networks,
)
from rules.engines.normal import TooWide
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.shape import Fact, FactType
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Side,
    Unanswered,
)
from rules.level import Level
from tests.rules import language, shipped

RULES = shipped.file().ruleset.all_rules
LIBRARY_BEARS = 64  # branches that one fact satisfies; a slow test measures it

WORST = Situation(dict.fromkeys(shipped.file().ruleset.indicators, True), {"alder": 0})


def _fields(network: Network) -> set[str]:
    """Every field that the network's facts can have."""
    counted = {field for fields in network.counts.values() for field in fields}
    return {*network.words.values(), *counted, *network.others}


def _at_once(network: Network) -> int:
    return most_at_once(row.tests for row in network.rows)


def test_no_network_can_have_more_branches_than_the_library_bears() -> None:
    assert MOST_BRANCHES < LIBRARY_BEARS
    assert max(_at_once(network) for network in networks(RULES)) <= MOST_BRANCHES
    assert max(len(network.rows) for network in networks(RULES)) <= MOST_ROWS < 255
    assert max(len(_fields(network)) for network in networks(RULES)) <= MOST_FIELDS < 250


def test_branches_wait_only_beside_what_the_same_fact_can_satisfy() -> None:
    yes, no = Comparison("a", None, "ja"), Comparison("a", None, "nej")
    few, many = Comparison("n", "$gte", 2), Comparison("n", "$gte", 5)

    assert most_at_once([]) == most_at_once([()]) == 0
    assert most_at_once([(yes,), (no,)]) == 1
    assert most_at_once([(few,), (many,)]) == 2
    assert most_at_once([(yes, few), (yes, many), (no,)]) == 2
    assert most_at_once([(few,), (many, yes), (many, Comparison("b", None, "ja"))]) == 3


def test_the_fact_is_flat_and_holds_only_words_and_whole_numbers() -> None:
    for network in networks(RULES):
        for situation in (WORST, Situation({}, {})):
            row = encode(network, situation)
            assert {type(value) for value in row.values()} <= {str, int}
            assert network.others.keys() <= row.keys() <= _fields(network)


def test_every_field_that_is_compared_can_be_sent_and_no_other() -> None:
    for network in networks(RULES):
        assert _fields(network) == {test.field for row in network.rows for test in row.tests}


def test_an_answer_that_nobody_gave_is_not_sent_and_a_fact_always_is() -> None:
    parts: list[Condition] = [Answered("a"), AtLeast(2, ("a", "b")), Bound("n", Side.BELOW, 3)]
    (network,) = networks([language.rule("r", Level.RED, All(tuple(parts)))])
    there = [len(encode(network, Situation(said, {}))) for said in ({}, {"b": True}, {"a": True})]

    assert there == [1, 2, 3]


def test_no_two_names_of_fields_hash_alike_in_the_library() -> None:
    names = ["kind", "sid", "id", *(f"f{number}" for number in range(20_000))]

    assert len({_library_hash(name) for name in names}) == len(names)


def _library_hash(name: str) -> int:
    """The 32 bits by which the library knows a field."""
    known = 2166136261
    for sign in name.encode():
        known = (known ^ sign) * 16777619 % 2**32
    return known


def test_no_operator_negates_or_asks_whether_a_field_exists() -> None:
    operators = {
        test.operator for network in networks(RULES) for row in network.rows for test in row.tests
    }

    assert operators <= {None, "$lt", "$gte"}


def test_the_most_serious_case_of_all_is_evaluated() -> None:
    live = Durable(RULES)

    assert live.fire(WORST) == Oracle(RULES).fire(WORST)
    live.retire()


def test_more_rules_than_one_network_holds_are_all_evaluated() -> None:
    many = [
        language.rule(f"r{number}", Level.RED, Answered(name))
        for number in range(60)
        for name in language.QUESTIONS
    ]
    rules = [language.rule(f"r{n}", rule.level, rule.when) for n, rule in enumerate(many)]
    live = Durable(rules)

    assert len(live.fire(Situation(dict.fromkeys(language.QUESTIONS, True), {}))) == 300
    assert live.fire(Situation({}, {})) == frozenset()
    live.retire()


def test_a_network_filled_to_its_limit_bears_that_every_row_holds_at_once() -> None:
    rules = [language.rule(f"r{n}", Level.RED, Answered(f"q{n}")) for n in range(MOST_BRANCHES)]
    everything = Situation({f"q{n}": True for n in range(MOST_BRANCHES)}, {})
    live = Durable(rules)

    assert [len(network.rows) for network in networks(rules)] == [MOST_BRANCHES]
    assert live.fire(everything) == {rule.id for rule in rules}
    live.retire()


def test_rows_that_begin_alike_share_a_network_and_all_hold_at_once() -> None:
    rules = [
        language.rule(f"r{n}-{m}", Level.RED, All((Answered(f"q{n}"), Answered(f"p{m}"))))
        for n in range(8)
        for m in range(20)
    ]
    everything = Situation({f"{sign}{n}": True for sign in "qp" for n in range(20)}, {})
    live = Durable(rules)

    assert [len(network.rows) for network in networks(rules)] == [160]
    assert live.fire(everything) == {rule.id for rule in rules}
    live.retire()


def test_no_network_takes_more_rows_than_one_condition_can_be_shared_by() -> None:
    rules = [language.rule(f"r{n}", Level.RED, Answered("a")) for n in range(MOST_ROWS + 70)]
    live = Durable(rules)

    assert [len(network.rows) for network in networks(rules)] == [MOST_ROWS, 70]
    assert len(live.fire(Situation({"a": True}, {}))) == len(rules)
    assert live.fire(Situation({"a": False}, {})) == frozenset()
    live.retire()


def test_a_row_with_more_fields_than_the_library_reads_is_refused() -> None:
    wide = All(tuple(Answered(f"q{n}") for n in range(MOST_FIELDS + 1)))

    with pytest.raises(TooWide):
        networks([language.rule("r", Level.RED, wide)])


def test_the_engine_starts_no_thread() -> None:
    before = threading.active_count()

    live = Durable(RULES)
    live.fire(WORST)

    assert threading.active_count() == before
    live.retire()


def test_eight_threads_get_the_same_answers_as_one() -> None:
    live, oracle = Durable(RULES), Oracle(RULES)
    situations = [
        Situation(
            dict.fromkeys(sorted(WORST.answers)[number : number + 6], True), {"alder": number}
        )
        for number in range(40)
    ]
    expected = [oracle.fire(situation) for situation in situations] * 8

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(live.fire, situations * 8))

    assert found == expected
    live.retire()


def test_one_case_leaves_nothing_behind_for_the_next() -> None:
    live = Durable(RULES)
    live.fire(WORST)

    assert live.fire(Situation({"vald_mot_barnet": False}, {"alder": 9})) == frozenset()
    live.retire()


def test_a_retired_engine_says_so_instead_of_crashing() -> None:
    live = Durable(RULES)
    live.retire()
    live.retire()

    with pytest.raises(EngineFault):
        live.fire(WORST)


def test_a_fault_in_the_library_is_an_engine_fault_without_the_facts_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = Durable([language.rule("r", Level.RED, Answered("a"))])

    def broken(_network: object, _situation: Situation) -> dict[str, str]:
        return {"svar_a": "\ud800"}

    monkeypatch.setattr("rules.engines.durable.encode", broken)
    with pytest.raises(EngineFault) as fault:
        live.fire(Situation({"a": True}, {}))
    monkeypatch.undo()

    assert "svar_a" not in str(fault.value)
    assert fault.value.__cause__ is None
    assert live.fire(Situation({"a": True}, {})) == {"r"}
    live.retire()


def test_a_fault_halfway_through_what_fires_is_not_taken_for_rules_that_did_not_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_handle: int, _state: int) -> str:
        raise MemoryError

    live = Durable([language.rule("r", Level.RED, Answered("a"))])
    monkeypatch.setattr("durable_rules_engine.complete_and_start_action", broken)
    with pytest.raises(EngineFault):
        live.fire(Situation({"a": True}, {}))
    monkeypatch.undo()

    assert live.fire(Situation({"a": True}, {})) == {"r"}
    assert live.fire(Situation({"a": False}, {})) == frozenset()
    live.retire()


def test_a_fact_that_stays_behind_stops_the_next_and_goes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = Durable([language.rule(name, Level.RED, Answered(name)) for name in "ab"])
    monkeypatch.setattr("durable_rules_engine.retract_fact", lambda *_: (0, 1))

    assert live.fire(Situation({"a": True}, {})) == {"a"}
    with pytest.raises(EngineFault):
        live.fire(Situation({"b": True}, {}))
    monkeypatch.undo()

    assert live.fire(Situation({"b": True}, {})) == {"b"}
    assert live.fire(Situation({}, {})) == frozenset()
    live.retire()


def test_what_the_library_does_not_take_back_is_deleted_with_its_whole_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_handle: int, _fact: str) -> tuple[int, int]:
        raise MemoryError

    live = Durable([language.rule(name, Level.RED, Answered(name)) for name in "ab"])
    monkeypatch.setattr("durable_rules_engine.retract_fact", broken)
    with pytest.raises(EngineFault):
        live.fire(Situation({"a": True}, {}))
    monkeypatch.undo()

    assert live.fire(Situation({"b": True}, {})) == {"b"}
    live.retire()


def test_a_library_that_stops_before_the_last_rule_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live = Durable([language.rule(name, Level.RED, Answered(name)) for name in "ab"])
    monkeypatch.setattr("durable_rules_engine.complete_and_start_action", lambda *_: None)
    with pytest.raises(EngineFault, match="utvärderade inte alla"):
        live.fire(Situation({"a": True, "b": True}, {}))
    monkeypatch.undo()

    assert live.fire(Situation({"b": True}, {})) == {"b"}
    live.retire()


@pytest.mark.parametrize(
    ("when", "holds", "fails"),
    [
        (Bound("n", Side.BELOW, 3), [0, 2], [3, 5, None]),
        (Bound("n", Side.BELOW, 3, if_unknown=True), [0, 2, None], [3, 5]),
        (Bound("n", Side.AT_LEAST, 3), [3, 5], [0, 2, None]),
        (Not(Bound("n", Side.AT_LEAST, 3)), [0, 2], [3, 5, None]),
        (Not(Bound("n", Side.BELOW, 3, if_unknown=True)), [3, 5], [0, 2, None]),
        (OneOf("flag", (True,)), [True], [False, None]),
        (Not(OneOf("flag", (True,))), [False], [True, None]),
        (OneOf("word", ("x", "y"), if_unknown=True), ["x", "y", None], ["z"]),
        (Not(OneOf("word", ("x", "y"))), ["z"], ["x", "y", None]),
    ],
)
def test_unknown_facts_are_neither_true_nor_false_in_both_engines(
    when: Condition, holds: list[int | bool | str | None], fails: list[int | str | None]
) -> None:
    rules = [language.rule("r", Level.RED, when)]
    live, oracle = Durable(rules), Oracle(rules)
    name = "n" if "'n'" in repr(when) else "flag" if "'flag'" in repr(when) else "word"

    for engine in (live, oracle):
        assert [engine.fire(Situation({}, {name: it})) for it in holds] == [{"r"}] * len(holds)
        assert [engine.fire(Situation({}, {name: it})) for it in fails] == [set()] * len(fails)
    live.retire()


def test_emptiness_is_seen_by_both_engines() -> None:
    rules = [language.rule("r", Level.RED, Unanswered(("a", "b")))]
    live = Durable(rules)

    for situation, fired in (
        (Situation({"c": True}, {}), {"r"}),
        (Situation({"b": False}, {}), set()),
    ):
        assert live.fire(situation) == Oracle(rules).fire(situation) == fired
    live.retire()


def test_a_word_of_a_fact_is_never_mistaken_for_unknown() -> None:
    fact = Fact(id="word", type=FactType.WORD, values=("okant",))
    rules = [language.rule("r", Level.RED, OneOf(fact.id, fact.values))]
    live = Durable(rules)

    assert live.fire(Situation({}, {"word": "okant"})) == {"r"}
    assert live.fire(Situation({}, {"word": None})) == frozenset()
    live.retire()


def test_a_condition_with_too_many_alternatives_is_refused_at_once() -> None:
    pairs = tuple(AnyOf((Answered(f"q{n}"), Answered(f"p{n}"))) for n in range(20))

    with pytest.raises(EngineFault):
        Durable([language.rule("bred", Level.RED, All(pairs))])


def test_a_library_that_evaluates_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    live = Durable([language.rule("r", Level.RED, Answered("a"))])
    monkeypatch.setattr("durable_rules_engine.assert_fact", lambda *_: (0, 1))
    monkeypatch.setattr("durable_rules_engine.start_action_for_state", lambda *_: None)
    monkeypatch.setattr("durable_rules_engine.delete_state", lambda *_: None)

    with pytest.raises(EngineFault, match="utvärderade inte alla"):
        live.fire(Situation({"a": True}, {}))
    monkeypatch.undo()
    live.retire()


def test_a_library_that_does_not_compile_is_an_engine_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_host: object, _rules: object) -> None:
        raise MemoryError

    monkeypatch.setattr("rules.engines.durable.Host.set_rulesets", broken)

    with pytest.raises(EngineFault, match="gick inte att kompilera"):
        Durable([language.rule("r", Level.RED, Answered("a"))])


def test_a_library_that_fires_nothing_at_start_refuses_to_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("durable_rules_engine.assert_fact", lambda *_: (1, 0))
    monkeypatch.setattr("durable_rules_engine.delete_state", lambda *_: None)

    with pytest.raises(EngineFault, match="utvärderade inte alla"):
        Durable([language.rule("r", Level.RED, Answered("a"))])
