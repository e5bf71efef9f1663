"""The installation's file in force: replaced whole or not at all, and a broken one is loud."""

import pytest
from structlog.testing import capture_logs

from hub.rule_shelf import RuleFile, RuleShelf
from rules.language.fault import Unreadable, Unsound
from rules.level import Level
from rules.versions import FILE, INSTALLATION
from tests.hub.shelf import TEXT, Bench, labelled
from tests.people import yes
from workflows.rule_books import RuleBooks


def test_a_broken_file_at_start_is_not_put_in_force() -> None:
    with pytest.raises(Unsound):
        Bench(TEXT.replace("level: röd", "level: lila", 1)).shelf()


def test_a_changed_file_takes_over_whole() -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.current()

    bench.write(labelled("2026.2"))
    shelf.reload_if_changed()

    assert shelf.current().version.startswith("2026.2-")
    assert before.classify({}, yes("pagaende_fara")).level is Level.RED


def test_a_file_is_recorded_before_it_governs() -> None:
    bench = Bench()
    shelf = bench.shelf()
    first = shelf.current().version
    bench.write(labelled("2026.2"))
    shelf.reload()
    bench.write(TEXT)
    shelf.reload()

    with bench.uow() as work:
        approvals = work.rules.schedule()
        kept = work.rules.version(shelf.current().version)

    assert kept is not None
    assert (kept.text, kept.author) == (TEXT, FILE)
    assert [it.approver for it in approvals] == [INSTALLATION] * 3
    assert [it.version for it in approvals] == [first, approvals[1].version, first]
    assert approvals[1].version != first


def test_a_file_that_cannot_be_recorded_does_not_govern_yet() -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.known()

    bench.write(labelled("2026.2"))
    bench.store.away = True
    shelf.reload()
    assert shelf.known() is before

    bench.store.away = False
    shelf.reload_if_changed()
    assert shelf.current().version.startswith("2026.2-")


def test_two_processes_with_the_same_file_record_it_once() -> None:
    bench = Bench()
    bench.shelf()
    bench.shelf()

    with bench.uow() as work:
        assert len(work.rules.approvals()) == 1


def test_an_unchanged_file_is_not_read_again() -> None:
    bench = Bench()
    shelf = bench.shelf()
    bench.text = "trasig"

    shelf.reload_if_changed()

    assert shelf.faults() == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("level: röd", "level: lila", 1), "rad "),
        ("a: [", "YAML"),
    ],
)
def test_a_broken_file_later_leaves_the_old_in_force_and_is_loud(text: str, words: str) -> None:
    bench = Bench()
    shelf = bench.shelf()
    before = shelf.current()

    with capture_logs() as logs:
        bench.write(text)
        shelf.reload_if_changed()

    assert shelf.current() is before
    assert words in shelf.faults()[0]
    assert [(line["event"], line["log_level"]) for line in logs] == [("rules.refused", "error")]


def test_the_fault_is_gone_when_the_file_is_mended() -> None:
    bench = Bench()
    shelf = bench.shelf()
    bench.write("a: [")
    shelf.reload_if_changed()

    bench.write(TEXT)
    shelf.reload_if_changed()

    assert shelf.faults() == ()


def test_a_rulebook_that_a_step_holds_answers_however_many_versions_later() -> None:
    bench = Bench()
    shelf = bench.shelf()
    began_with = shelf.current()
    for number in (2, 3, 4):
        bench.write(labelled(f"2026.{number}"))
        shelf.reload()
        shelf.current()

    said = began_with.classify({}, yes("pagaende_fara"))

    assert said.engines_agree
    assert said.rules_version == began_with.version


def test_a_rulebook_that_nobody_holds_gives_back_its_engine() -> None:
    bench = Bench()
    shelf = bench.shelf()
    engines = shelf.current()._rules.engines
    bench.write(labelled("2026.2"))

    shelf.reload()
    shelf.current()
    shelf.current()

    late = engines.of_day(bench.clock.now.date()).classify({}, yes("pagaende_fara"))
    assert late.level is Level.RED
    assert late.incident is not None


def test_every_classification_is_told_of() -> None:
    bench = Bench()

    said = bench.shelf().current().classify({}, yes("pagaende_fara"))

    assert bench.told == [said]


def test_what_the_rules_no_longer_ask_stops_no_classification() -> None:
    facts: dict[str, int | bool | str | None] = {
        "avskaffad": 3,
        "alder": 500,
        "anmalartyp": "avskaffat slag",
        "syskon_aktuella": 7,
    }
    answers = yes("pagaende_fara", "avskaffad_fraga")

    said = Bench().shelf().current().classify(facts, answers)

    assert said.level is Level.RED
    assert "avskaffad" not in said.facts
    assert set(said.answers) == {"pagaende_fara"}
    assert said.facts["alder"] == 130
    assert said.facts["anmalartyp"] is None
    assert said.facts["syskon_aktuella"] is None


def test_answers_to_removed_questions_alone_are_as_if_nothing_was_known() -> None:
    said = Bench().shelf().current().classify({"alder": 12}, yes("avskaffad_fraga"))

    assert said.level is Level.ORANGE


def test_a_missing_file_is_unreadable() -> None:
    def gone() -> str:
        raise Unreadable("Regelfilen går inte att läsa (FileNotFoundError).")

    bench = Bench()
    with pytest.raises(Unreadable):
        RuleShelf(
            RuleFile(gone, lambda: None),
            RuleBooks(bench.uow),
            make=bench.make,
            clock=bench.clock,
        )
