"""The columns say of many concerns at once what the other engines say of them one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.columns.levels import Columns, rules_of
from adapters.columns.past import ColumnConcerns
from adapters.columns.sheet import sheet_of
from rules.answer import Answer, Value
from rules.engines.ends import MOST_TRIED
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.language.syntax import All, Answered, AnyOf, Bound, Not, OneOf, Side, Unanswered
from rules.level import Level
from tests.rules import language, shipped
from workflows.concern_line import Concern
from workflows.recounting import Outcome, Recount

TODAY = date(2026, 3, 1)
SOURCES = st.sampled_from(["mottagning", "skola", "barnet", "vardnadshavare"])
moments = st.none() | st.integers(0, 64 * 24).map(
    lambda hours: datetime(2025, 12, 30, tzinfo=UTC) + timedelta(hours=hours)
)
concerns = st.builds(
    Concern,
    st.just("a"),
    language.known,
    st.dictionaries(language.questions, st.builds(Answer, st.sampled_from(Value), SOURCES)),
    moments,
)


def outcomes(ruleset: RuleSet, several: list[Concern]) -> tuple[Outcome, ...]:
    """What the columns say."""
    past = ColumnConcerns.of(several, ruleset.words)
    compared = past.compared(ruleset, ruleset, today=TODAY)
    return tuple(before for before, _ in compared.outcomes(range(len(past))))


def one_by_one(ruleset: RuleSet, several: list[Concern]) -> tuple[Outcome, ...]:
    """What the second engine says."""
    recount = Recount(ruleset, TODAY)
    return tuple(map(recount.outcome, several))


@settings(max_examples=150)
@given(language.rulesets(language.anything), st.lists(concerns, min_size=1, max_size=6))
def test_any_rules_say_the_same_in_columns_as_one_by_one(
    ruleset: RuleSet, several: list[Concern]
) -> None:
    assert outcomes(ruleset, several) == one_by_one(ruleset, several)


@given(
    st.lists(
        st.tuples(language.anything, st.sampled_from([None, 1, 5]), st.sampled_from([None, 5, 9])),
        min_size=1,
        max_size=4,
    ),
    st.lists(concerns, min_size=1, max_size=6),
)
def test_each_concern_meets_the_rules_of_its_own_day(
    drawn: list[tuple[Any, int | None, int | None]], several: list[Concern]
) -> None:
    january = date(2026, 1, 1)
    rules = [
        replace(
            language.rule(f"r{number}", list(Level)[number % 3], when),
            valid_from=january + timedelta(days=first) if first else None,
            valid_until=january + timedelta(days=last) if last else None,
        )
        for number, (when, first, last) in enumerate(drawn)
    ]
    ruleset = language.ruleset(rules)

    assert outcomes(ruleset, several) == one_by_one(ruleset, several)


def test_the_day_is_the_swedish_one() -> None:
    rule = replace(language.rule("ny", Level.RED, Answered("a")), valid_from=date(2026, 1, 2))
    answers = {"a": Answer(Value.YES, "skola")}
    last, first = datetime(2026, 1, 1, 22, 59, tzinfo=UTC), datetime(2026, 1, 1, 23, tzinfo=UTC)

    found = outcomes(
        language.ruleset([rule]),
        [Concern("a", {}, answers, last), Concern("b", {}, answers, first)],
    )

    assert [it.level for it in found] == [Level.GREEN, Level.RED]


def test_on_a_day_without_rules_everything_is_green() -> None:
    rule = replace(language.rule("ny", Level.RED, Answered("a")), valid_from=date(2027, 1, 1))

    found = outcomes(
        language.ruleset([rule]), [Concern("a", {}, {"a": Answer(Value.YES, "skola")})]
    )

    assert found == (Outcome(Level.GREEN, Level.GREEN, Level.GREEN, frozenset()),)


MANY = tuple(f"q{number}" for number in range(MOST_TRIED + 2))
BOTH_WAYS = replace(
    language.ruleset(
        [
            language.rule("udda", Level.RED, All((Answered(MANY[0]), Not(Answered(MANY[1]))))),
            language.rule("jämna", Level.RED, All((Not(Answered(MANY[0])), Answered(MANY[1])))),
            language.rule("lika", Level.ORANGE, AnyOf(tuple(map(Not, map(Answered, MANY))))),
            language.rule("alla", Level.RED, All(tuple(map(Answered, MANY)))),
            language.rule("tomt", Level.ORANGE, Unanswered(MANY[:2])),
        ]
    ),
    words=replace(
        language.WORDS,
        indicators={
            name: language.WORDS.indicators["a"].model_copy(update={"id": name}) for name in MANY
        },
    ),
)


@settings(max_examples=6)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(MANY), st.builds(Answer, st.sampled_from(Value), SOURCES)
        ).map(lambda answers: Concern("a", {}, answers)),
        min_size=1,
        max_size=4,
    )
)
@example([Concern("a", {}, {}), Concern("b", {}, {MANY[0]: Answer(Value.YES, "skola")})])
@example([Concern("a", {}, {name: Answer(Value.YES, "skola") for name in MANY[2:]})])
def test_more_questions_that_pull_both_ways_than_are_tried_give_the_same_interval(
    several: list[Concern],
) -> None:
    assert outcomes(BOTH_WAYS, several) == one_by_one(BOTH_WAYS, several)


@settings(max_examples=40)
@given(st.lists(st.tuples(shipped.facts(), shipped.answers()), min_size=1, max_size=20))
def test_the_shipped_rules_say_the_same_in_columns(drawn: list[tuple[Any, Any]]) -> None:
    ruleset = shipped.file().ruleset
    several = [Concern("a", facts, answers) for facts, answers in drawn]

    assert outcomes(ruleset, several) == one_by_one(ruleset, several)


def test_the_columns_say_of_every_example_what_the_engines_say() -> None:
    ruleset = shipped.file().ruleset
    several = [Concern(it["id"], it["facts"], shipped.answers_of(it)) for it in shipped.examples()]
    said = [shipped.engine().classify(it.facts, it.answers) for it in several]

    assert outcomes(ruleset, several) == tuple(
        Outcome(it.level, *it.possible, frozenset(finding.rule for finding in it.findings))
        for it in said
    )


def test_a_date_is_compared_as_the_number_of_its_day() -> None:
    born = Fact(id="fodd", type=FactType.DATE, earliest=date(1990, 1, 1), latest=date(2030, 1, 1))
    limit = date(2020, 2, 29)
    rule = language.rule("ung", Level.RED, Bound("fodd", Side.AT_LEAST, limit.toordinal()))
    ruleset = replace(language.ruleset([rule]), words=replace(language.WORDS, facts={"fodd": born}))
    days = ["2020-02-28", "2020-02-29", "1989-12-31", None]

    found = outcomes(ruleset, [Concern("a", {"fodd": day}, {}) for day in days])

    assert [it.level for it in found] == [Level.GREEN, Level.RED, Level.GREEN, Level.GREEN]
    assert found == one_by_one(ruleset, [Concern("a", {"fodd": day}, {}) for day in days])


def test_a_value_that_a_version_does_not_know_is_unknown_to_it() -> None:
    when = OneOf("word", ("y",), if_unknown=True)
    ruleset = language.ruleset([language.rule("y", Level.RED, when)])
    narrow = replace(
        ruleset,
        words=replace(
            language.WORDS, facts={"word": Fact(id="word", type=FactType.WORD, values=("y", "z"))}
        ),
    )
    past = ColumnConcerns.of([Concern("a", {"word": "x"}, {})], language.WORDS)

    ((before, after),) = past.compared(ruleset, narrow, today=TODAY).outcomes([0])

    assert (before.level, after.level) == (Level.GREEN, Level.RED)
    assert after == Recount(narrow, TODAY).outcome(past.concerns([0])[0])


def test_one_version_of_one_day_answers_for_levels_and_rules_alone() -> None:
    ruleset = shipped.file().ruleset
    past = ColumnConcerns.of(
        [Concern("a", {}, {"hotbild": Answer(Value.YES, "polis")})], ruleset.words
    )
    sheet = sheet_of(past.rows, ruleset.words)

    assert Columns(ruleset).levels(sheet).to_list() == [Level.RED.rank]
    fired = Columns(ruleset).fired(sheet)
    assert [rule for rule in rules_of(fired) if fired[f"regel:{rule}"][0]] == ["aktuell-hotbild"]
