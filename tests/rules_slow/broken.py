"""Rules files with one thing wrong, where it stands, and what is said of it."""

from collections.abc import Callable

from rules.language.limits import MOST_CONDITIONS
from tests.rules import shipped

TEXT = (shipped.ROOT / "rules.yaml").read_text("utf-8")

VIOLENCE = """  - rule: vald-mot-barnet
    level: orange
    when: vald_mot_barnet
"""

YES_OR_NO = "name: en insats för barnet pågår, type: bool"


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def violence(**fields: str) -> str:
    """The shipped file with other fields in the rule about violence."""
    rule = VIOLENCE
    for name, value in fields.items():
        before = next(line for line in VIOLENCE.splitlines() if line.strip().startswith(name))
        rule = rule.replace(before, f"    {name}: {value}")
    return changed(VIOLENCE, rule)


FIELDS = [
    ("level: rod", violence(level="rod"), '"rod" finns inte; välj grön, orange eller röd'),
    (
        "when: vald_mot_barnt",
        violence(when="vald_mot_barnt"),
        'frågan "vald_mot_barnt" finns inte i instrumentet; menade du "vald_mot_barnet"?',
    ),
    (
        "when: kon",
        violence(when="kon"),
        '"kon" får aldrig användas i klassningen (never_inputs)',
    ),
    (
        "when: alder",
        violence(when="alder"),
        '"alder" är en uppgift och inte en fråga; skriv {fact: alder, …}',
    ),
    (
        "when: {fact: ålder, below: 7}",
        violence(when="{fact: ålder, below: 7}"),
        'uppgiften "ålder" finns inte; menade du "alder"?',
    ),
    (
        "when: {fact: alder, below: 700}",
        violence(when="{fact: alder, below: 700}"),
        "gränsen är 700; alder är 0–130, så villkoret avgör ingenting",
    ),
    (
        "when: {fact: alder, below: sju}",
        violence(when="{fact: alder, below: sju}"),
        'ska vara ett heltal eller {parameter: namn}, inte "sju"',
    ),
    (
        "when: {fact: alder, below: {parameter: litet}}",
        violence(when="{fact: alder, below: {parameter: litet}}"),
        'parametern "litet" finns inte',
    ),
    (
        "when: {fact: alder, equals: 7}",
        violence(when="{fact: alder, equals: 7}"),
        '"alder" är ett tal; skriv below eller at_least',
    ),
    (
        "when: {fact: anmalartyp, equals: granne}",
        violence(when="{fact: anmalartyp, equals: granne}"),
        '"granne" finns inte; välj skola, forskola',
    ),
    (
        "when: {fact: pagaende_insats, below: 2}",
        violence(when="{fact: pagaende_insats, below: 2}"),
        '"pagaende_insats" är inget tal; skriv equals eller in',
    ),
    (
        "when: {fact: pagaende_insats, equals: ja}",
        violence(when="{fact: pagaende_insats, equals: ja}"),
        '"ja" är fel; ska vara true, false eller null',
    ),
    (
        "when: {at_least: 3, of: [hotbild, forsvunnet]}",
        violence(when="{at_least: 3, of: [hotbild, forsvunnet]}"),
        "antalet är 3, ska vara 1–2",
    ),
    (
        "when: {at_least: 1, of: [hotbild, hotbild]}",
        violence(when="{at_least: 1, of: [hotbild, hotbild]}"),
        "samma fråga står två gånger",
    ),
    (
        "when: {at_least: 1, of: {group: gang}}",
        violence(when="{at_least: 1, of: {group: gang}}"),
        'gruppen "gang" finns inte',
    ),
    (
        "when: {at_least: 1, of: {area: hemma}}",
        violence(when="{at_least: 1, of: {area: hemma}}"),
        '"hemma" finns inte; välj skydd, kriminell_kontext',
    ),
    ("when: {all: []}", violence(when="{all: []}"), "ska vara en lista med minst ett villkor"),
    ("when: {alla: [hotbild]}", violence(when="{alla: [hotbild]}"), '"alla" är inget villkorsord'),
    ("when: [hotbild]", violence(when="[hotbild]"), "en lista är inget villkor"),
    ("when: {at_least: 1}", violence(when="{at_least: 1}"), "skriv {at_least: antal, of: frågor}"),
    (
        "when: {at_least: 1, of: [hotbild, hotblid]}",
        violence(when="{at_least: 1, of: [hotbild, hotblid]}"),
        'frågan "hotblid" finns inte i instrumentet',
    ),
    (
        "when: {at_least: 1, of: hotbild}",
        violence(when="{at_least: 1, of: hotbild}"),
        "ska vara en lista av frågor, {group: …}, {kind: …} eller {area: …}",
    ),
    (
        "when: {at_least: 1, of: {kind: fara}}",
        violence(when="{at_least: 1, of: {kind: fara}}"),
        '"fara" finns inte; välj risk, skydd eller handelse',
    ),
    ("when: {not: hotblid}", violence(when="{not: hotblid}"), 'menade du "hotbild"?'),
    (
        "when: {fact: alder}",
        violence(when="{fact: alder}"),
        "skriv {fact: …} med ett av below, at_least, before, from, equals, in",
    ),
    (
        "when: {fact: alder, below: 7, if_unknown: ja}",
        violence(when="{fact: alder, below: 7, if_unknown: ja}"),
        "ska vara true eller false",
    ),
    (
        "when: {fact: anmalartyp, in: []}",
        violence(when="{fact: anmalartyp, in: []}"),
        "ska vara en lista med minst ett värde",
    ),
    (
        "when: {fact: anmalartyp, equals: null}",
        violence(when="{fact: anmalartyp, equals: null}"),
        "ett villkor jämför med ett känt värde; använd if_unknown för okänt",
    ),
    (
        "when: {any: [hotbild], not: forsvunnet}",
        violence(when="{any: [hotbild], not: forsvunnet}"),
        "skriv ett villkor i taget",
    ),
    (
        "when: {fact: kon, equals: flicka}",
        violence(when="{fact: kon, equals: flicka}"),
        '"kon" får aldrig användas i klassningen (never_inputs)',
    ),
    (
        "when: {fact: anmalartyp, in: [skola, skola]}",
        violence(when="{fact: anmalartyp, in: [skola, skola]}"),
        '"skola" står två gånger',
    ),
    (
        "when: {all: [hotbild, hotbild",
        violence(when=f"{{all: [{', '.join(['hotbild'] * MOST_CONDITIONS)}]}}"),
        f"har mer än {MOST_CONDITIONS} villkor; dela regeln",
    ),
]

