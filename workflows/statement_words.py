"""A daily statement in Swedish: line by line for a page, for paper and for a letter."""

from collections.abc import Iterator
from datetime import datetime

from rules.local_time import moment
from workflows.daily_statement import DailyStatement, Figures, Signed

Line = tuple[str, str]
_SECOND = 1000


def headline(said: DailyStatement) -> str:
    """The promise in one sentence."""
    it = said.figures
    watched = it.with_clock + it.with_breach
    return f"{_cases(it.open)}, {watched} bevakade, {len(it.without)} utan."


def lines(said: DailyStatement) -> Iterator[Line]:
    """Every figure with its name."""
    yield "Gjort", _made(said)
    if said.missed:
        yield "Inget intyg för", ", ".join(str(day) for day in said.missed)
    yield from _figures(said.figures)
    yield "Meddelanden som väntar", _since(said.deliveries_waiting, said.oldest_delivery)
    yield "Meddelanden som har getts upp", str(said.dead_letters)
    yield "Processer igång", str(said.processes_working)
    yield "Processer som har tystnat", str(said.processes_silent)
    yield "Klockan mot databasens", _skew(said.skew)
    yield "Regelversion", said.rules_version
    yield "Journalen till och med", f"plats {said.head.position}"


def marks(signed: Signed) -> Iterator[Line]:
    """What holds it together, in hexadecimal digits."""
    said = signed.statement
    yield "Journalens hash", said.head.hash or "ingen händelse"
    yield "Föregående intyg", said.previous or "det här är det första"
    yield "Intygets hash", signed.hash
    yield "Underskrift", signed.signature
    yield "Hubbens nyckel", signed.key


def letter(signed: Signed) -> Line:
    """Subject and body; whoever keeps the hash can tell when a statement has been taken away."""
    said = signed.statement
    told = "\n".join(f"{name}: {value}" for name, value in lines(said))
    hurry = "Ärenden utan bevakning måste någon se till nu.\n\n" if said.figures.without else ""
    body = f"{headline(said)}\n\n{hurry}{told}\nIntygets hash: {signed.hash}\n\nSpara brevet."
    return f"Dagsintyg {said.day}: {headline(said)}", body


def _figures(it: Figures) -> Iterator[Line]:
    yield "Öppna ärenden", str(it.open)
    yield "Med löpande frist som någon får veta", str(it.with_clock)
    yield "Med bara ett fristbrott som någon äger", str(it.with_breach)
    yield "Utan någotdera", ", ".join(it.without) or "0"
    yield "Öppna fristbrott", str(it.breaches_open)
    yield "Fristbrott utan förklaring", str(it.breaches_unexplained)
    yield "Äldsta larm som inte har gått", moment(it.oldest_alarm) if it.oldest_alarm else "inget"


def _made(said: DailyStatement) -> str:
    if not said.late:
        return moment(said.made_at)
    return f"{moment(said.made_at)}, för sent: det skulle ha gjorts {moment(said.due_at)}"


def _since(count: int, oldest: datetime | None) -> str:
    return f"{count}, det äldsta från {moment(oldest)}" if oldest else str(count)


def _skew(milliseconds: int) -> str:
    """What is less than a second is nothing to anybody; its exact number stands in the text."""
    if abs(milliseconds) < _SECOND:
        return "skiljer mindre än en sekund"
    return f"{milliseconds} millisekunder".replace("-", "−")


def _cases(count: int) -> str:
    return f"{count} öppet ärende" if count == 1 else f"{count} öppna ärenden"
