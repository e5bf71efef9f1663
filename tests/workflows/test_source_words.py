"""What a rule or a clock rests on is read by title and line; a law is left as it is written."""

import pytest

from tests.people import rules
from workflows.source_words import in_words

TITLES = {"s1": "Att förebygga", "s2": "Stödmaterial"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("s1:3347-3358", "underlaget ”Att förebygga”, rad 3347–3358"),
        ("s2:79", "underlaget ”Stödmaterial”, rad 79"),
        ("s2", "underlaget ”Stödmaterial”"),
        ("s1:1258-1261, s1:1096", "underlaget ”Att förebygga”, rad 1258–1261 och 1096"),
        (
            "s1:540-541, s2:79",
            "underlagen ”Att förebygga”, rad 540–541; ”Stödmaterial”, rad 79",
        ),
        ("praxis", "vanlig praxis i mottagningen"),
        ("praxis, s2:79", "vanlig praxis i mottagningen; underlaget ”Stödmaterial”, rad 79"),
        ("SoL 14:2, s2:79", "SoL 14:2; underlaget ”Stödmaterial”, rad 79"),
    ],
)
def test_a_source_is_read_by_its_title(written: str, read: str) -> None:
    assert in_words(written, TITLES) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "lokalt löfte",
        "SoL 20:4 (genast); löftet är 24 h",
        "OSL 10:15 a, 10:18 a, 10:21",
        "SoL 14:2; Socialstyrelsens föreskrifter om våld i nära relationer",
        "s9:1-2",
    ],
)
def test_what_is_no_known_source_is_left_as_it_is_written(written: str) -> None:
    assert in_words(written, TITLES) == written


def test_no_clock_and_no_rule_of_the_board_is_left_with_a_mark_for_its_source() -> None:
    ruleset, policy = rules().ruleset, rules().policy
    written = [
        *(it.law or it.source or "" for it in policy.clocks.values()),
        *(it.law or it.source or "" for it in ruleset.all_rules),
    ]
    read = [in_words(it, ruleset.sources) for it in written]

    assert any(f"{key}:" in it for it in written for key in ruleset.sources)
    assert not [
        it for it in read for key in (*ruleset.sources, "praxis") if f"{key}:" in it or it == key
    ]
