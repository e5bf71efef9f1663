"""What reads otherwise at another time: numbers, rules and dates, each on its own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rulesfile import parse_language
from rules.answer import Answer, Value
from rules.engines.editions import Editions
from rules.engines.soundness import soundness
from rules.errors import Invalid
from rules.language.fault import Unsound
from rules.language.period import ALWAYS, Period, holes, overlaps, pieces, turns
from rules.level import Level

HEAD = """
name: Prov
version: "1"
levels:
  röd: {name: Akut, handle_within: 4 h, hub: true}
  orange: {name: Oroande, handle_within: 12 h, hub: true}
  grön: {name: Normal, handle_within: 14 dagar, hub: false}
areas: {skydd: Skydd}
indicators:
  - {id: a, area: skydd, kind: risk, ask: "A?", from: praxis}
  - {id: b, area: skydd, kind: risk, ask: "B?", from: praxis}
  - {id: c, area: skydd, kind: risk, ask: "C?", from: praxis}
facts:
  - {id: flyttade, type: date, earliest: 2000-01-01, latest: 2050-12-31}
"""
LAST_OF_2026, FIRST_OF_2027 = date(2026, 12, 31), date(2027, 1, 1)
TWO_NUMBERS = """
parameters:
  manga:
    values:
      - {value: 3, because: Så var det., valid_until: 2026-12-31}
      - {value: 2, because: Så blir det., valid_from: 2027-01-01}
"""
MANY = """
rules:
  - rule: manga
    level: orange
    when: {at_least: {parameter: manga}, of: [a, b, c]}
    because: Det är många.
    source: praxis
    fires: [{a: ja, b: ja}, {a: ja, b: ja, c: ja, on: 2026-12-31}]
    silent: [{a: ja}, {a: ja, b: ja, on: 2026-12-31}]
"""
TWO_WORDINGS = """
rules:
  - rule: fara
    level: orange
    when: a
    because: Förr räckte orange.
    source: praxis
    valid_until: 2026-12-31
    fires: [{a: ja}]
    silent: [{a: nej}]
  - rule: fara
    level: röd
    when: a
    because: Nu är det rött.
    source: praxis
    valid_from: 2027-01-01
    fires: [{a: ja}]
    silent: [{a: nej}]
"""
MOVED = """
rules:
  - rule: nyss
    level: röd
    when: {fact: flyttade, from: 2026-06-01}
    because: Barnet har nyss flyttat.
    source: praxis
    fires: [{flyttade: 2026-06-01}]
    silent: [{flyttade: 2026-05-31}, {a: ja}]
  - rule: lange-sedan
    level: orange
    when: {fact: flyttade, before: 2020-01-01, if_unknown: true}
    because: Det är länge sedan, eller okänt.
    source: praxis
    fires: [{flyttade: 2019-12-31}, {a: nej}]
    silent: [{flyttade: 2020-01-01}]
