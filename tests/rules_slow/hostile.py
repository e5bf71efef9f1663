"""Rules files made to be slow, or to crash whoever reads them."""

from collections.abc import Callable, Mapping

from adapters.rulesfile import read
from rules.language.limits import MOST_CONDITIONS

DEEP = 10_000
SHIPPED = read()


def _ruled(when: str, *, before: str = "  - rule: heder\n") -> str:
    """The shipped file with one rule more, in the file's own form."""
    extra = (
        f"  - rule: extra\n    level: orange\n    when: {when}\n    because: Prov.\n"
        "    source: praxis\n    fires: [{hotbild: ja}]\n    silent: [{hotbild: nej}]\n"
    )
    return SHIPPED.replace(before, extra + before)


def _many_rules() -> str:
    one = SHIPPED[SHIPPED.index("  - rule: heder\n") :]
    one = one[: one.index("  - rule:", 5)]
    rules = (one.replace("rule: heder", f"rule: heder-{n}") for n in range(10_000))
    return SHIPPED.replace("  - rule: heder\n", "".join(rules) + "  - rule: heder\n")


def _questions(count: int) -> str:
    row = '  - {{id: ny_{}, area: skydd, kind: risk, ask: "Ny?", from: praxis}}\n'
    return SHIPPED.replace(
        "indicators:\n", "indicators:\n" + "".join(row.format(n) for n in range(count))
    )


def _misspelt(count: int) -> str:
    """As many faults as there can be, each with names alike to look for."""
    wrong = ", ".join(f"vald_mot_barnt{n}" for n in range(count))
    return _questions(400).replace(
        "  hemmet_brister:\n", f"  ny_grupp: [{wrong}]\n  hemmet_brister:\n"
    )


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines)


def _pairs(count: int) -> str:
    """Each pair doubles the alternatives."""
    names = ("hotbild", "forsvunnet", "heder", "vapen_eller_sprangmedel")
    pair = f"{{any: [{names[0]}, {names[1]}]}}"
    return "{all: [" + ", ".join([pair] * count) + "]}"


def _distinct(count: int) -> str:
    """2 to the power of `count` alternatives, all of them different."""
    asked = [
        line.split("{id: ")[1].split(",")[0] for line in SHIPPED.splitlines() if "{id: " in line
    ]
    pairs = (f"{{any: [{asked[2 * n]}, {asked[2 * n + 1]}]}}" for n in range(count))
    return "{all: [" + ", ".join(pairs) + "]}"


