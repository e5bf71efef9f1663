"""A board's own sections that would stop a case half-way are refused, with line and sentence."""

import pytest

from adapters.rulesfile import parse, read
from rules.language.fault import Unsound
from rules.level import Level

TEXT = read()
FAULTY = [
    ("warn: [1 h, 30 min]", "warn: [1 månad]", "en varning ges så många"),
    ("warn: [1 h, 30 min]", "warn: [nästa dags slut]", "en varning ges så många"),
    ("until: nivå_bekräftad", "until: uppgift_lämnad", "kan bara sluta med skyddsbedömd"),
    ("until: fristbrott_förklarat", "until: avslutat", "kan bara sluta med fristbrott_förklarat"),
    ("until: mottagen", "until: avslutat", "någon frist ska löpa från överlämning_krävs"),
    ("from: klart_att_avsluta", "from: inkommen", "någon frist ska löpa från klart_att_avsluta"),
    ("tell: [enhet]", "tell: [granskare]", "granskare bevakar inga frister"),
    ("escalate: [verksamhetschef]", "escalate: [regelansvarig]", "bevakar inga frister"),
    ("outside_office: [socialjour]", "outside_office: [granskare]", "bevakar inga frister"),
    ("- {after: 30 min, tell:", "- {after: 1 månad, tell:", "ett steg ges så många min, h"),
    (
        "escalate: [verksamhetschef]",
        "escalate: [{after: 1 h, tell: [verksamhetschef]}]",
        "någon ska få veta i samma stund",
    ),
    ("also: [hantering]", "also: [hanering]", 'fristen "hanering" finns inte'),
    ("särskilda skäl, law: SoL 20:3,", "särskilda skäl,", "flyttas bara med stöd i lag"),
    ("from: {occasion: omhandertagande_b", "from: {occasion: omhandertagen_b", "händelsen"),
    ("until: {occasion: jourhem_avslutat}", "until: {occasion: jourhem}", 'händelsen "jourhem"'),
    ("answer_time: 2 h", "answer_time: 2 dagar", "ange min eller h, inte 2 dagar"),
    ("kind: mottagning}", "kind: utredning}", "exakt en enhet ska ha kind: mottagning"),
    ("call: [barn,", "call: [mottagning, barn,", "mottagning är redan med"),
    ("kind: utredning}", "kind: utredning, same_board: false}", "hör till en annan nämnd"),
    ("decision: inte_inleda", "decision: inleda", "vem som får besluta inte_inleda"),
    ("indicators: [vald_mot_barnet", "indicators: [valdd", 'frågan "valdd" finns inte'),
    ("\n  klassning:\n", '\n  "klassning#1":\n', "namnet klassning#1 får inte innehålla"),
    ("\n  ekonomi: {", '\n  "ekonomi~1": {', "namnet ekonomi~1 får inte innehålla"),
    ("\n  hojning:\n", '\n  "hojning:x":\n', "namnet hojning:x får inte innehålla"),
    ("length: 24 h\n", "length: 9999999 h\n", "9999999 h är för långt; högst tio år"),
    ("{röd: 30 min, orange: 2 h,", "{röd: 30 min, orange: 999999999999 min,", "är för långt"),
    ("warn: [1 h, 30 min]", "warn: [99999999 dagar]", "är för långt"),
    ("{after: 30 min,", "{after: 600 veckor,", "600 veckor är för långt"),
    ("longest: 14 dagar}", "longest: 9999 dagar}", "9999 dagar är för långt"),
    ("length: 4 månader", "length: 99999 månader", "99999 månader är för långt"),
    (
        "until: uppgift_lämnad\n    length: 24 h",
        "until: uppgift_lämnad\n    length: {röd: 2 h, orange: 24 h, grön: 24 h}",
        "en frist från uppgift_begärd har en enda längd",
    ),
    ("length: 2 månader", "length: {röd: 1 vecka}", "utredning_avslutad_i_jourhem har en enda"),
]


@pytest.mark.parametrize(("was", "becomes", "says"), FAULTY)
def test_what_would_stop_a_case_half_way_is_refused_by_line(
    was: str, becomes: str, says: str
) -> None:
    assert was in TEXT

    with pytest.raises(Unsound) as refused:
        parse(TEXT.replace(was, becomes, 1))

    told = [fault for fault in refused.value.faults if says in fault.message]
    assert told
    assert all(fault.line for fault in told)


def test_the_shipped_board_lacks_nothing() -> None:
    assert parse(TEXT).policy.units


def test_a_level_without_a_length_of_its_own_gets_the_shortest_whatever_they_count_in() -> None:
    given = "{röd: 30 min, orange: 2 h, grön: 2 h}"
    assert given in TEXT
    months = parse(TEXT.replace(given, "{röd: 30 min, orange: 1 månad}", 1))
    days = parse(TEXT.replace(given, "{röd: 30 min, orange: nästa dags slut}", 1))

    for file in (months, days):
        assert str(file.policy.clocks["klassning"].span_for(Level.GREEN)) == "30 min"
