"""What is counted over several concerns: as the rules declare it, back from the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rulesfile import parse, read
from rules.answer import Answer
from rules.case import Case
from rules.concern import Child, Report, ReportedChild
from rules.engines.rulebook import LiveRules, live
from rules.errors import Invalid
from rules.language.fault import Unsound
from rules.level import Level
from tests.people import ELLIOT, GREEN, MIRA, MORNING, World, report, reported
from tests.workflows.course import new_world
from workflows.registering import register

NUMBERS = ("20160514-9895", "20191102-2380", "20170614-9802")
DECLARED = {
    "manadens": "counts: anmalningar_om_barnet, within: 30 dagar, min: 0, max: 1000",
    "dygnets": "counts: anmalningar_om_barnet, within: 24 h, min: 0, max: 2",
    "nara": "counts: barn_i_samma_sammanhang, within: 2 veckor, min: 0, max: 1000",
    "minst_ett": "counts: barn_i_samma_sammanhang, within: 1 h, min: 1, max: 3",
}
RULE = """
  - rule: tatt-mellan
    level: röd
    when: {fact: manadens, at_least: 1}
    because: Det kom en anmälan om barnet för mindre än en månad sedan.
    source: praxis
    fires: [{manadens: 1}]
    silent: [{manadens: 0}]
