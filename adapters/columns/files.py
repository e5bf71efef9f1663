"""Past concerns in a file: lines of JSON as in examples/concerns.jsonl, or Parquet.

What is wrong in a line or a row is told with its number, and it is left out; the rest is kept.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from adapters.columns.parquet import Read, read_parquet
from adapters.columns.past import ColumnConcerns
from rules.language.vocabulary import Vocabulary
from workflows.concern_line import BadLine, Concern, read_line
from workflows.past_concerns import BadConcern, CannotRead, Loaded

# A person reads some of the faults; of a file with a million of them the number is enough.
MOST_TOLD = 1000
_MARK = b"PAR1"


def load(path: Path, words: Vocabulary) -> Loaded:
    """The concerns of the file, of whichever kind it is; raises CannotRead."""
    return _loaded(_read(path, words))


def load_lines(lines: Iterable[bytes], words: Vocabulary) -> Loaded:
    """The concerns of lines of JSON; empty lines are nothing."""
    return _loaded(_read_lines(lines, words))


def convert(source: Path, target: Path, words: Vocabulary) -> Loaded:
    """Write the concerns of a file as Parquet, which is read much faster; raises also OSError."""
    read = _read(source, words)
    read.rows.write_parquet(target)
    return _loaded(read)


def _read(path: Path, words: Vocabulary) -> Read:
    try:
        with path.open("rb") as file:
            if file.read(len(_MARK)) == _MARK:
                return read_parquet(path, words, most=MOST_TOLD)
            file.seek(0)
            return _read_lines(file, words)
    except OSError as error:
        raise CannotRead(f"filen går inte att läsa ({type(error).__name__})") from error


def _read_lines(lines: Iterable[bytes], words: Vocabulary) -> Read:
    reading = _Lines(words)
    past = ColumnConcerns.of(reading.good(lines), words)
    return Read(past.rows, reading.left_out, tuple(reading.bad))


def _loaded(read: Read) -> Loaded:
    return Loaded(ColumnConcerns(read.rows), read.bad, read.left_out)


class _Lines:
    """Reads line by line, and keeps what is told of the bad ones."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.bad: list[BadConcern] = []
        self.left_out = 0

    def good(self, lines: Iterable[bytes]) -> Iterator[Concern]:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield read_line(line.decode("utf-8-sig"), self._words, dated=True)
            except UnicodeDecodeError:
                self._leave(BadConcern(number, None, "raden är inte UTF-8"))
            except BadLine as bad:
                self._leave(BadConcern(number, bad.id, str(bad)))

    def _leave(self, bad: BadConcern) -> None:
        self.left_out += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append(bad)
