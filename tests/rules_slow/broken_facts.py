"""Facts with one thing wrong: what they can be, what they count, and how far back."""

from collections.abc import Callable

from tests.rules_slow.broken import TEXT, YES_OR_NO, changed

_NUMBER = "type: int, min: 0, max: 130,"
_WORD = "    type: enum\n    values: [skola,"
_COUNTS = "counts: anmalningar_om_barnet"
_FACTS = TEXT[TEXT.index("\nfacts:\n") : TEXT.index("\n\n", TEXT.index("\nfacts:\n"))]

PARTS: list[tuple[str, Callable[[], str], str, str]] = [
    (
        "the same value twice",
        lambda: changed(_WORD, f"{_WORD} skola,"),
        'uppgiften "anmalartyp"',
        "values nämner samma värde två gånger",
    ),
    (
        "what counts but not how far back",
        lambda: changed(_NUMBER, f"{_NUMBER} {_COUNTS},"),
        'uppgiften "alder"',
        "counts och within hör ihop; ange båda eller ingen",
    ),
    (
        "a yes or no that counts",
        lambda: changed(YES_OR_NO, f"{YES_OR_NO}, {_COUNTS}, within: 30 dagar"),
        'uppgiften "pagaende_insats"',
        "bara ett heltal kan räkna",
    ),
    (
        "a count over minutes",
        lambda: changed(_NUMBER, f"{_NUMBER} {_COUNTS}, within: 30 min,"),
        'uppgiften "alder"',
        "within ges i h, dagar eller veckor, inte 30 min",
    ),
    (
        "a count further back than there are cases",
        lambda: changed(_NUMBER, f"{_NUMBER} {_COUNTS}, within: 10001 dagar,"),
        'uppgiften "alder"',
        "within är högst 10000 h, dagar eller veckor",
    ),
    (
        "a word of which there can be more",
        lambda: changed(_WORD, f"    more_is_risk: true\n{_WORD}"),
        'uppgiften "anmalartyp"',
        "more_is_risk gäller bara int och bool",
    ),
    (
        "the same name twice where a list is wanted",
        lambda: TEXT.replace(_FACTS, "\nfacts: {alder: {}, alder: {}}\n"),
        "uppgiften alder",
        '"alder" står två gånger',
    ),
]
