"""The sweep: everyone is warned once, every breach is recorded once and told to those above."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory_cases import MemoryJournal
from rules.breaches import Explanation, NoSuchBreach
from rules.clocks import promise_is_kept
from rules.concern import ReporterKind
from rules.errors import ChangedMeanwhile, NotAllowed, NotVisible
from rules.people import Actor
from rules.span import Span, Unit
from rules.statement import AnswerKind, DecisionKind
from tests.people import (
    BEA,
    CALLE,
    CIA,
    CURT,
    GREEN,
    MIRA,
    MORNING,
    ORANGE,
    UNO,
    VIVI,
    World,
    report,
)  # fmt: skip
from tests.workflows.course import Course, begun, new_world
from workflows import breaches, deciding, watching
from workflows.absences import Away, set_absence
from workflows.ports import Addition
from workflows.rows import AlarmRow


def told(course: Course, word: str) -> set[tuple[str, str | None]]:
    return {
        (notice.role.value, notice.unit)
        for notice in course.notices
        if notice.role and word in notice.key
    }


def test_nothing_is_due_until_something_is() -> None:
    course = begun()

    assert course.sweep() == watching.Sweep()
    assert course.world.store.access[max(course.world.store.access)].action != "bevaka"


def test_a_warning_is_given_once_to_those_who_can_still_keep_the_promise() -> None:
    course = begun()
    course.world.clock.forward(minutes=6)  # the classification is due at 08.20

    assert (course.sweep().warned, course.sweep().warned) == (1, 0)
    assert told(course, "klassning") == {("mottagning", "mottagning")}
    assert course.notices[-1].subject.startswith("Frist nära")


def test_a_breach_is_recorded_once_with_its_owner_and_told_to_those_above() -> None:
    course = begun().protect().confirm()
    course.world.clock.forward(hours=4)
    found = course.sweep()

    (passed,) = found.passed
    assert (passed.number, passed.name) == (course.case.number, "Hantering")
    assert passed.late == timedelta(minutes=10)
    assert course.sweep().passed == ()
    clock = course.case.clocks["hantering:röd"]
    assert clock.passed is not None
    assert clock.passed.owner == "mottagning"
    assert told(course, "hantering:röd:frist") == {
        ("mottagning", "mottagning"), ("enhetschef", "mottagning"),
    }  # fmt: skip
    assert "fristbrott:hantering:röd" in course.case.clocks
    course.world.clock.forward(minutes=30)
    course.sweep()
    assert told(course, "hantering:röd:steg-2") == {("verksamhetschef", None)}


def test_a_silent_unit_is_reminded_and_then_its_chef_is_told() -> None:
    course = begun().protect().confirm().call("barn", "ungdom").answer("barn")
    course.world.clock.forward(minutes=70)
    course.sweep()
    assert told(course, "enhetssvar:ungdom") == {("enhet", "ungdom")}

    course.world.clock.forward(minutes=60)
    course.sweep()
    assert told(course, "enhetssvar:ungdom:frist") == {
        ("enhet", "ungdom"), ("enhetschef", "ungdom"), ("mottagning", "mottagning"),
    }  # fmt: skip
    clock = course.case.clocks["enhetssvar:ungdom"]
    assert clock.passed is not None
    assert clock.passed.owner == "ungdom"
    assert not told(course, "enhetssvar:barn")


def test_a_meeting_that_is_near_is_told_to_the_intake_and_to_every_called_unit() -> None:
    course = begun().protect().confirm().call("barn", "ungdom")
    course.world.clock.forward(hours=3, minutes=5)
    course.sweep()

    assert told(course, "hubbmote") == {
        ("mottagning", "mottagning"), ("enhet", "barn"), ("enhet", "ungdom"),
    }  # fmt: skip


def test_a_handover_that_waits_is_told_to_the_investigators_themselves() -> None:
    course = Course().until_decided().hand_over()
    course.world.clock.forward(hours=3, minutes=30)
    course.sweep()

    assert told(course, "overlamning:varning") == {
        ("mottagning", "mottagning"), ("utredare", "utredning"),
    }  # fmt: skip


def test_what_the_investigators_own_follows_the_case_to_whom_it_was_handed() -> None:
    course = Course().until_decided()
    deciding.hand_over(course.world.office, MIRA, course.id, unit="barn")
    course.world.clock.forward(days=2)
    course.sweep()

    assert told(course, "information:frist") == {("utredare", "barn"), ("enhetschef", "barn")}
    clock = course.case.clocks["information"]
    assert clock.passed is not None
    assert clock.passed.owner == "barn"


def test_a_warning_that_a_later_alarm_has_overtaken_is_not_sent() -> None:
    course = begun().protect().confirm()
    course.world.clock.forward(hours=3, minutes=30)
    course.sweep()
    assert len([n for n in course.notices if "hantering:röd:varning" in n.key]) == 1

    course.world.clock.forward(hours=1)
    course.sweep()
    assert not any("varning" in n.key for n in course.notices if n.subject.startswith("Fristbrott"))


def test_an_unexplained_breach_goes_up_to_the_one_who_answers_for_the_whole() -> None:
    course = begun().protect().confirm()
    course.world.clock.forward(hours=5)
    course.sweep()
    course.world.clock.forward(hours=25)
    course.sweep()

    key = "fristbrott:hantering:röd:frist"
    assert told(course, key) == {("enhetschef", "mottagning"), ("verksamhetschef", None)}


def test_a_case_that_is_written_to_meanwhile_is_left_to_the_next_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = begun()
    other = Course(course.world).register(report(answers=ORANGE))
    course.world.clock.forward(minutes=40)
    appending = MemoryJournal.append_all

    def append_all(journal: MemoryJournal, additions: Sequence[Addition]) -> None:
        if course.id in {it.case_id for it in additions}:
            raise ChangedMeanwhile
        appending(journal, additions)

    with monkeypatch.context() as patch:
        patch.setattr(MemoryJournal, "append_all", append_all)
        assert course.sweep().passed == ()
    assert [passed.number for passed in course.sweep().passed] == [course.case.number]
    assert other.case.clocks["klassning:orange"].running


def test_a_damaged_case_is_named_and_silences_no_other() -> None:
    course = begun()
    other = Course(course.world).register()
    store = course.world.store
    store.journal[course.id] = (*store.journal[course.id], store.journal[course.id][0])
    course.world.clock.forward(minutes=40)
    done = course.sweep()

    assert done.damaged == (course.id,)
    assert {passed.case_id for passed in done.passed} == {other.id}
    assert not any(notice.case_id == course.id for notice in course.notices)


@pytest.mark.parametrize("place", range(0, 9, 4))
def test_a_damaged_case_among_many_is_named_and_silences_none_of_them(place: int) -> None:
    world = new_world()
    courses = [Course(world).register() for _ in range(9)]
    broken = courses[place].id
    world.store.journal[broken] = (*world.store.journal[broken], world.store.journal[broken][0])
    world.clock.forward(minutes=40)

    done = watching.sweep(world.office)

    assert done.damaged == (broken,)
    assert {it.case_id for it in done.passed} == {it.id for it in courses} - {broken}
    assert len({it.case_id for it in done.passed}) == len(done.passed)


def test_a_case_that_the_rules_of_the_day_cannot_count_for_silences_no_other() -> None:
    course = begun()
    other = Course(course.world).register(answers=GREEN)
    rules = course.world.rulebook
    endless = rules.policy.clocks["utan_drojsmal"].model_copy(
        update={"length": Span(99_999_999, Unit.DAYS)}
    )
    policy = rules.policy.model_copy(
        update={"clocks": {**rules.policy.clocks, "utan_slut": endless}}
    )
    course.world.rulebook = replace(rules, file=replace(rules.file, policy=policy))
    course.world.clock.forward(minutes=150)

    done = course.sweep()

    assert done.damaged == (course.id,)
    assert {passed.case_id for passed in done.passed} == {other.id}


def test_a_case_whose_rows_say_what_its_journal_denies_is_named_and_the_sweep_ends() -> None:
    course = begun()
    other = Course(course.world).register()
    row = AlarmRow(case_id=course.id, key="klassning:röd", step="hittepå", at=MORNING)
    rows = course.world.store.rows[course.id]
    course.world.store.rows[course.id] = replace(rows, alarms=(row,))
    course.world.clock.forward(minutes=1)
    course.world.store.rows[other.id] = replace(course.world.store.rows[other.id], alarms=())

    assert course.sweep().damaged == (course.id,)


def test_more_cases_than_fit_in_a_transaction_are_all_swept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "BATCH", 3)
    world = new_world()
    courses = [Course(world).register() for _ in range(10)]
    world.clock.forward(minutes=40)
    before = world.store.commits

    done = watching.sweep(world.office)

    assert {it.case_id for it in done.passed} == {it.id for it in courses}
    assert world.store.commits - before == 4
    assert watching.sweep(world.office) == watching.Sweep()


def test_every_open_case_is_promised_and_a_closed_one_needs_no_promise() -> None:
    course = Course().register(answers=GREEN).protect().confirm()
    assert course.world.forgotten() == ()

    course.decide(DecisionKind.NOT_OPEN).close()
    assert course.world.forgotten() == ()


def test_a_forgotten_case_is_kept_by_its_owned_breaches_for_years() -> None:
    course = Course(World()).register(report(kind=ReporterKind.PRIVATE))
    for _ in range(24):
        course.world.clock.forward(days=30)
        course.sweep()
        assert promise_is_kept(course.case)
    assert course.world.forgotten() == ()


def breached() -> Course:
    course = begun().protect().confirm().call("barn", "ungdom").answer("ungdom", UNKNOWN)
    course.world.clock.forward(hours=5)
    course.sweep()
    return course


UNKNOWN = AnswerKind.NOT_KNOWN


def explain(course: Course, who: Actor, key: str) -> None:
    said = Explanation(
        key=key, cause="enhet_tyst", comment="Ingen på plats.", measure="Enheten rings."
    )
    breaches.explain(course.world.office, who, course.id, said=said)


@pytest.mark.parametrize("who", [CIA, VIVI, CALLE], ids=lambda who: who.name)
def test_a_breach_is_explained_by_its_owners_chef_or_those_above(who: Actor) -> None:
    course = breached()
    explain(course, who, "enhetssvar:barn")
    clock = course.case.clocks["enhetssvar:barn"]

    assert clock.explained is not None
    assert clock.explained.owner == who.name
    assert course.case.clocks["fristbrott:enhetssvar:barn"].stopped is not None
    assert course.world.store.rows[course.id].clocks


def test_a_chef_explains_only_the_own_units_breaches() -> None:
    course = breached()

    with pytest.raises(NotAllowed, match="äger det"):
        explain(course, CALLE, "hantering:röd")
    with pytest.raises(NotAllowed):
        explain(course, UNO, "enhetssvar:barn")
    with pytest.raises(NotVisible):
        explain(course, CURT, "enhetssvar:barn")


@pytest.mark.parametrize("key", ["forhandsbedomning", "hittepå"])
def test_what_has_not_been_breached_is_not_explained(key: str) -> None:
    with pytest.raises(NoSuchBreach):
        explain(breached(), CIA, key)


def test_a_step_that_comes_too_late_finds_the_breach_recorded_though_no_sweep_has_seen_it() -> None:
    course = begun()
    course.world.clock.forward(hours=5)
    course.protect().confirm()
    clock = course.case.clocks["klassning:röd"]

    assert clock.passed is not None
    assert clock.stopped is not None
    assert "fristbrott:klassning:röd" in course.case.clocks
    assert told(course, "klassning:röd:frist") == {
        ("mottagning", "mottagning"), ("enhetschef", "mottagning"),
    }  # fmt: skip


def test_a_step_in_time_records_no_breach() -> None:
    course = begun().protect().confirm()

    assert all(clock.passed is None for clock in course.case.clocks.values())


def test_what_has_passed_unseen_is_recorded_though_nothing_happens_but_new_rules() -> None:
    course = Course().until_called()
    world, key = course.world, "enhetssvar:barn"
    without = {k: it for k, it in world.rulebook.policy.clocks.items() if k != "enhetssvar"}
    policy = world.rulebook.policy.model_copy(update={"clocks": without})
    world.rulebook = replace(world.rulebook, file=replace(world.rulebook.file, policy=policy))
    now = world.clock.forward(minutes=125)
    assert course.case.clocks[key].due_at < now

    away = Away(account=BEA.id, starts_at=now, ends_at=now + timedelta(days=1))
    set_absence(world.office, BEA, away)

    assert course.case.clocks[key].breach_is_open
    assert course.case.clocks[key].stopped
