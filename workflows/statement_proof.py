"""Proves that the daily statements are as they were signed, and the journal as they tell of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.daily_statement import Head, Signed, faults_of_chain, readable
from workflows.statement_ports import Holds, Statements


@dataclass(frozen=True, slots=True)
class Trusted:
    """The public keys that a statement may be signed by, and how a signature is tried."""

    keys: frozenset[str]
    holds: Holds


def faults_of(
    statements: Statements, kept: Sequence[Signed], trusted: Trusted | None
) -> Iterator[str]:
    """What has been changed, taken away or moved among `kept`, which are all of them by number.

    Without a key nobody can tell who signed: then only the chain and the journal are tried.
    """
    yield from faults_of_chain(kept)
    if trusted is not None:
        yield from _faults_of_signatures(kept, trusted)
    yield from _faults_of_heads(statements, kept)


def _faults_of_signatures(kept: Sequence[Signed], trusted: Trusted) -> Iterator[str]:
    for signed in kept:
        if not trusted.holds(signed.text, signed.signature, key=signed.key):
            yield f"{signed.name}: underskriften stämmer inte."
        elif signed.key not in trusted.keys:
            yield f"{signed.name}: är underskrivet med en annan nyckel än hubbens."


def _faults_of_heads(statements: Statements, kept: Sequence[Signed]) -> Iterator[str]:
    """The journal must still be what each statement says that it was."""
    at = Head()
    for signed in kept:
        said = readable(signed)
        if said is None:
            continue
        found = statements.head(at, said.head.position)
        if found != said.head:
            yield f"{signed.name}: journalen är en annan än när intyget skrevs."
        at = said.head
