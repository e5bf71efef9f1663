"""What reads, writes and compares rules for the command line."""

from collections.abc import Callable, Mapping
from datetime import date

from adapters import rulesfile
from adapters.calendar import rest_day
from adapters.clock import now
from adapters.columns import files as past_files
from adapters.columns.past import ColumnConcerns
from adapters.dmn.document import dmn
from adapters.document import rules_pdf
from hub.rules_commands.exports import Exports
from hub.rules_commands.replay import Replays
from hub.wiring.house import open_house, settings_from
from rules.days import Days
from rules.language.ruleset import RuleSet
from rules.language.vocabulary import Vocabulary
from rules.local_time import local_day
from workflows.drift import FOLLOWER, Drift, read_drift
from workflows.history import REPLAYER, read_history
from workflows.past_concerns import PastConcerns

read_rules = rulesfile.load


def exports() -> Exports:
    """What writes the rules for people and for other engines."""
    return Exports(load=read_rules, clock=now, pdf=rules_pdf, dmn=dmn)


def swedish_day() -> date:
    """The Swedish day."""
    return local_day(now())


def replays(environment: Mapping[str, str]) -> Replays:
    """What holds past concerns, in files and in the hub, against two versions of the rules."""

    def history(words: Vocabulary) -> PastConcerns:
        with open_house(settings_from(environment)) as house:
            return read_history(house.office, REPLAYER, words, gather=ColumnConcerns.of)

    return Replays(
        load=read_rules,
        read=past_files.load,
        read_lines=past_files.load_lines,
        convert=past_files.convert,
        history=history,
        day=swedish_day,
        rests=rest_day,
    )


def follow(environment: Mapping[str, str]) -> Callable[[Days], tuple[Drift, RuleSet]]:
    """What sums up how people answered the rules in force; the look is in the access log."""

    def summed(days: Days) -> tuple[Drift, RuleSet]:
        with open_house(settings_from(environment)) as house:
            ruleset = house.rules.current().instrument
            return read_drift(house.office, FOLLOWER, ruleset=ruleset, days=days), ruleset

    return summed