"""


@cache
def board() -> LiveRules:
    """The shipped rules with facts and a rule that a board has added in its file, and no code."""
    facts = "".join(f"\n  - {{id: {name}, type: int, {it}}}" for name, it in DECLARED.items())
    text = (
        read().replace("\nfacts:", f"\nfacts:{facts}", 1).replace("\nrules:", f"\nrules:{RULE}", 1)
    )
    return live(parse(text))


@cache
def without_contexts() -> LiveRules:
    """The shipped rules of a board that counts no children in a context."""
    text = read().replace("counts: barn_i_samma_sammanhang, within: 30 dagar, ", "", 1)
    return live(parse(text))


def world_of(rulebook: LiveRules) -> World:
    world = new_world()
    world.rulebook = rulebook
    return world


def came(world: World, *children: ReportedChild, ago: timedelta = timedelta(), **also: str) -> Case:
    """The first case of a mild report that came in `ago`, registered now."""
    sent = report(*(children or (reported(answers=GREEN),)), received_at=MORNING - ago)
    return register(world.office, MIRA, replace(sent, **also))[0]  # type: ignore[arg-type]


def other(number: str | None = NUMBERS[1], answers: Mapping[str, Answer] = GREEN) -> ReportedChild:
    return reported(Child(personal_number=number), answers=answers)


def counted(case: Case, name: str = "barn_i_samma_sammanhang_30d") -> object:
    return case.registered.facts[name]


def test_a_count_that_a_board_declares_is_counted_and_fires_its_rule() -> None:
    world = world_of(board())
    came(world, ago=timedelta(days=40))
    first = came(world, ago=timedelta(days=20))
    second = came(world)

    assert [counted(it, "manadens") for it in (first, second)] == [1, 1]
    assert counted(second, "tidigare_anmalningar_12m") == 2
    assert second.level is Level.RED
    assert "tatt-mellan" in {it.rule for it in second.classified.classification.findings}  # type: ignore[union-attr]


@pytest.mark.parametrize(("seconds", "there"), [(0, 1), (86_400, 1), (86_401, 0)])
def test_both_ends_of_the_span_are_within_it(seconds: int, there: int) -> None:
    world = world_of(board())
    came(world, ago=timedelta(seconds=seconds))

    assert counted(came(world), "dygnets") == there


def test_a_day_is_twenty_four_hours_also_when_summer_time_begins() -> None:
    world = world_of(board())
    world.clock.now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    before = report(received_at=datetime(2026, 3, 28, 12, 30, tzinfo=UTC))
    register(world.office, MIRA, before)
    (same,) = register(world.office, MIRA, report(received_at=world.clock.now))

    assert counted(same, "dygnets") == 1


def test_a_count_is_never_beyond_the_ends_of_its_fact() -> None:
    world = world_of(board())
    for _ in range(3):
        last = came(world)
    more = came(world)

    assert [counted(it, "dygnets") for it in (last, more)] == [2, 2]
    assert counted(more, "tidigare_anmalningar_12m") == 3
    assert counted(more, "minst_ett") == 1


@pytest.mark.parametrize(("told", "there"), [(None, 1), (0, 1), (1, 1), (7, 7)])
def test_what_is_told_can_only_raise_a_count(told: int | None, there: int) -> None:
    world = world_of(board())
    came(world)

    case = came(world, reported(answers=GREEN, facts={"manadens": told}))

    assert counted(case, "manadens") == there


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dygnets", 3, "från 0 till 2"),
        ("minst_ett", 0, "från 1 till 3"),
        ("manadens", True, "ett heltal"),
        ("manadens", "4", "ett heltal"),
        ("arets", 1, "finns inte"),
    ],
)
def test_the_limits_of_what_is_told_are_those_of_the_fact(
    name: str, value: int | str, words: str
) -> None:
    with pytest.raises(Invalid) as told:
        came(world_of(board()), reported(facts={name: value}))

    assert words in told.value.faults[f"children.1.facts.{name}"]


def test_a_span_that_no_clock_can_hold_is_refused_in_the_file() -> None:
    longer = read().replace("within: 30 dagar", "within: 10001 dagar", 1)

    with pytest.raises(Unsound) as told:
        parse(longer)

    assert "within är högst 10000" in str(told.value.faults[0].message)


def test_other_children_in_the_context_are_counted_however_it_is_typed() -> None:
    world = new_world()
    came(world, other(), context="Skolgården X, 14 mars")
    came(world, other(NUMBERS[2]), context="skolgården  X 14 mars")
    third = came(world, context="SKOLGÅRDEN X – 14 mars")

    assert counted(third) == 2
    assert third.level is Level.ORANGE
    assert third.registered.context == "SKOLGÅRDEN X – 14 mars"


def test_a_child_is_counted_once_and_never_itself() -> None:
    world = new_world()
    came(world, context="Torget")
    for _ in range(2):
        came(world, other(), context="Torget")
        came(world, other(None), context="Torget")

    assert counted(came(world, context="Torget")) == 3


def test_the_other_children_of_the_report_are_counted_when_it_has_a_context() -> None:
    world = new_world()
    came(world, other(), context="Torget")

    both = came(world, reported(ELLIOT, answers=GREEN), other(), other(None), context="Torget")
    without = came(world, reported(ELLIOT, answers=GREEN), other())

    assert counted(both) == 2
    assert counted(without) == 0


@pytest.mark.parametrize(
    ("days", "there"), [(0, 1), (30, 1), (31, 0)], ids=["same moment", "thirty days", "one more"]
)
def test_who_came_in_longer_ago_is_not_counted_and_is_shown_while_open(
    days: int, there: int
) -> None:
    world = new_world()
    came(world, other(), ago=timedelta(days=days), context="Torget")

    case = came(world, context="Torget")

    assert counted(case) == there
    assert [it.relation for it in case.registered.related] == ["samma sammanhang"]


def test_a_concern_that_came_in_later_is_related_and_not_counted() -> None:
    world = new_world()
    came(world, other(), context="Torget")

    late = came(world, ago=timedelta(days=2), context="Torget")

    assert counted(late) == 0
    assert len(late.registered.related) == 1


def test_without_a_context_or_in_another_nothing_is_matched() -> None:
    world = new_world()
    came(world, other(), context="Torget")
    came(world, other(NUMBERS[2]))

    for case in (came(world), came(world, context="Torget två")):
        assert counted(case) == 0
        assert all(it.relation == "samma barn" for it in case.registered.related)


def test_a_board_that_counts_no_contexts_matches_none() -> None:
    world = world_of(without_contexts())
    came(world, other(), context="Torget")

    case = came(world, context="Torget")

    assert "barn_i_samma_sammanhang_30d" not in case.registered.facts
    assert case.registered.related == ()
    assert case.registered.context == "Torget"


@pytest.mark.parametrize("context", ["", "  ", None])
def test_nothing_typed_is_kept_as_no_context(context: str | None) -> None:
    world = new_world()
    came(world, other(), context=context)  # type: ignore[arg-type]
    case = came(world, context=context)  # type: ignore[arg-type]

    assert case.registered.context is None
    assert world.store.rows[case.id].case.context is None
    assert counted(case) == 0


@pytest.mark.parametrize("context", ["?!", "x" * 101, "Hos 20160514-9895", "Torget\x00"])
def test_a_context_that_cannot_be_used_is_told_and_nothing_is_kept(context: str) -> None:
    world = new_world()

    with pytest.raises(Invalid) as told:
        came(world, context=context)

    assert list(told.value.faults) == ["context"]
    assert context not in told.value.faults["context"]
    assert world.store.journal == {}


MOMENTS = st.integers(0, 40 * 24).map(lambda hours: MORNING - timedelta(hours=hours))
PLACES = st.sampled_from([None, "Torget", "torget!", "Ån"])
CHILDREN = st.lists(st.sampled_from([*NUMBERS, None]), min_size=1, max_size=3)


@dataclass(frozen=True)
class Past:
    """A child that has been registered, as the plain reference remembers it."""

    who: str
    at: datetime
    place: str


@given(st.lists(st.tuples(MOMENTS, CHILDREN, PLACES), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_count_is_that_of_a_plain_reference_whatever_came_before(
    history: list[tuple[datetime, list[str | None], str | None]],
) -> None:
    world = World(rulebook=board())
    past: list[Past] = []
    for at, numbers, place in history:
        once = [it for n, it in enumerate(numbers) if it is None or it not in numbers[:n]]
        sent = replace(_sent(once, at), context=place)
        cases = register(world.office, MIRA, sent)
        word = "" if place is None else place.strip("!").lower()
        report_of = [Past(it.child.personal_number or it.id, at, word) for it in cases]
        for case, own in zip(cases, report_of, strict=True):
            beside = {it.who for it in report_of if it is not own and word}
            for name, kind, hours, low, high in REFERENCE:
                near = [it for it in past if at - timedelta(hours=hours) <= it.at <= at]
                same = sum(it.who == own.who for it in near)
                others = {it.who for it in near if word and it.place == word} | beside
                found = same if kind == "barn" else len(others - {own.who})
                assert counted(case, name) == max(low, min(high, found)), (name, history)
        past += report_of


REFERENCE = (
    ("tidigare_anmalningar_12m", "barn", 365 * 24, 0, 1000),
    ("manadens", "barn", 30 * 24, 0, 1000),
    ("dygnets", "barn", 24, 0, 2),
    ("barn_i_samma_sammanhang_30d", "plats", 30 * 24, 0, 1000),
    ("nara", "plats", 14 * 24, 0, 1000),
    ("minst_ett", "plats", 1, 1, 3),
)


def _sent(numbers: list[str | None], at: datetime) -> Report:
    return report(*(other(number) for number in numbers), received_at=at)
