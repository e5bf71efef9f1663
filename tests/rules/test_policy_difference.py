"""What the board changes besides the rules: which changes must be ticked, and how they are told."""

from typing import Any

import pytest

from rules.proofs.bearing import is_shorter, is_warned_sooner
from rules.proofs.change import Bearing, FieldChange
from rules.proofs.fields import changed_fields
from rules.span import parse_span
from tests.rules import shipped
from tests.rules.test_difference_shipped import Edit, edited, fact, put, question


def changes(*edits: Edit) -> list[FieldChange]:
    return list(changed_fields(shipped.file(), edited(*edits)))


def removed(*path: str) -> Edit:
    *way, last = path

    def edit(tree: Any) -> None:
        for part in way:
            tree = tree[part]
        del tree[last]

    return edit


def gate(number: int, **fields: object) -> Edit:
    return lambda tree: tree["gates"][number].update(fields)


LENGTHS = {"röd": "4 h", "orange": "12 h", "grön": "7 dagar"}
CLOCK = {
    "name": "Prov",
    "from": "inkommen",
    "until": "beslutad",
    "length": "1 h",
    "kind": "lokal",
    "tell": ["mottagning"],
    "escalate": ["enhetschef"],
    "source": "praxis",
}
VIOLENCE = ["vald_mot_barnet", "bevittnat_vald", "hedersrelaterat", "sexuella_overgrepp"]


@pytest.mark.parametrize(
    ("key", "edit"),
    [
        ("frist:utredning.length", put("clocks", "utredning", "length", value="3 månader")),
        ("frist:fristbrott.length", put("clocks", "fristbrott", "length", value="90 min")),
        ("frist:aterkoppling.length", put("clocks", "aterkoppling", "length", value="6 dagar")),
        ("frist:klassning.warn", put("clocks", "klassning", "warn", value=["20 min"])),
        ("frist:klassning.warn", put("clocks", "klassning", "warn", value=["15 min", "5 min"])),
        ("frist:prov:läggs till", put("clocks", "prov", value=CLOCK)),
        ("löfte:grön.hub", put("levels", "grön", "hub", value=True)),
        ("våld:indicators", put("violence", "indicators", value=[*VIOLENCE, "pagaende_fara"])),
        ("aldrig:hudfarg:läggs till", lambda tree: tree["never_inputs"].append("hudfarg")),
    ],
)
def test_what_is_clearly_stricter_is_not_ticked(key: str, edit: Edit) -> None:
    (change,) = changes(edit)

    assert (change.key, change.bearing) == (key, Bearing.STRICTER)


@pytest.mark.parametrize(
    ("key", "edit"),
    [
        ("frist:utredning.length", put("clocks", "utredning", "length", value="5 månader")),
        ("frist:utredning.length", put("clocks", "utredning", "length", value="90 dagar")),
        ("frist:utredning.length", put("clocks", "utredning", "length", value="nästa dags slut")),
        ("frist:aterkoppling.length", put("clocks", "aterkoppling", "length", value="24 h")),
        ("frist:klassning.warn", put("clocks", "klassning", "warn", value=["10 min"])),
        ("frist:klassning.warn", put("clocks", "klassning", "warn", value=[])),
        ("frist:klassning.tell", put("clocks", "klassning", "tell", value=["enhetschef"])),
        ("frist:klassning.name", put("clocks", "klassning", "name", value="Klass")),
        ("frist:hojning:tas bort", removed("clocks", "hojning")),
        ("löfte:röd.hub", put("levels", "röd", "hub", value=False)),
        ("löfte:grön.name", put("levels", "grön", "name", value="Vanlig")),
        ("våld:indicators", put("violence", "indicators", value=VIOLENCE[1:])),
        ("enhet:barn.name", put("units", "barn", "name", value="Barn")),
        ("väg:call", put("routing", "call", value=["barn"])),
        ("hubbtid:length", put("slots", "length", value="45 min")),
        ("orsak:annat.text", put("breach_causes", "annat", value="Övrigt")),
        ("spärr:hamta-under-utredning.allowed", gate(3, allowed=False)),
        ("spärr:hamta-under-utredning.because", gate(3, because="Prov.")),
        ("delegation:inleda.requires", lambda tree: tree["delegation"][0].update(requires="x")),
        ("part:kyrka:läggs till", put("parties", "kyrka", value="Kyrkan")),
        ("grund:ny:läggs till", put("grounds", "ny", value="En ny grund")),
        ("fråga:god_sjalvkontroll.ask", question("god_sjalvkontroll", ask="Annat?")),
        ("uppgift:alder.max", fact("alder", max=100)),
        (
            "uppgift:pagaende_insats.more_is_risk",
            fact("pagaende_insats", more_is_risk=False),
        ),
        (
            "uppgift:barn_i_samma_sammanhang_30d.within",
            fact("barn_i_samma_sammanhang_30d", within="7 dagar"),
        ),
    ],
)
def test_what_may_lower_is_ticked(key: str, edit: Edit) -> None:
    (change,) = changes(edit)

    assert (change.key, change.bearing) == (key, Bearing.LOWERS)


