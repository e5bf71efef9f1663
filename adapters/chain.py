"""The hash chain of a case: each journal row is sealed together with the seal before it."""

import json
from hashlib import sha256

from rules.events import EVENT, Event

FIRST = ""


def canonical(event: Event) -> str:
    """The one way to write the event, so that the same event gives the same hash for ever."""
    data = EVENT.dump_python(event, mode="json")
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(previous: str, text: str, *, case_id: str, seq: int) -> str:
    """The hash of one row."""
    return sha256("\n".join((previous, case_id, str(seq), text)).encode()).hexdigest()


def next_digest(digest: str, case_id: str, seq: int, *, seal: str) -> str:
    """The hash over the journal with one row more."""
    return sha256("\n".join((digest, case_id, str(seq), seal)).encode()).hexdigest()
