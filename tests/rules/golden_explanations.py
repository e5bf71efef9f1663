"""Concerns explained, as kept; `python -m tests.rules.golden_explanations` writes them anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rules.answer import Answer, Value
from rules.classification import Classification
from rules.engines.durable import EngineFault
from rules.engines.engine import Engine
from rules.engines.explanation import Explaining
from rules.engines.reasons import passages
from rules.engines.situation import Situation
from rules.engines.votes import Matcher
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from tests.rules import shipped

KEPT = Path(__file__).parent / "golden" / "explanations.txt"

UNITS = {"barn": "Barn och familj", "vald": "Våld i nära relation"}
EXAMPLES = (
    "ex-001", "ex-002", "ex-004", "ex-005", "ex-007", "ex-009", "ex-010", "ex-012", "ex-014",
    "ex-019", "ex-025", "ex-028", "ex-029", "ex-033", "ex-034", "ex-039",
)  # fmt: skip

# The dangers of which one alone gives röd; answered nej, only several answers together do.
ALONE = (
    "pagaende_fara", "sexuella_overgrepp", "hedersrelaterat", "hotbild", "vapen_eller_sprangmedel",
    "forsvunnet", "sjalvskada_suicidrisk", "vuxen_paverkad_nu", "tvangsrekrytering",
    "vald_mot_barnet", "allvarlig_forsummelse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A concern made up for the explanation; answers are `ja skola`, facts as they are."""

    facts: Mapping[str, Scalar] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    live: Matcher | None = None
    oracle: Matcher | None = None


class Fires:
    """An engine that says what it was made to say."""

    def __init__(self, *rules: str) -> None:
        self._rules = frozenset(rules)

    def fire(self, _situation: Situation, /) -> frozenset[str]:
        return self._rules


class Breaks:
    """An engine that does not answer."""

    def fire(self, _situation: Situation, /) -> frozenset[str]:
        raise EngineFault("Regelmotorn gav fel.")


AT_TWO: Mapping[str, Scalar] = {"anmalartyp": "skola", "alder": 12, "tidigare_anmalningar_12m": 1}
MADE: Mapping[str, Made] = {
    "våld, sex år": Made({"alder": 6}, {"vald_mot_barnet": "ja skola"}),
    "våld, sju år": Made({"alder": 7}, {"vald_mot_barnet": "ja skola"}),
    "våld, ålder okänd": Made({}, {"vald_mot_barnet": "ja barn"}),
    "en anmälan från gränsen": Made(AT_TWO, {"skolan_fungerar_inte": "ja skola"}),
    "inget känt, anmält av en vårdnadshavare": Made({"anmalartyp": "vardnadshavare"}),
    "inget känt alls": Made(),
    "nej från barnet och en vårdnadshavare": Made(
        {"alder": 15, "anmalartyp": "skola"},
        {
            "sjalvskada_suicidrisk": "nej barnet",
            "eget_missbruk": "nej barnet",
            "foraldrars_missbruk": "nej vardnadshavare",
            "psykisk_ohalsa": "ja skola",
        },
    ),
    "bara flera svar tillsammans höjer": Made(
        {"alder": 14, "anmalartyp": "skola"}, dict.fromkeys(ALONE, "nej polis")
    ),
    "en pågående insats": Made(
        {"alder": 17, "pagaende_insats": True}, {"eget_missbruk": "ja socialtjanst"}
    ),
    "långt till en lägre nivå": Made(
        {"alder": 13, "tidigare_anmalningar_12m": 3, "barn_i_samma_sammanhang_30d": 4},
        {
            "natverkskoppling": "ja polis",
            "utnyttjas_i_brott": "ja polis",
            "aldre_styr": "ja vald",
            "oppen_drogscen": "ja polis",
        },
    ),
    "en motor svarar inte": Made({"alder": 16}, {"eget_missbruk": "ja skola"}, live=Breaks()),
    "ingen motor svarar": Made({"alder": 16}, live=Breaks(), oracle=Breaks()),
    "motorerna är oense": Made(
        {"alder": 9},
        {"vald_mot_barnet": "ja skola"},
        live=Fires("vald-mot-barnet"),
        oracle=Fires("vald-mot-barnet", "bevittnat-vald"),
    ),
}


def told(ruleset: RuleSet) -> str:
    """Every chosen concern with its explanation, the examples first."""
    explaining = Explaining(ruleset)
    found = {name: classified_example(name) for name in EXAMPLES}
    found |= {name: classified(made, ruleset) for name, made in MADE.items()}
    found["reglerna är andra"] = replace(found["ex-034"], rules_version="en annan")
    return "\n".join(_told(name, it, explaining) for name, it in found.items())


def classified_example(name: str) -> Classification:
    concern = next(it for it in shipped.examples() if it["id"] == name)
    return shipped.engine().classify(concern["facts"], shipped.answers_of(concern))


def classified(made: Made, ruleset: RuleSet) -> Classification:
    engine = shipped.engine()
    if made.live:
        engine = Engine(ruleset, live=made.live, oracle=made.oracle)
    answers = {name: _answer(text) for name, text in made.answers.items()}
    return engine.classify(made.facts, answers)


def _answer(text: str) -> Answer:
    value, _, source = text.partition(" ")
    return Answer(Value(value), source)


def _told(name: str, found: Classification, explaining: Explaining) -> str:
    lines = [f"== {name}"]
    for passage in passages(explaining.explain(found), explaining.ruleset, UNITS):
        lines += [f"{passage.heading}:", *(f"  {sentence}" for sentence in passage.sentences)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    KEPT.write_text(told(shipped.file().ruleset), "utf-8")
