"""The shipped rules against edited copies: what a board would see before it approves."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from rules.engines.engine import Engine
from rules.engines.situation import Situation
from rules.language.ruleset import RulesFile, build
from rules.proofs.both import understood
from rules.proofs.change import Difference, Extent, RuleEdit, Verdict, Witness
from rules.proofs.difference import difference, lowerings
from tests.rules import language, shipped

Edit = Callable[[dict[str, Any]], object]

# A tenth of what is allowed: far less than a second. What needs more has become slow.
STEPS = 5_000_000


def edited(*edits: Edit) -> RulesFile:
    tree: Any = copy.deepcopy(shipped.file().tree)
    for edit in edits:
        edit(tree)
    return build(tree, {})


def compared(*edits: Edit) -> Difference:
    return difference(shipped.file(), edited(*edits), steps=STEPS)


def rule(tree: dict[str, Any], name: str) -> Any:
    return next(it for it in tree["rules"] if it["rule"] == name)


def put(*path: str, value: object) -> Edit:
    *way, last = path

    def edit(tree: dict[str, Any]) -> None:
        for part in way:
            tree = tree[part]
        tree[last] = value

    return edit


def ruled(name: str, **fields: object) -> Edit:
    return lambda tree: rule(tree, name).update(fields)


def without_rule(name: str) -> Edit:
    return lambda tree: tree["rules"].remove(rule(tree, name))


def without_question(name: str) -> Edit:
    """The question goes, and every rule and example that mentions it."""

    def edit(tree: dict[str, Any]) -> None:
        tree["indicators"] = [it for it in tree["indicators"] if it["id"] != name]
        kept = [it for it in tree["rules"] if name not in json.dumps(it["when"])]
        for it in (*kept, tree["precaution"]):
            for rows in ("fires", "silent"):
                it[rows] = [row for row in it[rows] if name not in row]
        tree["rules"] = kept

    return edit


def question(name: str, **fields: str) -> Edit:
    def edit(tree: dict[str, Any]) -> None:
        next(it for it in tree["indicators"] if it["id"] == name).update(fields)

    return edit


def fact(name: str, **fields: object) -> Edit:
    def edit(tree: dict[str, Any]) -> None:
        next(it for it in tree["facts"] if it["id"] == name).update(fields)

    return edit


def moves(found: Difference) -> list[str]:
    return [it.key for it in found.levels]


def test_a_file_against_itself_differs_in_nothing() -> None:
    found = compared()

    assert found.verdict is Verdict.EQUAL
    assert (found.levels, found.rules, found.fields, found.lowering) == ((), (), (), ())


@pytest.mark.parametrize(
    ("name", "value", "verdict", "expected"),
    [
        ("litet_barn", 6, Verdict.LAXER, ["nivå:röd→orange", "nivå:orange→grön"]),
        ("litet_barn", 8, Verdict.STRICTER, ["nivå:orange→röd", "nivå:grön→orange"]),
        ("manga", 8, Verdict.LAXER, ["nivå:orange→grön"]),
        ("manga", 6, Verdict.STRICTER, ["nivå:grön→orange"]),
    ],
)
def test_a_threshold_that_is_moved_shows_both_ways_a_concern_can_go(
    name: str, value: int, verdict: Verdict, expected: list[str]
) -> None:
    found = compared(put("parameters", name, "value", value=value))

    assert (found.verdict, moves(found)) == (verdict, expected)
    assert found.lowers == {key for key in expected if verdict is Verdict.LAXER}
    assert [it.key for it in found.fields] == [f"tal:{name}.value"]


def test_what_must_be_ticked_is_told_with_the_example() -> None:
    found = compared(put("parameters", "litet_barn", "value", value=6))

    assert found.lowering[0].sentence == (
        "Anmälningar kan gå från röd till orange. Till exempel: Ja på ”Finns uppgift om att någon"
        " närstående använt våld mot barnet?”. Barnets ålder är 6 år. Inget annat är känt."
    )
    assert lowerings(shipped.file(), edited(put("parameters", "litet_barn", "value", value=6))) == {
        "nivå:röd→orange",
        "nivå:orange→grön",
    }


def test_a_rule_that_goes_lowers_what_only_it_raised() -> None:
    found = compared(without_rule("omedelbar-fara"))

    assert (found.verdict, moves(found)) == (
        Verdict.LAXER,
        ["nivå:röd→grön", "nivå:röd→orange"],
    )
    (change,) = found.rules
    assert (change.edit, change.sentence) == (
        RuleEdit.REMOVED,
        "Regeln omedelbar-fara tas bort; den gav röd.",
    )
    assert found.levels[0].witnesses[0].old_rules == ("omedelbar-fara",)


def test_a_rule_that_goes_and_one_that_comes_are_incomparable() -> None:
    new = {
        "rule": "syskon",
        "level": "röd",
        "when": "syskon_i_hemmet",
        "because": "Prov.",
        "law": "SoL 20:1",
        "fires": [{"syskon_i_hemmet": "ja"}],
        "silent": [{"syskon_i_hemmet": "nej"}],
    }
    found = compared(without_rule("omedelbar-fara"), lambda tree: tree["rules"].append(new))

    assert found.verdict is Verdict.INCOMPARABLE
    assert "Regeln syskon läggs till; den ger röd." in [it.sentence for it in found.rules]


def test_a_question_that_goes_is_ticked_and_what_it_raised_is_seen() -> None:
    found = compared(without_question("pagaende_fara"))

    assert {"fråga:pagaende_fara:tas bort", "nivå:röd→grön"} <= found.lowers
    witness = next(it for it in found.levels if it.key == "nivå:röd→grön").witnesses[0]
    assert witness.unknown_to_new == ("pagaende_fara",)
    assert witness.sentences[0].endswith("(finns bara i den gamla versionen).")
    # To the new version nothing is known, which is more than the old one feared of a nej.
    assert "nivå:grön→orange" in moves(found)


def test_a_question_of_another_kind_or_with_other_words_is_ticked() -> None:
    kind = compared(question("osaker_bostad", kind="skydd"))
    ask = compared(question("osaker_bostad", ask="Är boendet tillfälligt?"))

    assert "fråga:osaker_bostad.kind" in kind.lowers
    assert "nivå:orange→grön" in kind.lowers
    assert ask.lowers == {"fråga:osaker_bostad.ask"}
    assert ask.verdict is Verdict.EQUAL
    assert not ask.alike


def test_a_value_that_goes_is_unknown_to_the_new_version() -> None:
    def without_police(tree: dict[str, Any]) -> None:
        held = next(it for it in tree["facts"] if it["id"] == "anmalartyp")
        held["values"].remove("polis")
        held["words"].pop("polis")
        for it in (*tree["rules"], tree["precaution"]):
            text = json.dumps(it).replace('"polis", ', "").replace(', "polis"', "")
            it.update(json.loads(text.replace('"polis"', '"skola"')))

    found = compared(without_police)

    assert "uppgift:anmalartyp.values" in found.lowers
    for change in found.levels:
        assert change.witnesses[0].facts.get("anmalartyp") in (None, "polis", "skola")


def test_an_age_that_may_no_longer_be_told_counts_as_unknown() -> None:
    found = compared(fact("alder", max=25))

    assert "uppgift:alder.max" in found.lowers
    assert found.verdict is not Verdict.LAXER
    raised = next(it for it in found.levels if it.raises).witnesses[0]
    assert int(str(raised.facts["alder"])) >= 26
    assert raised.unknown_to_new == ("alder",)


def reordered(tree: dict[str, Any]) -> None:
    tree["rules"].reverse()


def split(tree: dict[str, Any]) -> None:
    whole = rule(tree, "vald-och-vagar-inte-hem")
    other = copy.deepcopy(whole)
    whole["when"] = {"all": ["vald_mot_barnet", "vagar_inte_ga_hem"]}
    whole["fires"] = whole["fires"][:1]
    other |= {"rule": "bevittnat-och-vagar-inte-hem", "fires": other["fires"][1:]}
    other["when"] = {"all": ["bevittnat_vald", "vagar_inte_ga_hem"]}
    tree["rules"].append(other)


def renamed_group(tree: dict[str, Any]) -> None:
    text = json.dumps(tree["rules"]).replace('"group": "aterfall"', '"group": "nya_tecken"')
    tree["rules"] = json.loads(text)
    tree["groups"]["nya_tecken"] = tree["groups"].pop("aterfall")


def inlined(tree: dict[str, Any]) -> None:
    text = json.dumps(tree["rules"]).replace('{"parameter": "manga"}', "7")
    tree["rules"] = json.loads(text)
    del tree["parameters"]["manga"]


def turned_inside_out(tree: dict[str, Any]) -> None:
    parts = [["vald_mot_barnet", "vagar_inte_ga_hem"], ["vagar_inte_ga_hem", "bevittnat_vald"]]
    rule(tree, "vald-och-vagar-inte-hem")["when"] = {"any": [{"all": part} for part in parts]}


NARROWER = (
    "Regeln vald-och-vagar-inte-hem ändras: den slår till i färre fall än förut;"
    " exemplen där den slår till ändras."
)
ADDED = "Regeln bevittnat-och-vagar-inte-hem läggs till; den ger röd."
REWRITTEN = "Regeln vald-och-vagar-inte-hem ändras: villkoret är omskrivet men betyder det samma."


@pytest.mark.parametrize(
    ("edit", "changed", "fields"),
    [
        (reordered, [], []),
        (split, [NARROWER, ADDED], []),
        (renamed_group, [], ["grupp:aterfall:tas bort", "grupp:nya_tecken:läggs till"]),
        (inlined, [], ["tal:manga:tas bort"]),
        (turned_inside_out, [REWRITTEN], []),
    ],
)
def test_the_same_in_other_words_is_equal_and_listed(
    edit: Edit, changed: list[str], fields: list[str]
) -> None:
    found = compared(edit)

    assert found.verdict is Verdict.EQUAL
    assert found.alike
    assert found.lowering == ()
    assert [it.sentence for it in found.rules] == changed
    assert [it.key for it in found.fields] == fields


def test_words_of_a_rule_are_only_words() -> None:
    words = {"because": "Fara.", "law": "SoL 20:2", "source": "praxis"}
    found = compared(ruled("omedelbar-fara", **words))

    (change,) = found.rules
    assert change.only_words
    assert change.extent is Extent.EQUAL
    assert change.sentence == ("Regeln omedelbar-fara ändras: skälet, lagrummet och källan ändras.")
    assert [(it.before, it.after) for it in change.words][2] == (None, "praxis")
    assert found.alike


def test_a_level_that_a_rule_gives_is_told() -> None:
    found = compared(ruled("omedelbar-fara", level="orange"))

    (change,) = found.rules
    assert change.sentence == "Regeln omedelbar-fara ändras: den ger orange i stället för röd."
    assert not change.only_words
    assert moves(found) == ["nivå:röd→orange"]


def test_a_number_that_changes_on_a_day_differs_from_that_day_only() -> None:
    values = [
        {"value": 7, "because": "Nu.", "valid_until": "2027-06-30"},
        {"value": 6, "because": "Sedan.", "valid_from": "2027-07-01", "valid_until": "2027-12-31"},
        {"value": 5, "because": "Sist.", "valid_from": "2028-01-01"},
    ]
    found = compared(put("parameters", "litet_barn", value={"values": values}))

    days = [[str(it.day) for it in change.witnesses] for change in found.levels]
    assert days == [["2027-07-01", "2028-01-01"]] * len(days)
    ages = [it.facts["alder"] for it in found.levels[0].witnesses]
    assert ages == [6, 5]
    assert "(från och med 2028-01-01)" in " ".join(it.sentence for it in found.rules)


def as_classified(file: RulesFile, witness: Witness) -> tuple[Any, ...]:
    told = Situation(witness.answers, witness.facts)  # type: ignore[arg-type]
    seen = understood(told, file.ruleset.words)
    said = Engine(file.ruleset).classify(seen.facts, language.said(seen))
    assert said.engines_agree
    return said.level, tuple(it.rule for it in said.findings if it.level is said.level)


@pytest.mark.parametrize(
    "edit",
    [
        put("parameters", "upprepat", "value", value=3),
        without_question("pagaende_fara"),
        question("osaker_bostad", kind="skydd"),
    ],
)
def test_both_engines_of_each_version_judge_a_witness_as_it_says(edit: Edit) -> None:
    old, new = shipped.file(), edited(edit)
    for change in difference(old, new).levels:
        (witness,) = change.witnesses
        assert as_classified(old, witness) == (change.before, witness.old_rules)
        assert as_classified(new, witness) == (change.after, witness.new_rules)
