"""The parts of a comparison: what one count says of another, what cannot be proved, the words."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet, RulesFile
from rules.language.shape import Fact, FactType, Indicator, Kind
from rules.language.syntax import Answered, AtLeast, Bound, Not, OneOf, Scalar, Side
from rules.language.vocabulary import Vocabulary
from rules.level import Level
from rules.proofs.change import Difference, Verdict
from rules.proofs.counting import consequences
from rules.proofs.difference import NOT_DECIDED, difference
from rules.proofs.logic import AnyConcern
from rules.proofs.retold import known_facts, sentences
from rules.proofs.search import Search
from tests.rules import language, shipped

NINE = tuple("abcdefghi")


def compared(old: RuleSet, new: RuleSet) -> Difference:
    return difference(*(RulesFile(it, shipped.file().policy, {}, {}) for it in (old, new)))


def words(questions: tuple[str, ...] = (), *facts: Fact) -> Vocabulary:
    asked = {
        name: Indicator.model_validate(
            {"id": name, "area": "x", "kind": Kind.RISK, "ask": f"{name}?", "from": "praxis"}
        )
        for name in questions
    }
    known = MappingProxyType({fact.id: fact for fact in facts})
    return replace(language.WORDS, indicators=MappingProxyType(asked), facts=known)


counted = language.counts.flatmap(lambda count: st.sampled_from([count, Not(count)]))


@settings(max_examples=25, deadline=None)
@given(st.lists(counted, min_size=2, max_size=4))
def test_what_z3_is_told_of_counts_is_so(counts: list[AtLeast | Not]) -> None:
    concern = AnyConcern.over(language.WORDS)
    rules = [language.rule("r", Level.RED, count) for count in counts]
    every = concern.every(consequences(concern, rules))

    assert not Search(concern).possible(concern.denied(every))


def test_of_many_in_a_group_some_are_in_another_that_has_most_of_them() -> None:
    concern = AnyConcern.over(language.WORDS)
    wide, narrow = AtLeast(4, ("a", "b", "c", "d", "e")), AtLeast(3, ("b", "c", "d", "e"))
    rules = [language.rule("r", Level.RED, count) for count in (wide, narrow)]

    assert len(list(consequences(concern, rules))) == 1


def both_ways(level: Level) -> RuleSet:
    """Nine questions of which ja and nej raise alike: more than the engine tries together."""
    whens = [when for name in NINE for when in (Answered(name), Not(Answered(name)))]
    rules = (language.rule(f"r{place}", level, when) for place, when in enumerate(whens))
    return replace(language.ruleset(rules), words=words(NINE))


def test_what_is_too_much_to_lay_out_is_not_decided() -> None:
    found = compared(both_ways(Level.ORANGE), both_ways(Level.RED))

    assert found.verdict is Verdict.UNDECIDED
    assert found.lowers == {NOT_DECIDED}
    assert len(found.undecided) == 1


def test_what_reads_the_same_is_equal_however_hard_it_is() -> None:
    found = compared(both_ways(Level.RED), both_ways(Level.RED))

    assert (found.verdict, found.lowering) == (Verdict.EQUAL, ())


def test_dated_rules_are_told_with_their_time_and_times_that_follow_are_one() -> None:
    def version(level: Level) -> RuleSet:
        first = Rule("r", level, Answered("a"), "x", valid_from=date(2027, 1, 1))
        other = Rule("s", Level.GREEN, Answered("b"), "x", valid_from=date(2028, 1, 1))
        return language.ruleset([first, other])

    found = compared(version(Level.RED), version(Level.ORANGE))

    (change,) = found.rules
    assert change.sentence == (
        "Regeln r ändras: den ger orange i stället för röd (från och med 2027-01-01)."
    )
    assert [it.day for it in found.levels[0].witnesses] == [date(2027, 1, 1), date(2028, 1, 1)]
    assert found.lowering[0].sentence.startswith(
        "Anmälningar kan gå från röd till orange (2027-01-01–2027-12-31, från och med 2028-01-01)."
    )


def test_a_rule_that_is_away_for_a_time_differs_in_two_times() -> None:
    middle = Rule(
        "m",
        Level.RED,
        Answered("b"),
        "x",
        valid_from=date(2027, 1, 1),
        valid_until=date(2027, 6, 1),
    )
    always = language.rule("r", Level.RED, Answered("a"))
    ends = [
        replace(always, level=Level.ORANGE, valid_until=date(2026, 12, 31)),
        always,
        replace(always, level=Level.ORANGE, valid_from=date(2027, 6, 2)),
    ]
    ends[1] = replace(always, valid_from=date(2027, 1, 1), valid_until=date(2027, 6, 1))

    found = compared(language.ruleset([always, middle]), language.ruleset([*ends, middle]))

    (change,) = found.rules
    assert change.sentence.endswith("(till och med 2026-12-31, från och med 2027-06-02).")
    assert found.levels[0].witnesses[0].day == date(2026, 12, 31)


def test_dates_are_compared_over_all_that_either_version_allows() -> None:
    def version(last: date, limit: date) -> RuleSet:
        held = Fact(id="d", type=FactType.DATE, earliest=date(2020, 1, 1), latest=last)
        when = Bound("d", Side.AT_LEAST, limit.toordinal())
        return replace(
            language.ruleset([language.rule("r", Level.RED, when)]), words=words(("a",), held)
        )

    old = version(date(2025, 12, 31), date(2021, 1, 1))
    new = version(date(2024, 12, 31), date(2022, 1, 1))
    (witness,) = compared(old, new).levels[0].witnesses

    assert witness.facts == {"d": date(2021, 1, 1)}
    assert witness.sentences[0] == "Uppgiften ”d” är 2021-01-01."


def test_what_is_known_is_said_as_people_say_it() -> None:
    flag = Fact(id="insats", type=FactType.YES_OR_NO, name="en insats pågår")
    bare = Fact(id="annat", type=FactType.YES_OR_NO)
    who = Fact(id="vem", type=FactType.WORD, values=("x_y",), words={"x_y": "en skola"})
    age = Fact(id="alder", type=FactType.NUMBER, min=0, max=99, name="barnets ålder", unit="år")
    old, new = words(("a",), flag, bare, who), words(("a", "b"), flag, bare, who, age)
    facts: dict[str, Scalar | None] = {"insats": False, "annat": True, "vem": "x_y", "alder": 7}
    told = Situation({"a": True, "b": False}, facts)

    assert known_facts(told, (old, new)) == facts
    assert sentences(told, (old, new)) == (
        "Ja på ”a?”.",
        "Nej på ”b?”, från någon vars nej räknas (finns bara i den nya versionen).",
        "Det stämmer inte att en insats pågår.",
        "Uppgiften ”annat” är ja.",
        "Uppgiften ”vem” är en skola.",
        "Barnets ålder är 7 år (finns bara i den nya versionen).",
        "Inget annat är känt.",
    )
    assert sentences(Situation({}, {"insats": None}), (old, new)) == ("Inget är känt.",)
    assert sentences(Situation({}, {"insats": True}), (old, new))[0] == "En insats pågår."


def test_a_fact_of_another_type_is_another_fact() -> None:
    def version(held: Fact, *values: bool | str) -> RuleSet:
        when = OneOf("x", values)  # type: ignore[arg-type]
        return replace(
            language.ruleset([language.rule("r", Level.RED, when)]), words=words(("a",), held)
        )

    old = version(Fact(id="x", type=FactType.YES_OR_NO), True)
    new = version(Fact(id="x", type=FactType.WORD, values=("p", "q")), "p")
    found = compared(old, new)

    assert [it.key for it in found.levels] == ["nivå:röd→grön", "nivå:grön→röd"]
    assert [dict(it.witnesses[0].facts) for it in found.levels] == [{"x": True}, {"x": "p"}]
    assert found.levels[0].witnesses[0].unknown_to_new == ("x",)
    assert "uppgift:x.type" in found.lowers
