"""`make bench`: measures, prints the tables and keeps the numbers in bench/results.json.

One section alone, or some: `python -m bench clocks`.
"""

import json
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from adapters.rulesfile import load
from bench import classifying, clocks, columns, memory, proving, registering, switching
from bench.concerns import concerns
from bench.machine import busy, machine
from bench.section import Section
from bench.table import number, table
from bench.target import Target, told
from rules.engines.rulebook import live
from rules.language.ruleset import RulesFile

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
    of_clocks: clocks.Size = field(default_factory=clocks.Size)


def main(size: Size, results: Path, only: Collection[str] = ()) -> None:
    """Every section, or only those named, each printed as soon as it is ready."""
    file = load()
    about = machine()
    print(table("Maskin och versioner", ("", ""), about.items()))
    print("Maskinen var upptagen av annat; talen är för låga.\n" if busy() else "")
    found: dict[str, object] = {
        "machine": about,
        "rules_version": file.version,
        "size": asdict(size),
    }
    targets: list[Target] = []
    for name, measure in SECTIONS.items():
        if only and name not in only:
            continue
        section = measure(file, size)
        print(section.text, end="\n\n", flush=True)
        found |= section.kept
        targets += section.targets
    print(told(targets))
    found["targets"] = [{**asdict(target), "met": target.met} for target in targets]
    results.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _classifying(file: RulesFile, size: Size) -> Section:
    cases = concerns(file.ruleset, variants=size.variants)
    compared = classifying.compare(file.ruleset, cases, rounds=size.rounds)
    text = _classified(compared.lines, len(cases), size.rounds)
    kept = {"classifications": [asdict(line) for line in compared.lines]}
    return Section(text, kept, tuple(compared.targets))


def _registering(file: RulesFile, size: Size) -> Section:
    lines = registering.compare(
        live(file),
        concerns(file.ruleset, variants=size.variants),
        calls=size.registrations,
        rounds=size.registration_rounds,
        threads=size.threads,
    )
    return Section(_registered(lines), {"registrations": [asdict(line) for line in lines]})


def _replaying(file: RulesFile, size: Size) -> Section:
    replayed = columns.compare(file.ruleset, count=size.past, rounds=size.past_rounds)
    kept = {"replays": [asdict(line) for line in replayed.lines]}
    return Section(columns.shown(replayed), kept, tuple(replayed.targets))


def _remembering(_file: RulesFile, size: Size) -> Section:
    grown = memory.growth(size.classifications)
    switched = switching.switched(size.switches)
    kept = {
        "memory_kb": asdict(grown) if grown else None,
        "switching_kb": asdict(switched) if switched else None,
    }
    targets = tuple(measured.target for measured in (grown, switched) if measured)
    return Section(_grown(grown), kept, targets)


def _proving(file: RulesFile, size: Size) -> Section:
    proofs = proving.proved(file.ruleset, of=size.proved)
    kept = {"proofs": [asdict(proof) for proof in proofs]}
    return Section(proving.text(proofs), kept, (proving.target(proofs[-1]),))


def _clocks(file: RulesFile, size: Size) -> Section:
    return clocks.clocks(live(file), size.of_clocks)


SECTIONS: Mapping[str, Callable[[RulesFile, Size], Section]] = {
    "classifying": _classifying,
    "registering": _registering,
    "replaying": _replaying,
    "memory": _remembering,
    "proving": _proving,
    "clocks": _clocks,
}


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
    main(Size(), RESULTS, only=sys.argv[1:])
