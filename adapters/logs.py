"""One log, in which a name, a personal number or free text cannot come out.

Fields come from a closed list and each has its form; what is not on the list or has another form
is dropped, and the line says which field. Of an exception come its classes and where, never its
words. What other libraries log comes out as its logger and place, never as its text.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.log_fields import EVENT, FIELDS, permitted

_FRAMES = 12


def set_up_logs(stream: TextIO, *, cache: bool = False) -> None:
    """Log to `stream`: readable on a terminal, else a JSON object a line."""
    structlog.configure(
        processors=[*processors(), _renderer(stream)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, Yielding(stream))),
        cache_logger_on_first_use=cache,
    )
    root = logging.getLogger()
    root.handlers[:] = [Foreign()]
    root.setLevel(logging.WARNING)
    sys.excepthook = _uncaught


class Yielding:
    """The stream of the log, which never stops the work: a line that finds no room is given up.

    Else whoever is told that something is kept would, on a full disk, be told that it broke.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        """The line, or nothing."""
        with suppress(OSError):
            self._stream.write(line)

    def flush(self) -> None:
        """What there is room for."""
        with suppress(OSError):
            self._stream.flush()


def processors() -> tuple[Processor, ...]:
    """The chain that every line goes through before it is rendered."""
    return (
        structlog.contextvars.merge_contextvars,
        scrub,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )


def scrub(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Only permitted fields in their permitted form; exceptions by class and place."""
    event = line.pop("event", "")
    error = _exception(line.pop("exc_info", None))
    clean: EventDict = {"event": event if EVENT.fullmatch(str(event)) else "log.refused"}
    dropped = sorted(name if name in FIELDS else "?" for name in line if not _fits(line, name))
    clean.update({name: permitted(name, line[name]) for name in line if _fits(line, name)})
    if dropped:
        clean["dropped"] = dropped
    if error is not None:
        clean["error"] = list(_chain(error))
    return clean


def _fits(line: EventDict, name: str) -> bool:
    return permitted(name, line[name]) is not None


def _exception(given: object) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


def _chain(error: BaseException) -> Iterator[str]:
    """`ValueError at rules/fold.py:31 < hub/pages.py:80`, then what it was caused by."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        places = " < ".join(reversed(list(_places(current.__traceback__))[-_FRAMES:]))
        yield f"{type(current).__name__} at {places or 'unknown'}"
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        yield f"{file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)


def _uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    structlog.get_logger().critical("program.failed", exc_info=error)


class Foreign(logging.Handler):
    """Takes what other libraries log; their texts may hold anything, so none is kept."""

    def emit(self, record: logging.LogRecord) -> None:
        """The logger, the place and the class of an exception."""
        structlog.get_logger().log(
            record.levelno,
            "library.logged",
            library=record.name.split(".")[0].lower(),
            place=f"{Path(record.pathname).name}:{record.lineno}",
            exc_info=record.exc_info[1] if record.exc_info else None,
        )
