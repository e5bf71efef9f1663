"""`make bench`: measures, prints the tables and keeps the numbers in bench/results.json."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from adapters.rulesfile import load
from bench import classifying, columns, memory, proving, registering, switching
from bench.concerns import concerns
from bench.machine import busy, machine
from bench.table import number, table
from bench.target import told
from rules.engines.rulebook import live

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    variants: int = 4
    rounds: int = 15
    registrations: int = 40
    registration_rounds: int = 8
    threads: int = 4
    classifications: int = 1_000_000
    switches: int = 1_000
    past: int = 1_000_000
    past_rounds: int = 3
    proved: tuple[int, int] = (100, 60)


def main(size: Size, results: Path) -> None:
    """Everything, a table as soon as it is ready."""
    file = load()
    cases = concerns(file.ruleset, variants=size.variants)
    about = machine()
    print(table("Maskin och versioner", ("", ""), about.items()))
    print("Maskinen var upptagen av annat; talen är för låga.\n" if busy() else "")
    compared = classifying.compare(file.ruleset, cases, rounds=size.rounds)
    print(_classified(compared.lines, len(cases), size.rounds), end="\n\n")
    kept = registering.compare(
        live(file),
        cases,
        calls=size.registrations,
        rounds=size.registration_rounds,
        threads=size.threads,
    )
    print(_registered(kept), end="\n\n")
    replayed = columns.compare(file.ruleset, count=size.past, rounds=size.past_rounds)
    print(columns.shown(replayed), end="\n\n")
    grown = memory.growth(size.classifications)
    print(_grown(grown), end="\n\n")
    switched = switching.switched(size.switches)
    grown_targets = [measured.target for measured in (grown, switched) if measured]
    proofs = proving.proved(file.ruleset, of=size.proved)
    print(proving.text(proofs), end="\n\n")
    targets = [*compared.targets, *replayed.targets, *grown_targets, proving.target(proofs[-1])]
    print(told(targets))
    found = {
        "machine": about,
        "rules_version": file.version,
        "size": asdict(size),
        "classifications": [asdict(line) for line in compared.lines],
        "registrations": [asdict(line) for line in kept],
        "replays": [asdict(line) for line in replayed.lines],
        "memory_kb": asdict(grown) if grown else None,
        "switching_kb": asdict(switched) if switched else None,
        "proofs": [asdict(proof) for proof in proofs],
        "targets": [{**asdict(target), "met": target.met} for target in targets],
    }
    results.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _classified(lines: Iterable[classifying.Line], count: int, rounds: int) -> str:
    title = (
        f"Klassningar: samma regler, samma {count} anmälningar, turvis i {rounds} varv efter"
        " uppvärmning.\nAlla gav samma träffar innan något mättes. Median av varven; tid per anrop."
        "\nBara hubben räknar intervall och nästa fråga; de andra får sina indata färdiga."
    )
    heads = ("", "per sekund", "p50 µs", "p99 µs", "mot hubben")
    return table(
        title,
        heads,
        (
            (
                line.name,
                number(line.per_second),
                number(line.p50),
                number(line.p99),
                f"{number(line.faster, 2)} ×",
            )
            for line in lines
        ),
    )


def _registered(lines: Iterable[registering.Line]) -> str:
    title = (
        "Registreringar från början till slut: uppgifter, klassning, journal, frister, listor,"
        " åtkomstlogg"
    )
    heads = ("", "per sekund", "p50 ms", "p99 ms")
    rows = (
        (line.name, number(line.per_second), _milliseconds(line.p50), _milliseconds(line.p99))
        for line in lines
    )
    return table(title, heads, rows)


def _milliseconds(microseconds: float | None) -> str:
    return "–" if microseconds is None else number(microseconds / 1000, 1)


def _grown(grown: memory.Growth | None) -> str:
    if grown is None:
        return "Minne: det här systemet säger inte hur mycket en process använder."
    rows = (
        ("efter uppvärmning", f"{number(grown.resident[0])} kB"),
        (f"tillväxt över {number(grown.count)} klassningar", f"{number(grown.whole)} kB"),
        ("varav i andra hälften", f"{number(grown.last_half)} kB"),
    )
    return table("Minne i en egen process", ("", ""), rows)


if __name__ == "__main__":
    main(Size(), RESULTS)
