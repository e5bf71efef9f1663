"""A version in shadow says what it would have said, and changes nothing."""

from dataclasses import dataclass, field, replace
from typing import Self

import pytest

from adapters.memory import MemoryUnitOfWork
from adapters.rulesfile import read
from rules.errors import NotAllowed, NotVisible
from rules.level import Level
from rules.versions import NoSuchShadow, RuleVersion, ShadowRuns
from tests.people import GREEN, MIRA, ORANGE, RED, RUT, VIVI, World, report
from workflows import shadowing, versions
from workflows.assessing import answer_questions
from workflows.registering import register
from workflows.rule_ports import Shadow, Tally
from workflows.shadowing import Shadows

TEXT = read()
# The same rules as another version, and one where nothing is red.
OTHER = TEXT.replace('version: "2026.1"', 'version: "2026.2"')
MILDER = OTHER.replace("level: röd", "level: orange")
BROKEN = "2026.9-aaaaaaaaaaaa"


@dataclass
class Beside:
    """A world with one version in shadow, put there past the proofs of soundness."""

    world: World = field(default_factory=World)

    def begin(self, text: str = OTHER, version: str = "") -> Shadow:
        office = self.world.office
        name = version or office.read_rules(text).version
        with office.uow() as work:
            at = self.world.clock.now
            work.rules.keep(RuleVersion(version=name, text=text, author=RUT.id, proposed_at=at))
            shadow = work.rules.start_shadow(Shadow(version=name, started_by=RUT.id, started_at=at))
            work.commit()
        return shadow

    def concern(self, **given: object) -> str:
        done = register(self.world.office, MIRA, report(**given))  # type: ignore[arg-type]
        return done[0].id

    def tally(self, shadow: Shadow) -> tuple[Tally, ...]:
        return shadowing.comparison(self.world.office, RUT, shadow.id).tally

    def everything(self) -> tuple[object, ...]:
        """All that a shadow must leave as it was."""
        store = self.world.store
        return (
            dict(store.journal),
            dict(store.rows),
            dict(store.outbox),
            dict(store.approvals),
            dict(store.access),
        )


def test_a_shadow_says_of_each_new_classification_what_it_would_have_said() -> None:
    beside = Beside()
    beside.concern(answers=RED)
    shadow = beside.begin(MILDER)
    beside.concern(answers=RED)
    case = beside.concern(answers=GREEN)
    answer_questions(beside.world.office, MIRA, case, answers=ORANGE)

    (followed,) = Shadows(beside.world.office).follow()

    assert (followed.version, followed.count, followed.differing) == (shadow.version, 3, 1)
    found = shadowing.comparison(beside.world.office, RUT, shadow.id)
    assert (found.count, found.other_level, found.failed) == (3, 1, 0)
    (other,) = found.differing
    assert (other.live_level, other.shadow_level) == (Level.RED, Level.ORANGE)
    assert other.live_rules
    assert other.shadow_rules
    assert other.number.startswith("MH-")


def test_the_same_rules_in_shadow_never_differ() -> None:
    beside = Beside()
    shadow = beside.begin(OTHER)
    for answers in (RED, ORANGE, GREEN, {}):
        beside.concern(answers=answers)

    Shadows(beside.world.office).follow()

    found = shadowing.comparison(beside.world.office, RUT, shadow.id)
    assert found.count == 4
    assert found.differing == ()


def test_a_shadow_changes_nothing_but_its_own_rows() -> None:
    beside = Beside()
    beside.begin(MILDER)
    beside.begin("a: [", BROKEN)
    beside.concern(answers=RED)
    before = beside.everything()

    Shadows(beside.world.office).follow()

    assert beside.everything() == before
    assert len(beside.world.store.shadow_results) == 2


