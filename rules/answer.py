"""Answers to the instrument's questions: ja, nej or okänt, and who said it."""

from dataclasses import dataclass
from enum import StrEnum


class Value(StrEnum):
    """Three-valued: okänt is an answer of its own and never counts as nej."""

    YES = "ja"
    NO = "nej"
    UNKNOWN = "okänt"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and its source: a reporter kind, `mottagning` or a unit."""

    value: Value
    source: str