# What is read of each file: refused, or so innocent that it is read as what it is.
TEXTS: Mapping[str, Callable[[], str]] = {
    "ten thousand rules": _many_rules,
    "ten thousand questions": lambda: _questions(10_000),
    "as many faults as there can be": lambda: _misspelt(15_000),
    "a flow of lists in lists": lambda: "a: " + "[" * DEEP + "]" * DEEP,
    "a flow that never closes": lambda: "a: " + "[" * 400_000,
    "a flow of mappings that never closes": lambda: "{a: " * 100_000,
    "lists in lists, line by line": lambda: "\n".join(" " * n + "-" for n in range(900)),
    "lists in lists on a line": lambda: "- " * 200_000,
    "mappings in mappings, line by line": lambda: "\n".join(" " * n + "a:" for n in range(900)),
    "not in not": lambda: _ruled("{not: " * DEEP + "hotbild" + "}" * DEEP),
    "all in any": lambda: _ruled("{all: [{any: [" * DEEP + "hotbild" + "]}]}" * DEEP),
    "more conditions than a rule may have": lambda: _ruled(
        "{any: [" + ", ".join(["{not: hotbild}"] * MOST_CONDITIONS) + "]}"
    ),
    "at least of ten thousand questions": lambda: _ruled(
        "{at_least: 1, of: [" + ", ".join(f"ny_{n}" for n in range(10_000)) + "]}"
    ),
    "a huge whole number": lambda: SHIPPED.replace("value: 7", "value: 1" + "0" * 100_000),
    "a huge negative number": lambda: SHIPPED.replace("value: 7", "value: -1" + "0" * 100_000),
    "a huge number with decimals": lambda: SHIPPED.replace(
        "value: 7", "value: 1" + "0" * 400 + ".5"
    ),
    "a number beyond floats": lambda: SHIPPED.replace("value: 7", "value: 1e999"),
    "no number at all": lambda: SHIPPED.replace("value: 7", "value: .nan"),
    "a number of another script": lambda: SHIPPED.replace("value: 7", "value: ٧"),
    "a text of fifty million": lambda: SHIPPED + "x: " + "y" * 50_000_000,
    "a key of a million": lambda: SHIPPED + "y" * 400_000 + ": 1\n",
    "a bomb": _bomb,
    "an alias": lambda: "a: &a 1\nb: *a\n",
    "an anchor that holds itself": lambda: "a: &a [*a]\n",
    "a mapping that holds itself": lambda: "&a {b: *a}\n",
    "a merge": lambda: SHIPPED.replace("areas:\n", "areas:\n  <<: {x: y}\n"),
    "a python object": lambda: SHIPPED.replace(
        "name: Nämndens grundinstrument", "name: !!python/object/apply:os.system [ls]"
    ),
    "a tag on a text": lambda: SHIPPED.replace("name: Näm", "name: !!binary Näm"),
    "a million in a list": lambda: SHIPPED + "x: [" + "1," * 200_000 + "]\n",
    "a hundred thousand keys": lambda: SHIPPED + "".join(f"x{n}: 1\n" for n in range(60_000)),
    "ten thousand groups": lambda: SHIPPED.replace(
        "groups:\n", "groups:\n" + "".join(f"  g{n}: [hotbild]\n" for n in range(10_000))
    ),
    "a million examples": lambda: SHIPPED.replace(
        "fires: [{hotbild: ja}]", "fires: [" + "{hotbild: ja}," * 20_000 + "]"
    ),
    "a thousand times of one number": lambda: SHIPPED.replace(
        "parameters:\n",
        "parameters:\n  ny:\n    values:\n"
        + "".join(
            f"      - {{value: 1, because: x, valid_from: {2000 + n}-01-01,"
            f" valid_until: {2000 + n}-12-31}}\n"
            for n in range(1000)
        ),
    ),
    "tabs": lambda: SHIPPED.replace("  hemmet_brister:", "\themmet_brister:"),
    "a NUL": lambda: SHIPPED.replace("name: Näm", "name: N\0m"),
    "a NUL as an escape": lambda: SHIPPED.replace('version: "2026.1"', 'version: "2026\\0"'),
    "a NUL in a reason": lambda: SHIPPED.replace("because: Prov", "").replace(
        "name: Nämndens grundinstrument", 'name: "Nämnd\\0"'
    ),
    "a lone surrogate": lambda: SHIPPED.replace("name: Näm", "name: \ud800"),
    "a lone surrogate as an escape": lambda: SHIPPED.replace("name: Näm", 'name: "\\ud800" #'),
    "a bell in a name": lambda: SHIPPED.replace("areas:\n", 'areas:\n  "x\\a": y\n'),
    "two files in one": lambda: SHIPPED + "---\n" + SHIPPED,
    "nothing": lambda: "",
    "a list as a name": lambda: "? [a, b]\n: 1\n",
    "a mapping as a name": lambda: "{{a: 1}: 2}",
}

# What is strange to look at and says nothing else.
READ: Mapping[str, Callable[[], str]] = {
    "lines that end as in Windows": lambda: SHIPPED.replace("\n", "\r\n"),
    "a mark of the byte order": lambda: "\ufeff" + SHIPPED,
    "a million alternatives, all the same": lambda: _ruled(_pairs(20)),
    "a million alternatives": lambda: _ruled(_distinct(20)),
    "letters taken apart": lambda: SHIPPED.replace("å", "a\u030a"),
}