PARTS: list[tuple[str, Callable[[], str], str, str]] = [
    (
        "a field that does not exist",
        lambda: violence(level="orange\n    levle: röd"),
        'fältet "levle"',
        'fältet finns inte; menade du "level"?',
    ),
    (
        "a section that does not exist",
        lambda: TEXT + "\nklockor: {}\n",
        'stycket "klockor"',
        'stycket finns inte; menade du "clocks"?',
    ),
    (
        "a rule twice",
        lambda: changed("  - rule: heder\n", "  - rule: vapen\n"),
        'fältet "rule"',
        '"vapen" finns redan',
    ),
    (
        "a key twice",
        lambda: violence(level="orange\n    level: röd"),
        'fältet "level"',
        '"level" står två gånger',
    ),
    (
        "a question in an area that does not exist",
        lambda: changed("{id: hotbild, area: skydd", "{id: hotbild, area: skyd"),
        'frågan "hotbild", fältet "area"',
        '"skyd" finns inte; välj skydd',
    ),
    (
        "a question about a protected ground",
        lambda: changed("{id: hotbild, area", "{id: kon, area"),
        'frågan "kon"',
        "får aldrig användas",
    ),
    (
        "a question about a protected ground in other words",
        lambda: changed("{id: hotbild, area", "{id: annat_modersmal_hemma, area"),
        'frågan "annat_modersmal_hemma"',
        "är språk i andra ord, och får aldrig avgöra nivån",
    ),
    (
        "a group of what does not exist",
        lambda: changed("  hemmet_brister:\n", "  hemmet_brister:\n    - hemma\n"),
        'stycket "groups"',
        'frågan "hemma" finns inte',
    ),
    (
        "an example with a wrong value",
        lambda: changed("[{pagaende_fara: ja}]", "[{pagaende_fara: kanske}]"),
        'fältet "fires.1.pagaende_fara"',
        '"kanske" är inget svar; välj ja, nej eller okänt',
    ),
    (
        "an example with an unknown fact",
        lambda: changed("fires: [{hotbild: ja}]", "fires: [{hotbild: ja, aldre: 3}]"),
        'regeln "aktuell-hotbild"',
        '"aldre" finns inte i instrumentet',
    ),
    (
        "a source that is not listed",
        lambda: changed("source: s1:306-309", "source: s9:306-309"),
        'fältet "source"',
        'källan "s9" finns inte',
    ),
    (
        "a rule that rests on nothing",
        lambda: changed(
            "    source: praxis\n    fires: [{forsvunnet: ja, alder: 17}]",
            "    fires: [{forsvunnet: ja, alder: 17}]",
        ),
        'regeln "forsvunnet"',
        "vad vilar regeln på",
    ),
    (
        "a rule without examples",
        lambda: changed("    fires: [{hotbild: ja}]\n", "    fires: []\n"),
        'fältet "fires"',
        "får inte vara tom",
    ),
    (
        "a time that is none",
        lambda: changed("    handle_within: 12 h\n", "    handle_within: tolv\n"),
        'stycket "levels", fältet "orange.handle_within"',
        "är ingen tid",
    ),
    (
        "an alias",
        lambda: changed("[{pagaende_fara: ja}]", "&x [{pagaende_fara: ja}]").replace(
            "fires: [{sexuella_overgrepp: ja}]", "fires: *x"
        ),
        'regeln "sexuella-overgrepp"',
        "ankare och alias används inte",
    ),
    (
        "the precaution's name taken by a rule",
        lambda: changed("  - rule: heder\n", "  - rule: inget-ar-kant\n"),
        'stycket "precaution", fältet "rule"',
        '"inget-ar-kant" finns redan bland rules',
    ),
    (
        "a question with the name of a fact",
        lambda: changed("{id: hotbild, area", "{id: alder, area"),
        'stycket "facts"',
        '"alder" är både en fråga och en uppgift',
    ),
    (
        "the same question twice in a group",
        lambda: changed("  hemmet_brister:\n", "  hemmet_brister:\n    - osaker_bostad\n"),
        'stycket "groups", fältet "hemmet_brister"',
        "nämner samma fråga två gånger",
    ),
    (
        "an example of an answer in a form of its own",
        lambda: changed("[{pagaende_fara: ja}]", "[{pagaende_fara: {svar: ja}}]"),
        'regeln "omedelbar-fara"',
        "skriv ja, nej eller okänt, eller {value: …, source: …}",
    ),
    (
        "a number without limits",
        lambda: changed("type: int, min: 0, max: 130,", "type: int,"),
        'uppgiften "alder"',
        "ett heltal behöver min och max",
    ),
    (
        "limits of what is no number",
        lambda: changed(YES_OR_NO, f"{YES_OR_NO}, min: 1"),
        'uppgiften "pagaende_insats"',
        "bara ett heltal har min och max",
    ),
    (
        "words of what is no word",
        lambda: changed(YES_OR_NO, f"{YES_OR_NO}, values: [x]"),
        'uppgiften "pagaende_insats"',
        "values ska anges för enum, och bara för enum",
    ),
    (
        "a rule that ends before it begins",
        lambda: violence(level="orange\n    valid_from: 2027-01-01\n    valid_until: 2026-01-01"),
        'regeln "vald-mot-barnet"',
        "valid_from är senare än valid_until",
    ),
    (
        "a date that is none",
        lambda: violence(level="orange\n    valid_from: 2027-13-01"),
        'fältet "valid_from"',
        '"2027-13-01"',
    ),
    (
        "a level left out",
        lambda: changed(TEXT[TEXT.index("  röd:\n") : TEXT.index("  orange:\n    name")], ""),
        "",
        "levels saknar röd",
    ),
    (
        "a level without a promise",
        lambda: changed("\n  röd:\n    name: Akut\n", "\n  rod:\n    name: Akut\n"),
        'stycket "levels"',
        '"rod" finns inte; välj grön, orange eller röd',
    ),
    (
        "a fact without a name",
        lambda: changed("{id: pagaende_insats, name: ", "{name: "),
        "uppgiften nummer",
        "saknas och måste anges",
    ),
    (
        "a name with other letters",
        lambda: changed("  - rule: heder\n", "  - rule: Heder!\n"),
        'regeln "Heder!"',
        '"Heder!" får bara ha a–z, 0–9 och -',
    ),
    (
        "a clock with a misspelt role",
        lambda: changed("    name: Klassning\n", "    namn: Klassning\n"),
        'stycket "clocks"',
        "fältet finns inte",
    ),
    (
        "a time that is a list",
        lambda: changed("    handle_within: 12 h\n", "    handle_within: [12]\n"),
        'fältet "orange.handle_within"',
        "ska vara en tid som 30 min, 4 h, 14 dagar",
    ),
    (
        "a time with no unit",
        lambda: changed("    handle_within: 12 h\n", "    handle_within: 12\n"),
        'fältet "orange.handle_within"',
        'ska vara en tid som 30 min, 4 h, 14 dagar eller nästa dags slut, inte "12"',
    ),
    (
        "a time in fields",
        lambda: changed("    handle_within: 12 h\n", "    handle_within: {timmar: 12}\n"),
        'fältet "orange.handle_within.timmar"',
        "går inte att använda här",
    ),
    (
        "a question twice",
        lambda: changed("{id: hotbild, area", "{id: forsvunnet, area"),
        'frågan "forsvunnet", fältet "id"',
        '"forsvunnet" finns redan, som nummer',
    ),
    (
        "a question with the name of the day",
        lambda: changed("{id: hotbild, area", "{id: on, area"),
        "",
        'inget får heta "on"',
    ),
    (
        "a source of a dated number that is not listed",
        lambda: changed(
            "spadbarn: {name: spädbarn,",
            "gammalt: {values: [{value: 4, because: Så., source: s9}]}\n"
            "  spadbarn: {name: spädbarn,",
        ),
        'fältet "gammalt.values.1.source"',
        'källan "s9" finns inte',
    ),
]
