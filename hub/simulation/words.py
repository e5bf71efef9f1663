"""A run in Swedish tables: the same ones on the screen and in the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hub.simulation.results import Result
from hub.simulation.staffing import Staffing
from rules.local_time import moment
from workflows.vigil_ports import Outage

INVENTED = (
    "Alla tal kommer ur en simulering med en påhittad profil. De säger hur de riktiga reglerna och"
    " fristerna beter sig under de antagandena, inte hur en verklig kommun har det."
)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, what it means, the columns and the rows; the first `texts` columns are words."""

    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1


def tables(result: Result, found: Sequence[Staffing]) -> Iterator[Table]:
    """Everything that is told, in order."""
    yield _steps(result)
    yield _breaches(result)
    yield _hours(result)
    yield _causes(result)
    yield _units(result)
    yield _meetings(result)
    yield _outages(result)
    yield _promise(result)
    yield from (_staffing(one) for one in found)


def summary(result: Result) -> str:
    """The run in a few words."""
    levels = ", ".join(f"{count} {level.value}" for level, count in result.levels.items())
    left = f" {result.unregistered} hann inte registreras." if result.unregistered else ""
    return f"{result.days} dagar, frö {result.seed}: {result.arrived} anmälningar ({levels}).{left}"


def _steps(result: Result) -> Table:
    return Table(
        "Tider från det att anmälan kom in",
        "Halva är gjorda inom mediantiden, nio av tio inom p90. Enhetssvaren räknas per enhet.",
        ("Nivå och steg", "Antal", "Median", "p90", "Inom löftet"),
        tuple(
            (
                f"{it.level.value}: {it.step}",
                str(it.count),
                length(it.median) if it.count else "–",
                length(it.p90) if it.count else "–",
                f"{share(it.kept, it.promised)} ({it.kept} av {it.promised})"
                if it.promised
                else "inget löfte",
            )
            for it in result.steps
        ),
    )


def _breaches(result: Result) -> Table:
    return Table(
        "Brutna frister",
        "",
        ("Frist", "Antal", "Per vecka"),
        tuple(
            (it.name, str(it.count), decimal(it.count * _WEEK / result.days))
            for it in sorted(result.breaches, key=lambda it: -it.count)
        ),
    )


def _hours(result: Result) -> Table:
    spans = tuple((start, start + 3) for start in range(0, 24, 3))
    return Table(
        "Brutna frister efter klockslaget då anmälan kom in",
        "",
        ("Frist", *(f"{start:02d}–{end:02d}" for start, end in spans)),
        tuple(
            (it.name, *(str(sum(it.by_hour[start:end])) for start, end in spans))
            for it in sorted(result.breaches, key=lambda it: -it.count)
        ),
    )


def _causes(result: Result) -> Table:
    return Table(
        "Varför fristerna brast",
        "Den första orsak som ensam hade räckt för att hålla fristen om den inte funnits.",
        ("Frist", "Orsak", "Antal"),
        tuple(
            (it.name, cause, str(count))
            for it in sorted(result.breaches, key=lambda it: -it.count)
            for cause, count in it.causes.items()
        ),
        texts=2,
    )


def _units(result: Result) -> Table:
    return Table(
        "Enheternas svar",
        "",
        ("Enhet", "Kallelser", "I tid", "Sent", "Inget svar"),
        tuple(
            (
                it.unit,
                str(it.called),
                share(it.in_time, it.called),
                share(it.late, it.called),
                share(it.never, it.called),
            )
            for it in result.units
        ),
    )


def _meetings(result: Result) -> Table:
    it = result.meetings
    return Table(
        "Hubbmöten",
        "",
        ("", "Antal"),
        (
            ("Möten", str(it.count)),
            ("Varav extra möten, utanför de fasta tiderna", str(it.extra)),
            ("Flest möten som började samtidigt", str(it.most_at_once)),
        ),
    )


def _outages(result: Result) -> Table:
    return Table(
        "Avbrott i bevakningen",
        "Det som förföll under avbrottet räknas upp innan arbetet går vidare.",
        ("Avbrott", "Ärende", "Frist", "Förföll"),
        tuple(row for outage in result.outages for row in _outage(outage)),
        texts=4,
    )


def _outage(outage: Outage) -> Iterator[tuple[str, str, str, str]]:
    when = f"{moment(outage.since)} till {moment(outage.until)}"
    if not outage.passed:
        yield (when, "–", "ingen frist förföll", "–")
    for it in outage.passed:
        yield (when, it.number, it.name, moment(it.due_at))


def _promise(result: Result) -> Table:
    it = result.kept
    return Table(
        "Löftet",
        "Vid varje tillfälle har varje öppet ärende en löpande frist eller ett brott som någon"
        " äger. Det prövas en gång i den simulerade timmen.",
        ("", "Antal"),
        (
            ("Prövningar", str(it.checks)),
            ("Ärenden utan frist och utan ägt brott", str(it.unpromised)),
            ("Frister som förfallit utan att svepningen sett det", str(it.overlooked)),
            ("Brott som inte blev antecknade", str(it.unrecorded)),
            ("Skadade ärenden", str(it.damaged)),
        ),
    )


def _staffing(found: Staffing) -> Table:
    goal = f"{found.goal:.0%}".replace("%", " %")
    if found.reached:
        note = (
            f"Inget pass kan minskas med en person och ändå hålla {goal} på fröna i sökningen"
            f" ({percent(found.searched_share)}). Spelat på nya frön: {percent(found.share)},"
            f" 95 % konfidensintervall {percent(found.low)} till {percent(found.high)}."
            + (
                ""
                if found.proved
                else " Intervallet når under målet: räkna inte med att det räcker."
            )
        )
    else:
        note = (
            f"{goal} nås inte ens med så här många i varje pass: {percent(found.share)}. Resten"
            " beror på annat än bemanningen."
        )
    return Table(
        f"Bemanning för {goal}",
        note,
        ("Pass", "Personer"),
        tuple((block.name, str(block.people)) for block in found.blocks),
    )


def text(result: Result, found: Sequence[Staffing]) -> Iterator[str]:
    """The tables as lines for a screen."""
    yield summary(result)
    for table in tables(result, found):
        yield ""
        yield table.heading.upper()
        if table.note:
            yield table.note
        yield from _lines(table)
    yield ""
    yield INVENTED


def _lines(table: Table) -> Iterator[str]:
    if not table.rows:
        yield "Inget."
        return
    every = (table.columns, *table.rows)
    widths = [max(len(row[place]) for row in every) for place in range(len(table.columns))]
    for row in every if any(table.columns) else table.rows:
        yield "  ".join(
            f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()


def length(hours: float) -> str:
    """A length as people say it."""
    if hours < 1:
        return f"{hours * 60:.0f} min"
    if hours < 48:
        return f"{decimal(hours)} h"
    return f"{decimal(hours / 24)} dagar"


def share(part: int, whole: int) -> str:
    """A part as whole per cent."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def percent(number: float) -> str:
    """A share as per cent with one decimal."""
    return f"{decimal(100 * number)} %"


def decimal(number: float) -> str:
    """One decimal, with a comma."""
    return f"{number:.1f}".replace(".", ",")
