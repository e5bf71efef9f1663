"""What people have approved takes effect by the clock, whole, in every process at once."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from rules.language.fault import Unreadable
from rules.versions import Approval, RuleVersion
from tests.hub.shelf import TEXT, Bench, labelled
from tests.people import RUT, VIVI
from workflows import versions
from workflows.ports import StoreUnavailable

MOMENT = timedelta(microseconds=1)


def test_two_processes_switch_at_the_same_instant() -> None:
    bench = Bench()
    one, other = bench.shelf(), bench.shelf()
    old = one.current().version
    approval = bench.approve(labelled("2026.2"))

    bench.move_to(approval.effective_at - MOMENT)
    assert (one.current().version, other.current().version) == (old, old)

    bench.move_to(approval.effective_at)
    assert (one.current().version, other.current().version) == (approval.version,) * 2


def test_a_version_is_compiled_before_its_time() -> None:
    bench = Bench()
    shelf = bench.shelf()
    approval = bench.approve(labelled("2026.2"))
    bench.clock.forward(seconds=5)
    shelf.current()
    made = list(bench.made)

    bench.move_to(approval.effective_at)
    shelf.current()

    assert approval.version in made
    assert bench.made == made


def test_the_schedule_is_never_older_than_a_few_seconds() -> None:
    bench = Bench()
    shelf = bench.shelf()
    shelf.current()
    bench.store.away = True

    bench.clock.forward(seconds=9)
    shelf.current()
    bench.clock.forward(seconds=2)
    with pytest.raises(StoreUnavailable):
        shelf.current()
    assert shelf.known().version

    bench.store.away = False
    assert shelf.current().version


def test_a_clock_that_is_set_back_reads_the_schedule_anew() -> None:
    bench = Bench()
    shelf = bench.shelf()
    approval = bench.approve(labelled("2026.2"))
    bench.move_to(approval.effective_at)
    assert shelf.current().version == approval.version

    bench.clock.forward(hours=-1)

    assert shelf.current().version


def test_a_changed_file_is_told_of_and_not_put_in_force_when_people_govern() -> None:
    bench = Bench()
    shelf = bench.shelf()
    approval = bench.approve(labelled("2026.2"))
    bench.move_to(approval.effective_at)

    with capture_logs() as logs:
        bench.write(labelled("2026.3"))
        shelf.reload_if_changed()
        shelf.reload_if_changed()

    assert shelf.current().version == approval.version
    assert "rules.yaml har ändrats" in shelf.faults()[0]
    assert [line["event"] for line in logs].count("rules.file_ignored") == 1

    bench.write(TEXT)
    shelf.reload_if_changed()
    assert shelf.faults() == ()


def test_a_process_that_starts_later_takes_what_people_approved_and_not_its_file() -> None:
    bench = Bench()
    approval = bench.approve(labelled("2026.2"))
    bench.move_to(approval.effective_at)

    assert bench.shelf().current().version == approval.version
    assert bench.shelf().faults() == ()


def test_a_broken_file_stops_no_process_when_people_govern() -> None:
    bench = Bench()
    approval = bench.approve(labelled("2026.2"))
    bench.move_to(approval.effective_at)

    bench.write("a: [")
    shelf = bench.shelf()

    assert shelf.current().version == approval.version
    assert "YAML" in shelf.faults()[0]


def spoiled(bench: Bench, text: str, version: str = "2026.9-aaaaaaaaaaaa") -> Approval:
    """An approval of a version that this program cannot use, put in past the workflow."""
    with bench.uow() as work:
        kept = RuleVersion(version=version, text=text, author=RUT.id, proposed_at=bench.clock.now)
        work.rules.keep(kept)
        approval = work.rules.approve(
            Approval(
                version=version,
                author=RUT.id,
                approver=VIVI.id,
                approved_at=bench.clock.now,
                effective_at=bench.clock.now + timedelta(minutes=2),
            )
        )
        work.commit()
    return approval


@pytest.mark.parametrize(
    "text",
    ["a: [", "", TEXT.replace("level: röd", "level: lila", 1), TEXT],
    ids=["no YAML", "empty", "unsound", "another text than the version's"],
)
def test_a_version_that_cannot_be_used_leaves_the_one_before_in_force_and_is_loud(
    text: str,
) -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.current().version

    approval = spoiled(bench, text)
    with capture_logs() as logs:
        bench.move_to(approval.effective_at)
        found = [shelf.current().version for _ in range(3)]

    assert found == [before] * 3
    assert approval.version in shelf.faults()[0]
    told = [(line["event"], line["log_level"]) for line in logs]
    assert told.count(("rules.unusable", "critical")) == 1


def test_a_defect_in_the_making_of_a_version_leaves_the_one_before_in_force() -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.current().version
    spoiled(bench, "nonsense")
    make = bench.make

    def defective(text: str) -> object:
        if text == "nonsense":
            raise RecursionError
        return make(text)

    shelf._approved._make = defective  # type: ignore[assignment]
    bench.clock.forward(minutes=3)

    assert shelf.current().version == before
    assert shelf.faults()


def test_nothing_at_all_that_can_be_used_starts_no_process() -> None:
    bench = Bench()
    bench.shelf()
    spoiled(bench, "")
    with bench.uow() as work:
        installed = work.rules.schedule()[0]
    bench.store.rule_versions[installed.version] = RuleVersion(
        version=installed.version, text="", author="rules.yaml", proposed_at=bench.clock.now
    )
    bench.clock.forward(minutes=3)

    with pytest.raises(Unreadable):
        bench.shelf()


def test_a_withdrawn_approval_lets_the_file_govern_again() -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.current().version
    approval = bench.approve(labelled("2026.2"))
    bench.clock.forward(seconds=5)
    assert shelf.current().version == before

    versions.reject(bench.office, VIVI, approval.version, reason="Fel datum.")
    bench.move_to(approval.effective_at)

    assert shelf.current().version == before
