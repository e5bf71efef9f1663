"""The demo: at any hour of any day it loads, lives, and keeps the program's own promises."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.passwords import cheap_passwords
from adapters.post import RecordedPost
from adapters.rulesedit import rewrite
from hub.demo import loading
from hub.demo.accounts import LAST, PASSWORD, PEOPLE, account_id, shown
from hub.demo.children import personal_number
from rules.clock_events import BreachExplained
from rules.clocks import promise_is_kept
from rules.fold import replay
from rules.people import Role
from rules.personal_number import normalise
from rules.proofs.change import Verdict
from rules.proofs.difference import difference
from tests.hub.web import install
from tests.people import MIRA, World
from workflows import versions
from workflows.rows import CaseRow

PASSWORDS = cheap_passwords()


def loaded(now: datetime) -> tuple[World, RecordedPost]:
    world = World()
    world.clock.now = now
    post = RecordedPost(world.clock, keep=1000)
    install(world)
    loading.load(world.office, post, PASSWORDS, rewrite=rewrite)
    return world, post


@pytest.fixture(scope="module", name="demo")
def on_an_ordinary_day() -> tuple[World, RecordedPost]:
    return loaded(datetime(2026, 3, 10, 9, 20, tzinfo=UTC))


def rows(world: World) -> dict[str, CaseRow]:
    return {str(row.case.title): row.case for row in world.store.rows.values()}


@settings(max_examples=12)
@given(st.integers(0, 4 * 365 * 24 * 60))
def test_it_loads_at_any_moment_and_every_open_case_is_promised(minutes: int) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    world, _ = loaded(now)

    for case_id, events in world.store.journal.items():
        case = replay(case_id, events)
        assert case is not None
        assert promise_is_kept(case)
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert all(event.at <= now for event in events)


def test_it_shows_every_stage(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    found = rows(world).values()
    clocks = [clock for row in world.store.rows.values() for clock in row.clocks]
    units = [unit for row in world.store.rows.values() for unit in row.units]
    soon = world.clock.now + timedelta(minutes=10)

    assert {row.level for row in found} == {"grön", "orange", "röd"}
    assert {row.phase for row in found} == {"förhandsbedömning", "utredning", "avslutat"}
    assert any(not row.level_confirmed for row in found)
    assert any(row.lowering_proposed for row in found)
    assert any(row.protected for row in found)
    assert any(row.handover_unit and not row.acknowledged_at for row in found)
    assert any(row.investigator for row in found)
    assert any(row.closed_at for row in found)
    assert any(row.meeting_at and row.meeting_at > world.clock.now for row in found)
    assert any(clock.passed_at and not clock.explained_at for clock in clocks)
    assert any(clock.explained_at for clock in clocks)
    assert any(not clock.stopped_at and world.clock.now < clock.due_at < soon for clock in clocks)
    assert {unit.answer for unit in units} >= {None, "känd", "inte_känd", "system_nere"}
    assert any(clock.clock == "ombedomning" and not clock.stopped_at for clock in clocks)


def test_a_breach_is_never_explained_with_a_step_that_is_not_done(
    demo: tuple[World, RecordedPost],
) -> None:
    world, _ = demo
    told = set()
    for name, story in world.store.journal.items():
        for seq, event in enumerate(story):
            if isinstance(event, BreachExplained):
                case = replay(name, story[:seq])
                assert case
                done = case.clocks[event.key].stopped is not None
                assert event.measure.startswith("Steget är gjort") is done
                told.add(done)

    assert told


def test_it_shows_clocks_with_more_time_and_one_that_rests_and_none_of_those_is_broken(
    demo: tuple[World, RecordedPost],
) -> None:
    world, _ = demo
    cases = [replay(name, story) for name, story in world.store.journal.items()]
    clocks = [clock for case in cases if case for clock in case.clocks.values() if clock.running]

    extended = {clock.started.name: clock.schedule.why for clock in clocks if clock.extended}
    assert extended.keys() == {"Utredning", "Förhandsbedömning", "Hantering"}
    assert "förlängd: särskilda skäl (SoL 20:3)" in extended["Utredning"]
    assert "förlängd: synnerliga skäl (SoL 20:2)" in extended["Förhandsbedömning"]
    (resting,) = (clock for clock in clocks if clock.suspended)
    assert resting.started.name == "Informationsinhämtning"
    assert not resting.passed
    moved = [case for case in cases if case and any(it.extended for it in case.clocks.values())]
    assert not [it for case in moved for it in case.clocks.values() if it.passed]


def test_a_third_report_in_a_year_is_seen_as_a_pattern(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    third = rows(world)["Tredje anmälan: somnar på lektionerna"]
    first = world.store.journal[third.case_id][0]

    assert first.kind == "registered"
    assert first.facts["tidigare_anmalningar_12m"] == 2
    assert len(first.related) == 2


def test_two_children_share_a_context(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    shared = [row for row in rows(world).values() if row.context == "centrumtorget kvällar"]
    later = max(shared, key=lambda row: row.received_at)
    first = world.store.journal[later.case_id][0]

    assert len(shared) == 2
    assert first.kind == "registered"
    assert first.facts["barn_i_samma_sammanhang_30d"] == 1
    assert [other.relation for other in first.related] == ["samma sammanhang"]


def test_siblings_in_one_report_become_a_case_each(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    reports = [row.case.report_id for row in world.store.rows.values()]

    assert max(reports.count(report) for report in reports) == 2


def test_messages_were_sent_and_name_nobody(demo: tuple[World, RecordedPost]) -> None:
    world, post = demo
    children = {row.child_name for row in rows(world).values() if row.child_name}
    words = {word for name in children for word in name.split()}
    numbers = {row.personal_number for row in rows(world).values() if row.personal_number}

    assert len(post.letters) > 20
    for letter in post.letters:
        text = f"{letter.subject} {letter.body}"
        assert not any(word in text for word in words | numbers)


def test_nobody_in_it_can_be_a_real_person(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    today = world.clock.now.date()
    numbers = {row.personal_number for row in rows(world).values() if row.personal_number}

    assert numbers
    for number in numbers:
        assert number[9:11] == "98"
        assert normalise(number, today) == number


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.integers(0, 9))
def test_a_test_number_has_the_right_check_digit(born: date, serial: int) -> None:
    number = personal_number(born, serial)

    assert normalise(number, date(2026, 3, 1)) == number


def test_there_is_an_account_for_every_role_and_every_unit() -> None:
    world = World()
    policy = world.rulebook.policy

    assert {person.role for person in PEOPLE} == set(Role)
    assert {person.unit for person in PEOPLE} - {None} == set(policy.units)
    managed = {person.unit for person in PEOPLE if person.role is Role.UNIT_MANAGER}
    assert managed == set(policy.units)
    known = {one.requires for one in policy.delegation}
    assert all(person.delegations <= known for person in PEOPLE)


def test_every_printed_account_can_log_in(demo: tuple[World, RecordedPost]) -> None:
    world, _ = demo
    by_name = {account.username: account for account in world.store.accounts.values()}

    for account in shown():
        assert account.password == PASSWORD
        assert PASSWORDS.verify(by_name[account.username].password, PASSWORD)


def test_it_knows_whether_it_is_loaded_interrupted_or_not_wanted(
    demo: tuple[World, RecordedPost],
) -> None:
    world, _ = demo
    assert loading.state(world.office) is loading.State.WHOLE
    assert loading.state(World().office) is loading.State.EMPTY

    half = World()
    half.store.accounts = {
        key: account
        for key, account in world.store.accounts.items()
        if account.id != account_id(LAST)
    }
    assert loading.state(half.office) is loading.State.HALF

    real = World()
    real.admit(MIRA)
    assert loading.state(real.office) is loading.State.OTHER


def test_a_proposal_to_stricter_rules_waits_for_another_person(
    demo: tuple[World, RecordedPost],
) -> None:
    world, _ = demo
    found = versions.overview(world.office)

    (proposal,) = found.proposals
    assert proposal.author == account_id("regelansvarig")
    old, new = (
        world.office.read_rules(versions.read_version(world.office, name).text)
        for name in (world.rulebook.version, proposal.version)
    )
    assert difference(old, new).verdict is Verdict.STRICTER
