"""The explanation is whole Swedish sentences, in a fixed order, about this concern."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.changes import Change
from rules.engines.counterfactual import Way
from rules.engines.explanation import Explaining, Other, explanation
from rules.engines.phrases import Phrases, law, within
from rules.engines.reasons import Passage, passages, sentences
from rules.engines.support import Support
from rules.language.shape import Fact, FactType
from rules.level import Level
from rules.span import parse_span
from tests.rules import golden_explanations as golden
from tests.rules import language, shipped

ENGLISH = {"the", "and", "is", "not", "rule", "level", "true", "false", "none", "null", "if", "or"}
RULESET = shipped.file().ruleset
EXPLAINING = Explaining(RULESET)
SAY = Phrases(RULESET, {})


def told(found: Classification) -> dict[str, Passage]:
    return {it.key: it for it in passages(EXPLAINING.explain(found), RULESET)}


def is_whole(sentence: str) -> bool:
    """Begins with a capital, ends with a full stop, and holds no name of the file nor English."""
    ids = {rule.id for rule in RULESET.all_rules if "-" in rule.id}
    words = set(re.findall(r"[\w-]+", sentence.lower()))
    return (
        (sentence[0].isupper() or sentence[0].isdigit())
        and sentence.endswith(".")
        and "_" not in sentence
        and not words & (ids | ENGLISH)
    )


def test_the_explanations_read_as_they_did() -> None:
    assert golden.told(RULESET) == golden.KEPT.read_text("utf-8")


def test_the_kept_explanations_hold_every_part_and_are_many() -> None:
    kept = golden.KEPT.read_text("utf-8")

    assert kept.count("\n== ") + 1 == len(golden.EXAMPLES) + len(golden.MADE) + 1 > 25
    for heading in (
        "Kontrollera nivån", "Förslaget", "Därför är nivån grön", "Varför inte orange",
        "Varför inte röd", "Varför inte lägre", "Det som saknas", "Fråga härnäst",
        "Svar som höjer tillsammans",
        "Det som är okänt", "Svar som behöver bekräftas", "Det som skyddar barnet",
    ):  # fmt: skip
        assert f"\n{heading}:\n" in kept


@settings(max_examples=2 * language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers())
def test_every_concern_is_explained_in_whole_sentences(
    facts: dict[str, int | bool | str | None], answers: dict[str, Answer]
) -> None:
    found = shipped.engine().classify(facts, answers)

    for sentence in sentences(EXPLAINING.explain(found), RULESET, golden.UNITS):
        assert is_whole(sentence), sentence


def test_every_kept_explanation_is_whole_sentences() -> None:
    lines = golden.KEPT.read_text("utf-8").splitlines()

    said = [line.strip() for line in lines if line.startswith("  ")]
    assert len(said) > 100
    assert [it for it in said if not is_whole(it)] == []


@pytest.mark.parametrize("bad", ["liten.", "Utan slut", "Frågan svar_a är ja.", "The end."])
def test_what_is_no_whole_sentence_would_be_seen(bad: str) -> None:
    assert not is_whole(bad)


def test_a_reason_says_who_said_what_and_which_fact_counted() -> None:
    why = told(golden.classified(golden.MADE["våld, sex år"], RULESET))["why"].sentences

    assert why[0].startswith("Våld mot ett litet barn")
    assert (
        "därför att frågan ”Finns uppgift om att någon närstående använt våld mot barnet?” är"
        " besvarad med ja av skolan och barnets ålder är 6 år." in why[0]
    )
    assert why[0].endswith("Regeln vilar på 20 kap. 1 § socialtjänstlagen.")
    assert why[1].startswith("Också det här stämmer, och hade ensamt gett nivån orange: Uppgift")


def test_at_the_limit_of_an_age_the_age_is_what_would_have_made_it_higher() -> None:
    red = told(golden.classified(golden.MADE["våld, sju år"], RULESET))["why_not_red"]

    assert (
        "Nivån hade varit röd om barnets ålder hade varit under 7 år i stället för 7 år."
        in red.sentences
    )


def test_a_fault_in_an_engine_is_said_first_and_never_by_the_names_of_rules() -> None:
    found = golden.classified(golden.MADE["motorerna är oense"], RULESET)

    first = passages(EXPLAINING.explain(found), RULESET)[0]

    assert first.key == "incident"
    assert "bevittnat-vald" in (found.incident or "")
    assert "”Barnet har upplevt våld mellan närstående. Utredning inleds genast”" in str(first)
    assert first.sentences[-1] == "En människa måste kontrollera nivån."


def test_other_rules_than_those_of_the_classification_are_not_compared_with() -> None:
    found = replace(
        golden.classified_example("ex-034"),
        rules_version="en annan",
        facts={"alder": "en text", "borta": 3},
    )

    explained = EXPLAINING.explain(found)

    assert not explained.comparable
    assert all(is_whole(it) for it in sentences(explained, RULESET))
    assert explained.why_not_higher == ()
    assert explained.why_not_lower is None
    assert explained.ask == ()
    assert all(reason.support is None for reason in explained.why)


def test_a_question_that_is_no_longer_asked_and_a_unit_without_a_name_are_still_words() -> None:
    assert SAY.questions(["borta_nu"]) == "frågan ”en fråga som inte längre finns”"
    assert SAY.by("okand_enhet") == "en av enheterna"
    assert Phrases(RULESET, {"barn": "Barn"}).by("barn") == "enheten Barn"


def test_laws_and_spans_are_written_out() -> None:
    assert law("SoL 20:1, SoL 20:2") == (
        "20 kap. 1 § socialtjänstlagen och 20 kap. 2 § socialtjänstlagen"
    )
    assert law("Föräldrabalken") == "Föräldrabalken"
    assert [within(parse_span(it)) for it in ("1 h", "4 h", "30 min", "14 dagar")] == [
        "1 timme", "4 timmar", "30 minuter", "14 dagar",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("hotbild", None, True), "frågan ”{ask}” hade besvarats med ja"),
        (Change("hotbild", True, None), "frågan ”{ask}” inte hade besvarats"),
        (Change("alder", 9, 5, True, (4, 6)), "barnets ålder hade varit 4–6 år i stället för 9 år"),
        (Change("alder", 9, 4, True, (4, 4)), "barnets ålder hade varit 4 år i stället för 9 år"),
        (Change("alder", None, 4, True, (None, None)), "uppgiften ”barnets ålder” hade varit känd"),
        (Change("alder", 9, None, True), "uppgiften ”barnets ålder” hade varit okänd"),
        (
            Change("pagaende_insats", True, False, True),
            "det inte hade stämt att en insats för barnet pågår",
        ),
        (
            Change("anmalartyp", "skola", "polis", True),
            "anmälaren hade varit polisen i stället för en skola",
        ),
    ],
)
def test_a_change_is_said_as_it_would_have_been(change: Change, words: str) -> None:
    ask = RULESET.indicators["hotbild"].ask

    assert SAY.changes((change,), open_=False) == words.format(ask=ask)


def test_dates_are_said_as_days() -> None:
    day = Fact.model_validate(
        {
            "id": "dag",
            "name": "dagen",
            "type": FactType.DATE,
            "earliest": "2020-01-01",
            "latest": "2030-01-01",
        },
        strict=False,
    )
    words = replace(RULESET.words, facts={"dag": day})
    say = Phrases(replace(RULESET, words=words), {})
    first, second = 738000, 738001

    def said(low: int | None, high: int | None) -> str:
        return say.changes((Change("dag", None, first, True, (low, high)),), open_=False)

    assert said(first, second) == ("dagen hade varit tidigast 2021-07-29 och senast 2021-07-30")
    assert said(None, second) == "dagen hade varit senast 2021-07-30"
    assert said(None, None) == "uppgiften ”dagen” hade varit känd"
    found = replace(golden.classified_example("ex-034"), facts={"dag": "2021-07-29"})
    assert say.support(Support(facts=("dag",)), found) == "dagen är 2021-07-29"


def test_when_only_less_known_would_have_raised_that_is_said() -> None:
    explained = explanation(golden.classified_example("ex-028"), RULESET)
    way = Way(Level.RED, (Change("hotbild", False, None),))
    changed = replace(explained, why_not_higher=(Other(Level.RED, (way,)),))

    red = next(it for it in passages(changed, RULESET) if it.key == "why_not_red")

    assert red.sentences[-1].endswith("inte hade besvarats.")


def test_without_a_promise_the_level_is_still_said() -> None:
    found = golden.classified_example("ex-028")
    bare = replace(RULESET, levels={})

    assert sentences(explanation(found, bare), bare)[0] == "Reglerna föreslår nivån grön."