"""


def yes(*names: str) -> dict[str, Answer]:
    return {name: Answer(Value.YES, "skola") for name in names}


def refused(text: str) -> list[str]:
    with pytest.raises(Unsound) as unsound:
        parse_language(HEAD + text)
    return [fault.sentence("prov.yaml") for fault in unsound.value.faults]


@pytest.mark.parametrize(
    ("day", "level"), [(LAST_OF_2026, Level.GREEN), (FIRST_OF_2027, Level.ORANGE)]
)
def test_a_number_counts_from_its_first_day_to_its_last(day: date, level: Level) -> None:
    editions = Editions(parse_language(HEAD + TWO_NUMBERS + MANY))

    assert editions.classify({}, yes("a", "b"), on=day).level is level
    assert editions.of_day(day).ruleset.words.parameters == {
        "manga": 3 if day is LAST_OF_2026 else 2
    }
    editions.retire()


@pytest.mark.parametrize("text", [TWO_NUMBERS + MANY, TWO_WORDINGS, MOVED])
def test_an_example_is_tried_on_its_day_and_otherwise_on_the_newest_wording(text: str) -> None:
    assert soundness(parse_language(HEAD + text)) == ()


def test_an_example_of_another_time_is_a_surprise() -> None:
    text = MANY.replace("{a: ja, b: ja, on: 2026-12-31}", "{a: ja, b: ja, on: 2027-01-01}")

    (fault,) = soundness(parse_language(HEAD + TWO_NUMBERS + text))

    assert fault.path == ("rules", 0, "silent", 1)


def test_a_rule_may_read_otherwise_from_a_day() -> None:
    editions = Editions(parse_language(HEAD + TWO_WORDINGS))

    before = editions.classify({}, yes("a"), on=LAST_OF_2026)
    after = editions.classify({}, yes("a"), on=FIRST_OF_2027)

    assert [(it.rule, it.because) for it in before.findings] == [("fara", "Förr räckte orange.")]
    assert [(it.rule, it.because) for it in after.findings] == [("fara", "Nu är det rött.")]
    editions.retire()


def test_a_set_without_days_is_the_same_on_every_day() -> None:
    ruleset = parse_language(HEAD + MOVED)

    assert ruleset.days == ()
    assert ruleset.on(FIRST_OF_2027) is ruleset


@pytest.mark.parametrize(
    ("moved", "level"),
    [
        ("2026-06-01", Level.RED),
        ("2026-05-31", Level.GREEN),
        ("2020-01-01", Level.GREEN),
        ("2019-12-31", Level.ORANGE),
        (None, Level.ORANGE),
    ],
)
def test_a_date_is_compared_by_its_day_and_kept_as_it_was_said(
    moved: str | None, level: Level
) -> None:
    editions = Editions(parse_language(HEAD + MOVED))

    found = editions.classify({"flyttade": moved}, {}, on=FIRST_OF_2027)

    assert found.level is level
    assert found.engines_agree
    assert found.facts == {"flyttade": moved}
    editions.retire()


@pytest.mark.parametrize("wrong", ["20260601", "2026-13-01", "1999-12-31", "i går", 7])
def test_what_is_no_day_in_the_span_is_no_date(wrong: str | int) -> None:
    editions = Editions(parse_language(HEAD + MOVED))

    with pytest.raises(Invalid) as refusal:
        editions.classify({"flyttade": wrong}, {}, on=FIRST_OF_2027)

    assert "ska vara ett datum ÅÅÅÅ-MM-DD, 2000-01-01–2050-12-31" in str(refusal.value)
    editions.retire()


def test_a_retired_version_gives_the_highest_level_and_an_incident_on_any_day() -> None:
    editions = Editions(parse_language(HEAD + TWO_NUMBERS + MANY))
    editions.retire()

    found = editions.classify({}, yes("a", "b"), on=FIRST_OF_2027)

    assert found.level is Level.RED
    assert found.incident is not None


REFUSED = {
    "two numbers on the same days": (
        TWO_NUMBERS.replace("2026-12-31", "2027-01-31") + MANY.replace("2026-12-31", "2026-06-01"),
        "två värden gäller 2027-01-01–2027-01-31",
    ),
    "no number on some days": (
        TWO_NUMBERS.replace("valid_from: 2027-01-01", "valid_from: 2027-02-01") + MANY,
        "inget värde gäller 2027-01-01–2027-01-31",
    ),
    "a rule older than its number": (
        TWO_NUMBERS.replace(
            "- {value: 3, because: Så var det., valid_until: 2026-12-31}\n", ""
        ).replace("      \n", "")
        + MANY,
        "talet manga har inget värde till och med 2026-12-31",
    ),
    "an older number that nothing can reach": (
        TWO_NUMBERS.replace("value: 3", "value: 4") + MANY,
        "antalet är 4, ska vara 1–3",
    ),
    "both one number and several": (
        TWO_NUMBERS.replace("    values:", "    value: 3\n    because: Så.\n    values:") + MANY,
        "ange value eller values, inte båda",
    ),
    "neither one number nor several": (
        "parameters:\n  manga: {because: Så.}\n" + MANY,
        "ange value och because, eller values",
    ),
    "a number that ends before it begins": (
        TWO_NUMBERS.replace(
            "valid_until: 2026-12-31", "valid_from: 2027-01-01, valid_until: 2026-01-01"
        )
        + MANY,
        "valid_from är senare än valid_until",
    ),
    "two wordings on the same days": (
        TWO_WORDINGS.replace("valid_from: 2027-01-01", "valid_from: 2026-12-31"),
        '"fara" finns redan, som nummer 1, och gäller 2026-12-31',
    ),
    "no wording on some days": (
        TWO_WORDINGS.replace("valid_from: 2027-01-01", "valid_from: 2027-01-02"),
        '"fara" gäller inte 2027-01-01;',
    ),
    "a precaution that depends on a dated number": (
        TWO_NUMBERS + "precaution: {rule: f, level: orange, because: Så.,"
        " when: {at_least: {parameter: manga}, of: [a, b, c]}, source: praxis,"
        " fires: [{c: okänt}], silent: [{c: ja}]}\n" + MANY,
        "försiktigheten kan inte bero på ett tal med datum",
    ),
    "a limit that is no date": (
        MOVED.replace("before: 2020-01-01", "before: 2020-1-1"),
        'ska vara ett datum, ÅÅÅÅ-MM-DD, inte "2020-1-1"',
    ),
    "a limit outside the span": (
        MOVED.replace("before: 2020-01-01", "before: 2000-01-01"),
        "gränsen är 2000-01-01; flyttade är 2000-01-01–2050-12-31, så villkoret avgör ingenting",
    ),
    "a date compared as a number": (
        MOVED.replace("before: 2020-01-01", "below: 2020"),
        '"flyttade" är ett datum; skriv before eller from',
    ),
    "an example on what is no day": (
        MOVED.replace("silent: [{flyttade: 2026-05-31}", "silent: [{on: i går}"),
        '"i går" är inget datum; skriv ÅÅÅÅ-MM-DD',
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_fault_in_time_is_refused_with_the_days(text: str, sentence: str) -> None:
    assert any(sentence in said for said in refused(text)), refused(text)


DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 1, 20))
PERIODS = st.builds(
    lambda first, last: Period(*sorted((first, last))) if first and last else Period(first, last),
    st.none() | DAYS,
    st.none() | DAYS,
)
AROUND = [date(2025, 12, 25) + timedelta(days=number) for number in range(40)]


@given(st.lists(PERIODS, max_size=4))
def test_every_day_is_in_a_hole_or_in_a_period_and_never_in_both(periods: list[Period]) -> None:
    missing = list(holes(periods))

    for day in AROUND:
        assert any(it.covers(day) for it in missing) is not any(it.covers(day) for it in periods)


@given(st.lists(PERIODS, max_size=4))
def test_nothing_changes_within_a_piece(periods: list[Period]) -> None:
    for piece in pieces(turns(periods)):
        inside = [day for day in AROUND if piece.covers(day)]
        assert len({tuple(it.covers(day) for it in periods) for day in inside}) <= 1


@given(PERIODS, PERIODS)
def test_what_two_periods_share_is_what_both_cover(one: Period, other: Period) -> None:
    shared = one.shared(other)

    for day in AROUND:
        assert (shared is not None and shared.covers(day)) is (
            one.covers(day) and other.covers(day)
        )
    assert bool(list(overlaps([one, other]))) is (shared is not None)


@given(PERIODS)
def test_a_period_says_its_ends(period: Period) -> None:
    ends = [str(day) for day in (period.first, period.last) if day]

    assert all(end in str(period) for end in ends)
    assert (str(period) == "alltid") is (period == ALWAYS) is period.endless
