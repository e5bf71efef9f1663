"""How people answer what the rules propose: each case once, all of them, and none by name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory import MemoryUnitOfWork
from adapters.memory_people import MemoryAccessLog
from rules import events as ev
from rules.answer import Answer, Value
from rules.classification import Classification, Finding
from rules.days import Days, week_of
from rules.errors import Invalid, NotAllowed
from rules.fold import replay
from rules.level import Level
from rules.local_time import STOCKHOLM
from rules.people import Actor, Role
from tests.people import (
    EVERYONE,
    GREEN,
    MIRA,
    NORA,
    ORANGE,
    RED,
    RUT,
    World,
    no,
    report,
    rules,
    yes,
)
from tests.rules_case import generators
from tests.workflows.course import new_world
from workflows import assessing
from workflows.drift import NO_RULE, Answered, Drift, Sums, read_drift
from workflows.judgements import Course, LevelEvent, LevelStory, proposed, stories
from workflows.ports import Access, StoreUnavailable, UnitOfWork
from workflows.registering import register

MARCH = Days(date(2026, 3, 2), date(2026, 3, 29))
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
RULES = ("vald-mot-barnet", "bevittnat-vald", "regel-som-inte-finns")
PERSONS = {"konto-a": "mottagning", "konto-b": "jouren"}


def said(
    level: Level,
    *held: str,
    at: datetime = NOON,
    version: str = "v1",
    incident: str | None = None,
    answers: dict[str, Answer] | None = None,
) -> ev.Classified:
    return ev.Classified(
        at=at,
        by="program",
        classification=Classification(
            level=level,
            possible=(level, level),
            findings=tuple(Finding(rule, level, "Skäl.") for rule in held),
            ask_next=(),
            disregarded=(),
            engines_agree=True,
            rules_version=version,
            facts={},
            answers=yes("hotbild") if answers is None else answers,
            incident=incident,
        ),
    )


def put(level: Level, *, by: str = "konto-a", at: datetime = NOON, wish: str = "") -> ev.LevelSet:
    return ev.LevelSet(at=at, by=by, level=level, reason="", proposed_by=wish or None)


def story(*events: LevelEvent, case_id: str = "a", readable: bool = True) -> LevelStory:
    return LevelStory(case_id, f"MH-{case_id}", False, events, readable)


def summed(*told: LevelStory, days: Days = MARCH) -> Drift:
    sums = Sums(days, PERSONS)
    for one in told:
        sums.add(one)
    return sums.drift(rules().ruleset)


G, O, R = Level.GREEN, Level.ORANGE, Level.RED  # noqa: E741


@pytest.mark.parametrize(
    ("events", "course"),
    [
        ((said(O), put(O)), Course.CONFIRMED),
        ((said(O), put(R)), Course.RAISED),
        ((said(O), put(G, wish="konto-b")), Course.LOWERED),
        # A second thought before the rules are run again is the word that counts.
        ((said(O), put(O), put(R)), Course.RAISED),
        # Afterwards people know something else, and so do the rules.
        ((said(O), put(O), said(R), put(R)), Course.CONFIRMED),
        # Asked twice before anybody answered: the highest stands proposed.
        ((said(R), said(O), put(O, wish="konto-b")), Course.LOWERED),
        # Precaution, because nothing was known, gives way to the first answer.
        ((said(O, answers={}), said(G), put(G)), Course.CONFIRMED),
    ],
)
def test_what_counts_is_the_last_word_before_the_rules_are_run_again(
    events: tuple[LevelEvent, ...], course: Course
) -> None:
    judgement = story(*events).judgement

    assert judgement is not None
    assert judgement.course is course


@pytest.mark.parametrize("events", [(), (said(O),), (put(R),)])
def test_without_a_proposal_and_a_word_there_is_no_judgement(events: tuple[LevelEvent]) -> None:
    assert story(*events).judgement is None


def test_only_the_rules_of_the_proposed_level_determined_it() -> None:
    low = replace(said(R, "röd-regel").classification, level=Level.RED)
    findings = (*low.findings, Finding("orange-regel", Level.ORANGE, "Skäl."))
    event = replace(said(R), classification=replace(low, findings=findings))

    judgement = story(event, put(R)).judgement

    assert judgement is not None
    assert judgement.rules == ("röd-regel",)


@given(generators.histories())
def test_what_stood_proposed_is_what_the_case_shows(history: list[ev.Event]) -> None:
    case = replay("a", history)
    classified = [it for it in history if isinstance(it, ev.Classified)]

    assert case is not None
    if classified:
        assert proposed(classified) is case.proposed_level


levels = st.sampled_from(Level)
moments = st.integers(-10, 40).map(lambda day: NOON + timedelta(days=day))
classifications = st.builds(
    lambda level, held, at, version, fault: said(
        level, *held, at=at, version=version, incident=fault
    ),
    levels,
    st.sets(st.sampled_from(RULES), max_size=3),
    moments,
    st.sampled_from(["v1", "v2"]),
    st.sampled_from([None, None, None, "Motorn föll."]),
)
words = st.builds(
    lambda level, by, at: put(level, by=by, at=at),
    levels,
    st.sampled_from(["konto-a", "konto-b", "konto-okänd"]),
    moments,
)
declined = moments.map(lambda at: ev.LoweringDeclined(at=at, by="konto-b", reason="Nej."))
told = st.lists(
    st.lists(classifications | words | declined, max_size=6).map(
        lambda events: sorted(events, key=lambda it: it.at)
    ),
    max_size=12,
).map(lambda many: [story(*it, case_id=str(n)) for n, it in enumerate(many)])


def total(found: Iterable[Answered]) -> Counter[str]:
    added: Counter[str] = Counter()
    for it in found:
        added.update(confirmed=it.confirmed, raised=it.raised, lowered=it.lowered)
    return added


@given(told)
def test_the_sums_of_units_weeks_and_versions_are_the_whole(many: list[LevelStory]) -> None:
    drift = summed(*many)

    whole = total([drift.whole])
    assert total(drift.units.values()) == whole
    assert total(drift.weeks.values()) == whole
    assert total(drift.versions.values()) == whole


@given(told)
def test_no_rule_counts_for_more_than_the_whole_and_together_they_count_for_all(
    many: list[LevelStory],
) -> None:
    drift = summed(*many)

    for it in drift.rules.values():
        assert 0 < it.count <= drift.whole.count
        assert it.raised <= drift.whole.raised
        assert it.lowered <= drift.whole.lowered
        assert 0 <= it.raises.value + it.lowers.value <= 1
    assert sum(it.count for it in drift.rules.values()) >= drift.whole.count


@given(told)
def test_every_case_that_was_answered_is_counted_once_or_told_of(many: list[LevelStory]) -> None:
    drift = summed(*many)

    judged = [it.judgement for it in many if it.judgement]
    within = [it for it in judged if MARCH.since <= it.at < MARCH.until]
    assert drift.whole.count + drift.faulty == len(within)
    assert drift.faulty == sum(bool(it.said.classification.incident) for it in within)
    assert drift.concerns <= len(many)
    assert all(count <= drift.concerns for count in drift.fired.values())
    assert all(it.yes + it.no <= it.asked <= it.concerns for it in drift.asked)


@given(told, st.randoms())
def test_the_order_of_the_cases_does_not_matter(many: list[LevelStory], random: object) -> None:
    shuffled = list(many)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert summed(*many) == summed(*shuffled)


def test_a_level_that_an_engine_fault_raised_is_no_proposal_of_the_rules() -> None:
    drift = summed(story(said(R, incident="Motorn föll."), put(G, wish="konto-a")))

    assert (drift.whole.count, drift.faulty) == (0, 1)


def test_a_lowering_is_of_the_unit_that_proposed_it_and_a_declined_one_is_told() -> None:
    lowered = story(said(R), put(O, by="konto-b", wish="konto-a"), case_id="a")
    kept = story(said(R), ev.LoweringDeclined(at=NOON, by="konto-b", reason="Nej."), case_id="b")

    drift = summed(lowered, kept)

    assert drift.units == {"mottagning": Answered(lowered=1)}
    assert (drift.declined, drift.unanswered) == (1, 1)


def test_what_no_rule_determined_has_a_row_of_its_own() -> None:
    assert summed(story(said(G), put(R))).rules == {NO_RULE: Answered(raised=1)}


def test_a_case_that_cannot_be_read_is_told_by_number_and_counted_nowhere() -> None:
    drift = summed(story(said(R), put(R), case_id="x", readable=False))

    assert drift.unreadable == ("MH-x",)
    assert drift.whole.count == drift.concerns == 0


def test_weeks_are_swedish_and_a_quiet_one_is_there_too() -> None:
    """Sunday night at half past eleven in UTC is Monday in Sweden."""
    night = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)
    drift = summed(story(said(R, at=night), put(R, at=night)))

    assert list(drift.weeks) == [date(2026, 3, day) for day in (2, 9, 16, 23)]
    assert drift.weeks[date(2026, 3, 16)] == Answered(confirmed=1)
    assert drift.weeks[date(2026, 3, 9)] == Answered()


@given(st.integers(0, 4_000_000_000).map(lambda it: datetime.fromtimestamp(it, UTC)))
def test_a_moment_is_in_the_iso_week_of_its_swedish_day(at: datetime) -> None:
    local = at.astimezone(STOCKHOLM).date()
    assert week_of(at).isocalendar()[:2] == local.isocalendar()[:2]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_every_moment_of_the_days_is_in_one_of_their_weeks(first: date, length: int) -> None:
    days = Days(first, first + timedelta(days=length))

    assert len(set(days.weeks)) == len(days.weeks)
    assert {week_of(days.since), week_of(days.until - timedelta(seconds=1))} <= {*days.weeks}
    assert week_of(days.until) not in days.weeks[:-1]


@pytest.mark.parametrize("first", [date(2026, 3, 30), date(2010, 1, 1)])
def test_days_that_end_before_they_begin_or_never_are_refused(first: date) -> None:
    with pytest.raises(Invalid):
        Days(first, date(2026, 3, 29))


def test_questions_are_told_that_nobody_asks_nobody_knows_or_all_answer_alike() -> None:
    unknown = {"forsvunnet": Answer(Value.UNKNOWN, "skola")}
    both = {**yes("vald_mot_barnet"), **no("hotbild"), **unknown}
    other = {**yes("vald_mot_barnet"), **yes("hotbild"), **unknown}
    drift = summed(
        story(said(R, answers=both), case_id="a"), story(said(R, answers=other), case_id="b")
    )
    asked = {it.indicator: it for it in drift.asked}

    assert asked["vald_mot_barnet"].never_varied
    assert asked["forsvunnet"].always_unknown
    assert not asked["hotbild"].never_varied
    assert asked["vuxen_paverkad_nu"].never_asked
    for it in drift.asked:
        assert it.never_asked + it.always_unknown + it.never_varied <= 1


def test_a_rule_that_held_for_nothing_is_silent_and_one_that_held_is_not() -> None:
    drift = summed(story(said(R, "vald-mot-barnet")))

    assert "vald-mot-barnet" not in drift.silent
    assert "bevittnat-vald" in drift.silent
    assert drift.fired["vald-mot-barnet"] == 1


def test_when_nothing_came_in_no_rule_and_no_question_is_blamed() -> None:
    drift = summed()

    assert drift.silent == ()
    assert not [it for it in drift.asked if it.never_asked or it.always_unknown or it.never_varied]


def lived(world: World) -> None:
    """Three cases: one confirmed, one raised, one lowered by two."""
    office = world.office
    for answers, level in ((RED, R), (ORANGE, R), (GREEN, None)):
        (case,) = register(office, MIRA, report(answers=answers))
        assessing.assess_protection(office, MIRA, case.id, needed=False, reasons="Tryggt.")
        wanted = level or case.level
        assessing.set_level(office, MIRA, case.id, level=wanted, reason="Känner familjen.")
    (case,) = register(office, MIRA, report(answers=RED))
    assessing.assess_protection(office, MIRA, case.id, needed=False, reasons="Tryggt.")
    assessing.set_level(office, MIRA, case.id, level=O, reason="Gammal uppgift.")
    assessing.answer_lowering(office, NORA, case.id, approve=True)


def test_the_journal_of_the_hub_is_counted_and_the_look_is_one_line_with_every_case() -> None:
    world = new_world()
    lived(world)

    drift = read_drift(world.office, RUT, ruleset=rules().ruleset, days=MARCH)

    assert drift.whole == Answered(confirmed=2, raised=1, lowered=1)
    assert drift.units == {"mottagning": drift.whole}
    assert drift.versions == {rules().version: drift.whole}
    assert drift.of_version == drift.concerns == 4
    line = world.store.access[max(world.store.access)]
    assert set(line.case_ids) == set(world.store.journal)
    assert (line.account_id, line.granted) == (RUT.id, True)


def test_no_name_and_no_account_is_in_what_is_told() -> None:
    world = new_world()
    lived(world)

    told = repr(read_drift(world.office, RUT, ruleset=rules().ruleset, days=MARCH))

    for secret in ("Elliot", "Vråkberg", "konto-", "Mira", "Nora", "MH-2026"):
        assert secret not in told


@pytest.mark.parametrize(
    "who",
    [it for it in EVERYONE if not it.has(Role.RULE_OWNER, Role.MANAGER, Role.REVIEWER)],
    ids=lambda who: who.name,
)
def test_nobody_else_reads_it_and_the_attempt_is_logged(who: Actor) -> None:
    world = new_world()

    with pytest.raises(NotAllowed):
        read_drift(world.office, who, ruleset=rules().ruleset, days=MARCH)

    assert not world.store.access[max(world.store.access)].granted


def test_what_cannot_be_logged_is_not_told() -> None:
    world = new_world()

    class Mute(MemoryAccessLog):
        def record(self, *lines: Access) -> None:
            raise StoreUnavailable

    def uow() -> UnitOfWork:
        work = MemoryUnitOfWork(world.store)
        work.access = Mute(work._staged)
        return work

    with pytest.raises(StoreUnavailable):
        read_drift(replace(world.office, uow=uow), RUT, ruleset=rules().ruleset, days=MARCH)


def test_the_stories_of_the_store_are_those_of_the_journal() -> None:
    world = new_world()
    lived(world)
    with world.office.uow() as work:
        found = list(stories(work.history.levels(MARCH.since, MARCH.until)))

    for it in found:
        told = [event for event in world.store.journal[it.case_id] if isinstance(event, LevelEvent)]
        assert list(it.events) == told
    assert {it.case_id for it in found} == set(world.store.journal)
