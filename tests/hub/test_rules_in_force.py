"""The rules in force: replaced whole or not at all, and a broken file is loud."""

from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from adapters.rulesfile import parse, read
from hub.rulebook import RuleShelf, RulesInForce
from rules.classification import Classification
from rules.engines.rulebook import live
from rules.language.fault import Unreadable, Unsound
from rules.level import Level
from tests.people import MORNING, yes

TEXT = read()


@dataclass
class Disk:
    """A rules file that a test can change."""

    text: str = TEXT
    changes: int = 0
    told: list[Classification] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.text = text
        self.changes += 1

    def load(self) -> RulesInForce:
        return RulesInForce(live(parse(self.text)), clock=lambda: MORNING, told=self.told.append)

    def shelf(self) -> RuleShelf:
        return RuleShelf(self.load, mark=lambda: self.changes)


def test_a_broken_file_at_start_is_not_put_in_force() -> None:
    with pytest.raises(Unsound):
        Disk(TEXT.replace("level: röd", "level: lila", 1)).shelf()


def test_a_changed_file_takes_over_whole() -> None:
    disk = Disk()
    shelf = disk.shelf()
    before = shelf.current()

    disk.write(TEXT.replace('version: "2026.1"', 'version: "2026.2"'))
    shelf.reload_if_changed()

    assert shelf.current().version.startswith("2026.2-")
    assert before.classify({}, yes("pagaende_fara")).level is Level.RED


def test_an_unchanged_file_is_not_read_again() -> None:
    disk = Disk()
    shelf = disk.shelf()
    disk.text = "trasig"

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
    disk = Disk()
    shelf = disk.shelf()
    before = shelf.current()

    with capture_logs() as logs:
        disk.write(text)
        shelf.reload_if_changed()

    assert shelf.current() is before
    assert words in shelf.faults()[0]
    assert [(line["event"], line["log_level"]) for line in logs] == [("rules.refused", "error")]


def test_the_fault_is_gone_when_the_file_is_mended() -> None:
    disk = Disk()
    shelf = disk.shelf()
    disk.write("a: [")
    shelf.reload_if_changed()

    disk.write(TEXT)
    shelf.reload_if_changed()

    assert shelf.faults() == ()


def test_a_rulebook_that_a_step_began_with_can_still_answer_after_its_successor() -> None:
    disk = Disk()
    shelf = disk.shelf()
    began_with = shelf.current()

    disk.write(TEXT.replace('version: "2026.1"', 'version: "2026.2"'))
    shelf.reload()

    assert began_with.classify({}, yes("pagaende_fara")).engines_agree


def test_an_old_rulebook_gives_back_its_engine_two_versions_later() -> None:
    disk = Disk()
    shelf = disk.shelf()
    oldest = shelf.current()
    for number in (2, 3):
        disk.write(TEXT.replace('version: "2026.1"', f'version: "2026.{number}"'))
        shelf.reload()

    late = oldest.classify({}, yes("pagaende_fara"))

    assert late.level is Level.RED
    assert late.incident is not None


def test_every_classification_is_told_of() -> None:
    disk = Disk()

    said = disk.shelf().current().classify({}, yes("pagaende_fara"))

    assert disk.told == [said]


def test_a_fact_that_the_rules_no_longer_use_is_left_out() -> None:
    said = Disk().shelf().current().classify({"avskaffad": 3}, yes("pagaende_fara"))

    assert "avskaffad" not in said.facts


def test_a_missing_file_is_unreadable() -> None:
    def gone() -> RulesInForce:
        raise Unreadable("Regelfilen går inte att läsa (FileNotFoundError).")

    with pytest.raises(Unreadable):
        RuleShelf(gone, mark=lambda: None)