def test_a_shadow_that_cannot_be_read_is_counted_and_nothing_more() -> None:
    beside = Beside()
    shadow = beside.begin("a: [", BROKEN)
    beside.concern(answers=RED)

    (followed,) = Shadows(beside.world.office).follow()

    assert (followed.count, followed.differing, followed.failed) == (1, 0, 1)
    found = shadowing.comparison(beside.world.office, RUT, shadow.id)
    assert found.failed == 1
    assert found.differing[0].fault == "Unreadable"
    assert found.tally == (Tally(Level.RED, None, 1),)


def test_a_shadow_that_fails_at_every_concern_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beside = Beside()
    beside.begin(MILDER)
    shadows = Shadows(beside.world.office)
    shadows.follow()
    beside.concern(answers=RED)

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("workflows.recounting.Recount.outcome", fails)
    (followed,) = shadows.follow()

    assert followed.failed == 1
    assert [it.fault for it in beside.world.store.shadow_results.values()] == ["ZeroDivisionError"]


def test_nothing_is_said_twice_however_many_workers_follow() -> None:
    beside = Beside()
    beside.begin(MILDER)
    one, other = Shadows(beside.world.office), Shadows(beside.world.office)
    beside.concern(answers=RED)

    assert len(one.follow()) == 1
    assert other.follow() == ()
    assert one.follow() == ()


def test_a_stopped_shadow_says_no_more_and_keeps_what_it_said() -> None:
    beside = Beside()
    shadow = beside.begin(MILDER)
    shadows = Shadows(beside.world.office)
    beside.concern(answers=RED)
    shadows.follow()

    shadowing.stop(beside.world.office, RUT, shadow.version)
    beside.concern(answers=RED)

    assert shadows.follow() == ()
    assert beside.tally(shadow) == (Tally(Level.RED, Level.ORANGE, 1),)
    with pytest.raises(NoSuchShadow):
        shadowing.stop(beside.world.office, RUT, shadow.version)


def test_a_version_goes_once_in_shadow_and_may_begin_again_after_its_end() -> None:
    beside = Beside()
    office = beside.world.office
    version = versions.propose(office, RUT, text=OTHER).version

    first = shadowing.start(office, RUT, version)
    with pytest.raises(ShadowRuns):
        shadowing.start(office, RUT, version)
    shadowing.stop(office, RUT, version)

    assert shadowing.start(office, RUT, version).id != first.id


def test_only_a_rule_owner_begins_and_ends_a_shadow_and_only_those_who_answer_see_it() -> None:
    beside = Beside()
    office = beside.world.office
    version = versions.propose(office, RUT, text=OTHER).version
    shadow = shadowing.start(office, RUT, version)

    for refused in (
        lambda: shadowing.start(office, VIVI, version),
        lambda: shadowing.stop(office, VIVI, version),
        lambda: shadowing.comparison(office, MIRA, shadow.id),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotVisible):
        shadowing.start(office, RUT, BROKEN)
    with pytest.raises(NoSuchShadow):
        shadowing.comparison(office, VIVI, shadow.id + 99)


def test_to_look_at_the_comparison_is_logged_with_each_case_in_it() -> None:
    beside = Beside()
    shadow = beside.begin(MILDER)
    case = beside.concern(answers=RED)
    Shadows(beside.world.office).follow()

    shadowing.comparison(beside.world.office, VIVI, shadow.id)

    with beside.world.office.uow() as work:
        line = work.access.recent(1)[0]
    assert (line.account_id, line.action, line.case_ids) == (
        VIVI.id,
        "jämföra regler i skugga",
        (case,),
    )


def test_a_row_that_cannot_be_read_is_a_fault_of_its_own() -> None:
    beside = Beside()
    shadow = beside.begin(MILDER)
    beside.concern(answers=RED)

    class Spoiled(MemoryUnitOfWork):
        def __enter__(self) -> Self:
            unseen = self.rules.unseen
            self.rules.unseen = lambda *a, **k: tuple(  # type: ignore[method-assign]
                replace(it, classification=None) for it in unseen(*a, **k)
            )
            return self

    Shadows(replace(beside.world.office, uow=lambda: Spoiled(beside.world.store))).follow()

    assert beside.tally(shadow) == (Tally(None, None, 1),)