@pytest.mark.parametrize(
    ("key", "edit", "bearing"),
    [
        ("instrument:name", put("name", value="Annat"), Bearing.WORDS),
        ("underlag:s0.text", put("sources", "s0", value="Annat"), Bearing.WORDS),
        ("underlag:s9:läggs till", put("sources", "s9", value="Nytt"), Bearing.WORDS),
        ("tal:manga.because", put("parameters", "manga", "because", value="Nu."), Bearing.WORDS),
        (
            "fråga:osaker_bostad.from",
            question("osaker_bostad", **{"from": "praxis"}),
            Bearing.WORDS,
        ),
        ("uppgift:alder.note", fact("alder", note="Annat."), Bearing.WORDS),
        ("uppgift:alder.max", fact("alder", max=140), Bearing.CLASSIFIES),
        (
            "tal:nytt:läggs till",
            put("parameters", "nytt", value={"value": 1, "because": "x"}),
            Bearing.CLASSIFIES,
        ),
    ],
)
def test_what_is_weighed_elsewhere_and_mere_words_are_not_ticked(
    key: str, edit: Edit, bearing: Bearing
) -> None:
    (change,) = changes(edit)

    assert (change.key, change.bearing) == (key, bearing)


def test_what_counts_as_more_risk_may_be_said_of_one_fact_more() -> None:
    less = edited(fact("pagaende_insats", more_is_risk=False))
    (change,) = changed_fields(less, shipped.file())

    assert (change.before, change.after, change.bearing) == ("nej", "ja", Bearing.WORDS)


def test_a_source_that_goes_is_only_words() -> None:
    assert {
        it.bearing for it in changed_fields(edited(put("sources", "s9", value="x")), shipped.file())
    } == {Bearing.WORDS}


def test_a_value_more_for_a_fact_is_weighed_by_the_levels() -> None:
    def more(tree: Any) -> None:
        next(it for it in tree["facts"] if it["id"] == "anmalartyp")["values"].append("granne")

    (change,) = changes(more)

    assert (change.key, change.bearing) == ("uppgift:anmalartyp.values", Bearing.CLASSIFIES)


@pytest.mark.parametrize(
    ("last", "bearing"), [("2031-12-31", Bearing.CLASSIFIES), ("2029-12-31", Bearing.LOWERS)]
)
def test_a_date_that_may_no_longer_be_told_is_ticked(last: str, bearing: Bearing) -> None:
    day = {"id": "dag", "type": "date", "earliest": "2020-01-01", "latest": "2030-12-31"}
    old = edited(lambda tree: tree["facts"].append(day))
    new = edited(lambda tree: tree["facts"].append(day | {"latest": last}))

    (change,) = changed_fields(old, new)

    assert (change.key, change.bearing) == ("uppgift:dag.latest", bearing)


def test_a_length_is_told_for_each_level_that_has_another() -> None:
    found = changes(
        put("levels", "grön", "handle_within", value="7 dagar"),
        put("clocks", "hantering", "length", value=LENGTHS),
    )

    assert [it.key for it in found] == ["löfte:grön.handle_within", "frist:hantering.grön"]
    assert found[1].sentence == (
        "Fristen ”Hantering”: längden för grön ändras från 14 dagar till 7 dagar."
    )
    assert (found[1].path, found[1].before, found[1].after) == (
        "clocks.hantering.grön",
        "14 dagar",
        "7 dagar",
    )


def test_a_change_is_told_in_words_that_people_use() -> None:
    before = shipped.file().policy.routing.call
    units = [it for it in before if it != "ekonomi"]
    called = "Vart kallelser och överlämningar går: enheterna som kallas"
    found = changes(
        put("units", "ekonomi", "same_board", value=False),
        put("routing", "call", value=units),
        put("clocks", "klassning", "warn", value=["20 min", "5 min"]),
        gate(3, grounds=["samtycke"]),
    )

    assert [it.sentence for it in found] == [
        "Enheten ”Ekonomiskt bistånd”: att enheten hör till samma nämnd ändras från ja till nej.",
        f"{called} ändras från {', '.join(before)} till {', '.join(units)}.",
        "Fristen ”Klassning”: varningarna före fristen ändras från 15 min till 20 min, 5 min.",
        "Spärren hamta-under-utredning: grunderna som öppnar ändras från inget till samtycke.",
    ]


def test_two_entries_with_one_name_are_told_apart() -> None:
    (change,) = changes(lambda tree: tree["gates"].append(tree["gates"][0]))

    assert change.key == "spärr:hamta-under-forhandsbedomning (2):läggs till"


@pytest.mark.parametrize(
    ("before", "after", "shorter"),
    [
        ("2 h", "90 min", True),
        ("90 min", "2 h", False),
        ("2 h", "120 min", False),
        ("2 veckor", "13 dagar", True),
        ("4 månader", "3 månader", True),
        ("1 dag", "24 h", False),
        ("4 månader", "1 dag", False),
        ("nästa dags slut", "1 h", False),
    ],
)
def test_only_times_of_one_kind_are_compared(before: str, after: str, shorter: bool) -> None:
    assert is_shorter(parse_span(before), parse_span(after)) is shorter


@pytest.mark.parametrize(
    ("before", "after", "sooner"),
    [
        (["1 h"], ["2 h"], True),
        (["1 h", "30 min"], ["1 h", "45 min"], True),
        (["1 h", "30 min"], ["2 h", "15 min"], False),
        (["1 h", "30 min"], ["2 h"], False),
        (["1 h"], ["60 min"], False),
        (["1 h"], ["1 månad"], False),
    ],
)
def test_no_warning_may_be_lost_or_come_later(
    before: list[str], after: list[str], sooner: bool
) -> None:
    was, now = ([parse_span(it) for it in texts] for texts in (before, after))

    assert is_warned_sooner(was, now) is sooner


def test_a_word_that_the_board_itself_never_let_in_is_ticked_when_it_is_taken_away() -> None:
    wider = edited(lambda tree: tree["never_inputs"].append("hudfarg"))

    (change,) = changed_fields(wider, shipped.file())

    assert (change.bearing, change.key) == (Bearing.LOWERS, "aldrig:hudfarg:tas bort")
