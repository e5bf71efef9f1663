"""Two versions of tiny rules against every concern there can be: verdict, moves, witnesses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engines.engine import Engine
from rules.engines.oracle import Oracle, compile_test
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet, RulesFile
from rules.language.shape import Fact, FactType, Indicator, Kind
from rules.language.syntax import Answered, AtLeast, Bound, Condition, OneOf, Scalar, Side
from rules.language.vocabulary import Vocabulary, wrong_fact
from rules.level import Level, highest
from rules.proofs.change import Difference, Extent, RuleEdit, Verdict, Witness
from rules.proofs.difference import NOT_DECIDED, difference
from tests.rules import language, shipped

MANY = settings(max_examples=25, deadline=None)
VALUES: Mapping[str, tuple[Scalar | None, ...]] = {
    "n": (None, 0, 1, 2, 3, 4),
    "x": (None, True, False, "p", "q", "r"),
}


def words(questions: tuple[str, ...], facts: tuple[Fact, ...]) -> Vocabulary:
    asked = {
        name: Indicator.model_validate(
            {"id": name, "area": "x", "kind": Kind.RISK, "ask": f"{name}?", "from": "praxis"}
        )
        for name in questions
    }
    known = MappingProxyType({fact.id: fact for fact in facts})
    return replace(language.WORDS, indicators=MappingProxyType(asked), facts=known)


NUMBERS = [Fact(id="n", type=FactType.NUMBER, min=low, max=high) for low, high in ((0, 3), (1, 4))]
OTHERS = [
    Fact(id="x", type=FactType.YES_OR_NO),
    Fact(id="x", type=FactType.WORD, values=("p", "q")),
    Fact(id="x", type=FactType.WORD, values=("r", "q")),
]
vocabularies = st.builds(
    words,
    st.sampled_from([("a", "b"), ("a", "b", "c"), ("b", "c"), ("a",)]),
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(OTHERS)) | st.just((NUMBERS[0],)),
)


def leaves_of(vocabulary: Vocabulary) -> st.SearchStrategy[Condition]:
    asked = st.sampled_from(sorted(vocabulary.indicators))
    some = st.lists(asked, min_size=1, unique=True).flatmap(
        lambda names: st.builds(AtLeast, st.integers(1, len(names)), st.just(tuple(names)))
    )
    bounds = st.builds(Bound, st.just("n"), st.sampled_from(Side), st.integers(1, 3), st.booleans())
    found: st.SearchStrategy[Condition] = st.builds(Answered, asked) | some | bounds
    if other := vocabulary.facts.get("x"):
        values = other.values or (True, False)
        chosen = st.sampled_from(values).map(lambda value: (value,))
        found |= st.builds(OneOf, st.just("x"), chosen, st.booleans())
    return found


def rulesets_of(vocabulary: Vocabulary) -> st.SearchStrategy[RuleSet]:
    whens = st.recursive(leaves_of(vocabulary), language.trees, max_leaves=4)
    return language.rulesets(whens).map(lambda rules: replace(rules, words=vocabulary))


rulesets = vocabularies.flatmap(rulesets_of)
in_the_same_words = vocabularies.flatmap(lambda it: st.tuples(rulesets_of(it), rulesets_of(it)))
pairs = in_the_same_words | st.tuples(rulesets, rulesets)


def compared(old: RuleSet, new: RuleSet, steps: int = 50_000_000) -> Difference:
    files = (RulesFile(it, shipped.file().policy, {}, {}) for it in (old, new))
    return difference(*files, steps=steps)


@dataclass(frozen=True)
class Brute:
    """A version, asked about one concern at a time."""

    rules: RuleSet

    def sees(self, told: Situation) -> Situation:
        asked, facts = self.rules.indicators, self.rules.words.facts
        answers = {name: yes for name, yes in told.answers.items() if name in asked}
        given = {name: told.facts.get(name) for name in facts}
        right = {name: value for name, value in given.items() if not wrong_fact(facts[name], value)}
        return Situation(answers, {name: right.get(name) for name in facts})

    def level(self, told: Situation) -> Level:
        """The certain rules, or what every way to answer the rest would give at least."""
        seen = self.sees(told)
        open_ = [name for name in self.rules.indicators if name not in seen.answers]
        ways = (
            dict(zip(open_, ways, strict=True))
            for ways in product((True, False), repeat=len(open_))
        )
        completed = [self._certain(language.answering(seen, **way)) for way in ways]
        return highest(self._certain(seen), min(completed, key=lambda level: level.rank))

    def _certain(self, seen: Situation) -> Level:
        rules = self.rules.all_rules
        return highest(*(it.level for it in rules if compile_test(it.when)(seen) is True))

    def is_true(self, rule: Rule, told: Situation) -> bool:
        return compile_test(rule.when)(self.sees(told)) is True

    def knows(self, told: Situation) -> bool:
        seen = self.sees(told)
        known = {name: value for name, value in seen.facts.items() if value is not None}
        return seen.answers == told.answers and known == told.facts


@cache
def every_concern(questions: tuple[str, ...]) -> tuple[Situation, ...]:
    answers = product((None, True, False), repeat=len(questions))
    facts = list(product(VALUES["n"], VALUES["x"]))
    return tuple(
        Situation(_given(zip(questions, said, strict=True)), _given((("n", n), ("x", x))))  # type: ignore[arg-type]
        for said in answers
        for n, x in facts
    )


def _given(
    pairs: Iterator[tuple[str, Scalar | None]] | tuple[tuple[str, Scalar | None], ...],
) -> dict[str, Scalar]:
    return {name: value for name, value in pairs if value is not None}


def told(old: Brute, new: Brute) -> list[Situation]:
    """Every concern of which each thing is known to some version."""
    questions = tuple(sorted({*old.rules.indicators, *new.rules.indicators}))
    return [it for it in every_concern(questions) if _is_told(it, old, new)]


def _is_told(it: Situation, old: Brute, new: Brute) -> bool:
    seen = old.sees(it).facts, new.sees(it).facts
    return all(any(one.get(name) is not None for one in seen) for name in it.facts)


def witnessed(witness: Witness) -> Situation:
    return Situation(witness.answers, witness.facts)  # type: ignore[arg-type]


@MANY
@given(pairs)
def test_the_moves_are_those_of_all_concerns_tried_one_by_one(
    pair: tuple[RuleSet, RuleSet],
) -> None:
    old, new = map(Brute, pair)
    moves = {(old.level(it), new.level(it)) for it in told(old, new)}
    moves = {(before, after) for before, after in moves if before is not after}
    raises = any(after.above(before) for before, after in moves)
    lowers = any(before.above(after) for before, after in moves)
    verdicts = {
        (False, False): Verdict.EQUAL,
        (True, False): Verdict.STRICTER,
        (False, True): Verdict.LAXER,
        (True, True): Verdict.INCOMPARABLE,
    }

    found = compared(*pair)

    assert {(it.before, it.after) for it in found.levels} == moves
    assert found.verdict is verdicts[raises, lowers]
    assert {f"nivå:{it[0]}→{it[1]}" for it in moves if it[0].above(it[1])} <= found.lowers


@MANY
@given(pairs)
def test_a_witness_is_judged_so_by_the_engine_of_each_version(
    pair: tuple[RuleSet, RuleSet],
) -> None:
    for change in compared(*pair).levels:
        (witness,) = change.witnesses
        levels = change.before, change.after
        rules = witness.old_rules, witness.new_rules
        for ruleset, level, deciding in zip(pair, levels, rules, strict=True):
            oracle = Oracle(ruleset.all_rules)
            seen = Brute(ruleset).sees(witnessed(witness))
            said = Engine(ruleset, live=oracle, oracle=oracle).classify(
                seen.facts, language.said(seen)
            )
            assert said.level is level
            assert tuple(it.rule for it in said.findings if it.level is level) == deciding


@MANY
@given(pairs)
def test_a_witness_is_in_words_of_both_when_one_is_and_has_no_answer_too_many(
    pair: tuple[RuleSet, RuleSet],
) -> None:
    old, new = map(Brute, pair)
    every = told(old, new)
    for change in compared(*pair).levels:
        (witness,) = change.witnesses
        move = change.before, change.after
        such = [it for it in every if (old.level(it), new.level(it)) == move]
        shared = [it for it in such if old.knows(it) and new.knows(it)]
        known = old.knows(witnessed(witness)), new.knows(witnessed(witness))
        assert known == (not witness.unknown_to_old, not witness.unknown_to_new)
        assert all(known) == bool(shared)
        fewest = min(len(it.answers) for it in shared or such)
        assert len(witness.answers) == fewest


@MANY
@given(pairs)
def test_a_rule_is_wider_or_narrower_as_all_concerns_say(pair: tuple[RuleSet, RuleSet]) -> None:
    old, new = map(Brute, pair)
    every = told(old, new)
    was, now = ({it.id: it for it in side.rules.all_rules} for side in (old, new))
    changes = {it.rule: it for it in compared(*pair).rules}

    for name in was.keys() | now.keys():
        change = changes.get(name)
        if name not in now or name not in was:
            assert change is not None
            assert change.edit is (RuleEdit.REMOVED if name in was else RuleEdit.ADDED)
        elif change:
            truths = {(old.is_true(was[name], it), new.is_true(now[name], it)) for it in every}
            extents = {
                (False, False): Extent.EQUAL,
                (True, False): Extent.WIDER,
                (False, True): Extent.NARROWER,
                (True, True): Extent.INCOMPARABLE,
            }
            assert change.extent is extents[(False, True) in truths, (True, False) in truths]
            assert bool(change.wider) == ((False, True) in truths)
            assert bool(change.narrower) == ((True, False) in truths)
        else:
            assert was[name] == now[name]


@MANY
@given(rulesets, st.randoms())
def test_the_order_of_the_rules_makes_no_difference(rules: RuleSet, chance: object) -> None:
    shuffled = sorted(rules.rules, key=lambda _: chance.random())  # type: ignore[attr-defined]
    found = compared(rules, replace(rules, rules=tuple(shuffled)))

    assert (found.verdict, found.rules, found.lowering) == (Verdict.EQUAL, (), ())
    assert found.alike


@MANY
@given(pairs)
def test_the_same_question_gets_the_same_answer(pair: tuple[RuleSet, RuleSet]) -> None:
    assert compared(*pair) == compared(*pair)


def test_what_could_not_be_proved_is_never_equal_and_must_be_ticked() -> None:
    first = language.rule("r", Level.RED, AtLeast(2, ("a", "b", "c", "d")))
    second = language.rule("r", Level.RED, AtLeast(3, ("a", "b", "c", "d", "e")))
    found = compared(language.ruleset([first]), language.ruleset([second]), steps=1)

    assert found.verdict is Verdict.UNDECIDED
    assert NOT_DECIDED in found.lowers
    assert "inte att bevisa" in found.lowering[0].sentence
    assert [it.extent for it in found.rules] == [Extent.UNDECIDED]
