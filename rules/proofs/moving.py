"""From which level to which a concern can go, each such move with a concern that makes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.language.period import Period
from rules.level import Level
from rules.proofs.change import LevelChange, Verdict, Witness
from rules.proofs.compared import Compared
from rules.proofs.search import Unproved

Move = tuple[Level, Level]


@dataclass(frozen=True, slots=True)
class Moved:
    """Every move that is possible; `undecided` are the periods where z3 came to no answer."""

    changes: tuple[LevelChange, ...]
    undecided: tuple[Period, ...]

    @property
    def verdict(self) -> Verdict:
        """The two versions against each other; what could not be proved is never equal."""
        raises = any(it.raises for it in self.changes)
        lowers = any(not it.raises for it in self.changes)
        if raises and lowers:
            return Verdict.INCOMPARABLE
        if self.undecided:
            return Verdict.UNDECIDED
        if raises or lowers:
            return Verdict.STRICTER if raises else Verdict.LAXER
        return Verdict.EQUAL


def moved(periods: Iterable[Compared], undecided: Iterable[Period] = ()) -> Moved:
    """The moves of each period; `undecided` could not even be laid out."""
    found: dict[Move, list[Witness]] = {}
    unproved = [*undecided, *(it.period for it in periods if not _collect(it, found))]
    changes = (_change(move, witnesses) for move, witnesses in sorted(found.items(), key=_place))
    return Moved(tuple(changes), tuple(unproved))


def _collect(compared: Compared, found: dict[Move, list[Witness]]) -> bool:
    """Adds the moves of the period; False when one of them could be neither shown nor ruled out."""
    if compared.reads_alike:
        return True
    proved = True
    for before, after, claim in compared.moves():
        try:
            witness = compared.witness(claim)
        except Unproved:
            proved = False
            continue
        if witness:
            found.setdefault((before, after), []).append(witness)
    return proved


def _place(item: tuple[Move, list[Witness]]) -> tuple[bool, int, int]:
    """What lowers comes first, and the highest level first."""
    before, after = item[0]
    return after.above(before), -before.rank, after.rank


def _change(move: Move, witnesses: list[Witness]) -> LevelChange:
    before, after = move
    key = f"nivå:{before.value}→{after.value}"
    return LevelChange(key=key, before=before, after=after, witnesses=tuple(witnesses))
