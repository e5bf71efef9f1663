"""A version is proposed by one person and approved by another; everything is logged."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from adapters.memory import MemoryUnitOfWork
from adapters.memory_people import MemoryAccessLog
from adapters.rulesfile import read
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.people import Actor
from rules.versions import UNCOMPARED, LowersUnticked, RuleVersion, VersionKnown
from tests.people import MIRA, RUT, VIVI, World
from workflows import versions
from workflows.ports import Access, Office, StoreUnavailable, UnitOfWork
from workflows.rule_books import RuleBooks

TEXT = read()
NEWER = TEXT.replace('version: "2026.1"', 'version: "2026.2"')
SOON = timedelta(minutes=2)


@dataclass
class Town:
    """A world where the installation's file is in force."""

    world: World = field(default_factory=World)
    lowers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.base = self.office.read_rules(TEXT).version
        books = RuleBooks(self.office.uow)
        assert books.install(self.base, TEXT, at=self.world.clock.now)

    @property
    def office(self) -> Office:
        return replace(self.world.office, lowerings=lambda _old, _new: self.lowers)

    def propose(self, text: str = NEWER, by: Actor = RUT) -> str:
        return versions.propose(self.office, by, text=text, note=" Ny tröskel. ").version

    def approve(self, version: str, *ticked: str, by: Actor = VIVI, base: str = "") -> None:
        versions.approve(
            self.office,
            by,
            version,
            effective_at=self.world.clock.now + SOON,
            base=base or self.base,
            ticked=ticked,
            reason="Nämnden 12 mars.",
        )

    @property
    def log(self) -> list[tuple[str, str, bool]]:
        with self.office.uow() as work:
            lines = reversed(work.access.recent(100))
            return [(line.account_id, line.action, line.granted) for line in lines]


def test_a_version_that_one_wrote_and_another_approved_takes_effect_at_its_time() -> None:
    town = Town()
    version = town.propose()
    town.approve(version)

    shown = versions.overview(town.office)
    assert shown.in_force is not None
    assert shown.in_force.version == town.base
    assert shown.waiting is not None
    assert shown.waiting.version == version
    assert not shown.file_governs

    town.world.clock.forward(minutes=2)
    now = versions.in_force(town.office)
    assert now is not None
    assert (now.version, now.author, now.approver) == (version, RUT.id, VIVI.id)
    kept = versions.read_version(town.office, version)
    assert kept.note == "Ny tröskel."
    assert json.loads(kept.certificate)["rules_version"] == version
    assert town.log == [
        (RUT.id, "föreslå regler", True),
        (VIVI.id, "godkänna regler", True),
    ]


def test_one_goes_back_by_approving_the_old_version_again() -> None:
    town = Town()
    version = town.propose()
    town.approve(version)
    town.world.clock.forward(minutes=3)

    town.approve(town.base, base=version)
    town.world.clock.forward(minutes=3)

    now = versions.in_force(town.office)
    assert now is not None
    assert now.version == town.base
    assert len(versions.schedule(town.office)) == 3


def test_an_unsound_file_is_refused_with_every_fault_and_its_line() -> None:
    town = Town()

    with pytest.raises(Invalid) as refused:
        town.propose(TEXT.replace("level: röd", "level: lila"))

    assert len(refused.value.faults) > 1
    assert all("rad " in told for told in refused.value.faults.values())
    assert versions.overview(town.office).proposals == ()


@pytest.mark.parametrize("text", ["a: [", "", "- 1"])
def test_what_is_no_rules_file_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Town().propose(text)


def test_the_same_version_is_not_proposed_twice() -> None:
    town = Town()
    town.propose()

    with pytest.raises(VersionKnown):
        town.propose(NEWER + "\n# samma regler\n", by=RUT)


def test_nobody_but_a_rule_owner_proposes_and_the_attempt_is_logged() -> None:
    town = Town()

    for by in (MIRA, VIVI):
        with pytest.raises(NotAllowed):
            town.propose(by=by)
    with pytest.raises(NotAllowed):
        town.approve(town.base, by=MIRA)

    assert town.log == [
        (MIRA.id, "föreslå regler", False),
        (VIVI.id, "föreslå regler", False),
        (MIRA.id, "godkänna regler", False),
    ]


def test_a_lowering_that_was_not_ticked_is_refused() -> None:
    town = Town(lowers=frozenset({"tröskel"}))
    version = town.propose()

    with pytest.raises(LowersUnticked):
        town.approve(version)
    town.approve(version, "tröskel")

    (approval, _) = versions.overview(town.office).approvals
    assert approval.ticked == ("tröskel",)


def test_a_version_that_cannot_be_compared_is_ticked_as_such() -> None:
    town = Town()
    version = town.propose()
    unreadable = "2019-aaaaaaaaaaaa"
    with town.office.uow() as work:
        old = RuleVersion(
            version=unreadable, text="a: [", author="x", proposed_at=town.world.clock.now
        )
        work.rules.keep(old)
        work.commit()

    ticks = versions.required_ticks(town.office, old="a: [", new=NEWER)

    assert ticks == {UNCOMPARED}
    with pytest.raises(LowersUnticked):
        raise_if_lowering(town, version, ticks)


def raise_if_lowering(town: Town, version: str, ticks: frozenset[str]) -> None:
    town.lowers = ticks
    town.approve(version)


def test_what_was_never_proposed_does_not_exist() -> None:
    town = Town()

    for attempt in (
        lambda: town.approve("2026.9-aaaaaaaaaaaa"),
        lambda: town.approve(town.propose(), base="2026.9-aaaaaaaaaaaa"),
        lambda: versions.reject(town.office, VIVI, "2026.9-aaaaaaaaaaaa", reason="Nej."),
    ):
        with pytest.raises(NotVisible):
            attempt()


def test_a_declined_proposal_waits_no_more() -> None:
    town = Town()
    version = town.propose()

    versions.reject(town.office, VIVI, version, reason="Nämnden sade nej.")

    assert versions.overview(town.office).proposals == ()
    (answer,) = versions.overview(town.office).rejections
    assert (answer.version, answer.reason) == (version, "Nämnden sade nej.")


def test_a_withdrawn_approval_never_takes_effect() -> None:
    town = Town()
    version = town.propose()
    town.approve(version)

    versions.reject(town.office, VIVI, version, reason="Fel datum.")
    town.world.clock.forward(minutes=9)

    now = versions.in_force(town.office)
    assert now is not None
    assert now.version == town.base
    assert versions.overview(town.office).file_governs


class Mute(MemoryAccessLog):
    """An access log that takes nothing."""

    def record(self, *lines: Access) -> None:
        raise StoreUnavailable


def test_what_cannot_be_logged_does_not_happen() -> None:
    town = Town()

    def uow() -> UnitOfWork:
        work = MemoryUnitOfWork(town.world.store)
        work.access = Mute(work._staged)
        return work

    with pytest.raises(StoreUnavailable):
        versions.propose(replace(town.office, uow=uow), RUT, text=NEWER)

    assert versions.overview(town.office).proposals == ()
