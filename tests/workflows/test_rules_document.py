"""The rules as a document: all that the file decides, and nothing of what must not stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rules.language.prose import Sentence, begun, lines
from rules.language.shape import Amount, Fact, FactType, Parameter
from rules.level import Level
from tests.rules import language, shipped
from workflows.rules_document import RulesDocument, rules_document
from workflows.rules_text import Entry, Part

FILE = shipped.file()
DOCUMENT = rules_document(FILE.ruleset, FILE.policy)


def parts(document: RulesDocument) -> Iterator[Part]:
    return (part for chapter in document.chapters for part in chapter.parts)


def entries(document: RulesDocument) -> list[Entry]:
    return [entry for part in parts(document) for entry in part.entries]


def anchors(document: RulesDocument) -> list[str]:
    return [
        *(chapter.anchor for chapter in document.chapters),
        *(part.anchor for part in parts(document) if part.anchor),
        *(entry.anchor for entry in entries(document)),
    ]


def notes(entry: Entry, label: str) -> list[str]:
    return [note.text for note in entry.notes if note.label == label]


def test_every_place_has_an_anchor_of_its_own() -> None:
    found = anchors(DOCUMENT)

    assert len(set(found)) == len(found)


def test_every_rule_says_when_it_holds_and_what_it_rests_on() -> None:
    rules = [entry for entry in entries(DOCUMENT) if entry.anchor.startswith("regel-")]

    assert len(rules) == len(FILE.ruleset.all_rules)
    for entry in rules:
        assert isinstance(entry.when, Sentence)
        assert list(lines(entry.when))
        assert all(notes(entry, "Grund"))


def test_what_anything_rests_on_is_read_by_title_and_never_by_mark() -> None:
    told = [
        *(note.text for entry in entries(DOCUMENT) for note in entry.notes),
        *(
            cell
            for chapter in DOCUMENT.chapters
            if chapter.anchor != "underlag"
            for part in chapter.parts
            if part.table
            for row in part.table.rows
            for cell in row
        ),
    ]

    assert any("”Att förebygga rekrytering till kriminella nätverk”, rad " in it for it in told)
    assert not [it for it in told for key in FILE.ruleset.sources if f"{key}:" in it]
    assert "praxis" not in told


def test_a_number_of_the_board_stands_with_its_reason_at_every_rule_that_uses_it() -> None:
    named = {entry.name: notes(entry, "Gräns") for entry in entries(DOCUMENT)}

    for rule in FILE.ruleset.all_rules:
        wanted = {begun(name) for name in FILE.ruleset.limits_of(rule) if name}
        assert {text.split(" är ")[0] for text in named[rule.id]} == wanted
    (manga,) = named["manga-riskfaktorer"]
    assert manga == f"Många riskfaktorer är 7. {FILE.ruleset.parameters['manga'].because}"


def test_the_levels_come_in_order_and_each_rule_under_its_own() -> None:
    (chapter,) = (it for it in DOCUMENT.chapters if it.anchor == "regler")

    assert [part.level for part in chapter.parts] == [it.value for it in reversed(Level)]
    for part in chapter.parts:
        assert {entry.level for entry in part.entries} == {part.level}


def test_the_protected_grounds_are_named_in_swedish() -> None:
    (chapter,) = (it for it in DOCUMENT.chapters if it.anchor == "aldrig")

    assert (
        "kön, etnicitet, födelseland, språk, religion och bostadsområde"
        in (chapter.parts[0].texts[0])
    )


def test_each_wording_of_a_rule_has_a_place_and_its_days() -> None:
    first, *rest = FILE.ruleset.rules
    old = replace(first, valid_until=date(2026, 5, 31))
    new = replace(first, valid_from=date(2026, 6, 1))
    ruleset = replace(FILE.ruleset, rules=(old, *rest, new))

    found = [it for it in entries(rules_document(ruleset, FILE.policy)) if it.name == first.id]

    assert [it.anchor for it in found] == [f"regel-{first.id}", f"regel-{first.id}--2"]
    assert [notes(it, "Gäller") for it in found] == [
        ["till och med 2026-05-31"],
        ["från och med 2026-06-01"],
    ]


def test_every_fact_says_what_it_may_be() -> None:
    first, last = date(2020, 1, 1), date(2030, 1, 1)
    day = Fact(id="d", type=FactType.DATE, earliest=first, latest=last)
    facts = {"d": day, **FILE.ruleset.words.facts}
    ruleset = replace(FILE.ruleset, words=replace(FILE.ruleset.words, facts=facts))

    (chapter,) = (
        it for it in rules_document(ruleset, FILE.policy).chapters if it.anchor == "uppgifter"
    )
    (table,) = (part.table for part in chapter.parts if part.table)

    said = {row[-1]: row[1] for row in table.rows}
    assert said["d"] == "en dag 2020-01-01–2030-01-01, eller okänt"
    assert said["alder"] == "0–130 år, eller okänt"
    assert said["pagaende_insats"] == "ja, nej eller okänt"
    assert said["anmalartyp"].startswith("en skola, en förskola, polisen, ")


def test_a_number_stands_as_it_was_in_each_time() -> None:
    before = Amount(value=5, because="Förr.", valid_until=date(2026, 5, 31))
    after = Amount(value=7, because="Nu.", valid_from=date(2026, 6, 1))
    parameters = {**FILE.ruleset.parameters, "manga": Parameter(values=(before, after))}
    (rule,) = (it for it in FILE.ruleset.rules if "manga" in it.limits)
    old = replace(rule, valid_until=date(2026, 5, 31))
    new = replace(rule, valid_from=date(2026, 6, 1))
    ruleset = replace(FILE.ruleset, parameters=parameters, rules=(old, new))

    document = rules_document(ruleset, FILE.policy)

    found = [notes(it, "Gräns") for it in entries(document) if it.name == rule.id]
    assert found == [["Manga är 5. Förr."], ["Manga är 7. Nu."]]
    (chapter,) = (it for it in document.chapters if it.anchor == "granser")
    rows = [row for part in chapter.parts if part.table for row in part.table.rows]
    assert [row[1:3] for row in rows if row[0] == "manga"] == [
        ("5", "Förr. Gäller till och med 2026-05-31."),
        ("7", "Nu. Gäller från och med 2026-06-01."),
    ]


def test_a_chapter_with_nothing_in_it_is_left_out() -> None:
    rules = [language.rule("r", Level.RED, FILE.ruleset.rules[0].when)]
    bare = replace(language.ruleset(rules), words=replace(language.WORDS, facts={}))
    bare = replace(bare, words=replace(bare.words, indicators=FILE.ruleset.indicators))

    document = rules_document(bare, FILE.policy)

    left_out = {"forsiktighet", "granser", "grupper", "uppgifter", "aldrig"}
    assert not left_out & {chapter.anchor for chapter in document.chapters}
