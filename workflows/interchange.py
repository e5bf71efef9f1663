"""Rules for engines other than this one: what such a file cannot say, by name."""

from collections.abc import Mapping

# What a level table of DMN has no words for, and what that means for the one who uses it.
NOT_EXPRESSED: Mapping[str, str] = {
    "nivå som följer av varje svar": (
        "ger alla svar på det okända minst orange gäller orange i hubben, fast ingen regel säkert"
        " stämmer; tabellen svarar då lägre"
    ),
    "möjliga nivåer": "tabellen svarar med en nivå, inte med hur högt det okända kan ta den",
    "nästa frågor": "vilka svar som kan höja nivån räknas inte ut",
    "skälen": "svaret är nivån; vilka rader som stämde visar bara vissa motorer",
    "bortsedda nej": "ett nej från bara barnet eller en vårdnadshavare lämnas in som 0, okänt",
    "giltighetstider": "tabellen är reglerna en viss dag; skriv ut den på nytt när de ändras",
    "uppgifter över flera anmälningar": "räknas innan de lämnas in, inte av tabellen",
    "exemplen": "fires och silent följer inte med",
    "två motorer och avvikelser": "ingenting jämförs, och ett fel höjer inte nivån",
}


class Inexpressible(Exception):
    """A rule has more alternatives than a table can hold; nothing is written without it."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"Regeln {rule} har för många alternativ för att skrivas som en tabell.")
