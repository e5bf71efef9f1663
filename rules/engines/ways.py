"""The fewest answers that together make one alternative of a condition hold, and which they may be.

An answer that serves two counts is one answer: the way is as short as it can be made, and only what
is part of some shortest way is offered.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rules.engines.alone import Reply
from rules.engines.normal import Literal
from rules.engines.oracle import Test
from rules.engines.situation import Situation
from rules.language.syntax import Answered, AtLeast, Unanswered

Alternative = tuple[tuple[Literal, Test], ...]

# So many counts that share questions are weighed against each other; beyond that each is met by
# itself, and the way may be told as longer than it is.
MOST_SHARED = 4


@dataclass(frozen=True, slots=True)
class Way:
    """The answers that are part of some shortest way, and how many of them one needs."""

    replies: tuple[Reply, ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Count:
    """So many of these open questions must be answered ja (`holds`), or nej."""

    need: int
    names: tuple[str, ...]
    holds: bool


def shortest_way(alternative: Alternative, situation: Situation) -> Way | None:
    """What is to be answered for the alternative to hold; None when it cannot by answers alone."""
    required: dict[str, bool] = {}
    counts: list[tuple[AtLeast, bool]] = []
    kept_empty: set[str] = set()
    for literal, test in alternative:
        truth = test(situation)
        match literal.leaf:
            case Unanswered(indicators) if truth and literal.holds:
                kept_empty.update(indicators)
            case _ if truth is literal.holds:
                continue
            case Answered(indicator) if truth is None:
                required[indicator] = literal.holds
            case AtLeast() as leaf if truth is None:
                counts.append((leaf, literal.holds))
            case _:
                return None
    if not kept_empty.isdisjoint(required):
        return None
    closed = {*situation.answers, *required, *kept_empty}
    given = {**situation.answers, **required}
    lacking = [it for leaf, holds in counts if (it := _lacking(leaf, holds, given, closed=closed))]
    further = _fewest(lacking)
    if further is None:
        return None
    return Way((*required.items(), *further.replies), len(required) + further.size)


def _lacking(
    leaf: AtLeast, holds: bool, given: dict[str, bool], *, closed: set[str]
) -> _Count | None:
    """What the count still needs, besides what is answered and what the way requires anyway."""
    need = leaf.count if holds else len(leaf.indicators) - leaf.count + 1
    missing = need - sum(given.get(name) is holds for name in leaf.indicators)
    names = tuple(name for name in leaf.indicators if name not in closed)
    return _Count(missing, names, holds) if missing > 0 else None


def _fewest(counts: Sequence[_Count]) -> Way | None:
    """The shortest way to meet all the counts; None when there is none."""
    if any(len(count.names) < count.need for count in counts):
        return None
    named = [name for count in counts for name in count.names]
    if len(set(named)) == len(named) or len(counts) > MOST_SHARED:
        replies = ((name, count.holds) for count in counts for name in count.names)
        return Way(tuple(dict.fromkeys(replies)), sum(count.need for count in counts))
    return _Sharing(counts).fewest()


# The counts that a ja to a question helps, and those that a nej helps, by number.
_Use = tuple[frozenset[int], frozenset[int]]
_Needs = tuple[int, ...]


class _Sharing:
    """Counts with common questions; those of the same use are alike, however many they are."""

    def __init__(self, counts: Sequence[_Count]) -> None:
        self._needs = tuple(count.need for count in counts)
        self._use = {name: _use(name, counts) for count in counts for name in count.names}
        self._alike = tuple(Counter(self._use.values()).items())
        self._size = cache(self._size_from)

    def fewest(self) -> Way | None:
        """The size by trying how many of each use are answered ja and nej."""
        size = self._size(self._alike, self._needs)
        if size is None:
            return None
        part = {(use, holds) for use, holds in self._uses() if self._is_part(use, holds, size)}
        replies = [
            (name, holds)
            for name, use in self._use.items()
            for holds in (True, False)
            if (use, holds) in part
        ]
        return Way(tuple(replies), size)

    def _uses(self) -> Iterator[tuple[_Use, bool]]:
        for use, _ in self._alike:
            for holds in (True, False):
                if use[not holds]:
                    yield use, holds

    def _is_part(self, use: _Use, holds: bool, size: int) -> bool:
        """Whether one such answer leaves a way that is one shorter."""
        rest = tuple((it, n - (it == use)) for it, n in self._alike)
        left = self._size(rest, _met(self._needs, use[not holds], 1))
        return left is not None and left + 1 == size

    def _size_from(self, alike: tuple[tuple[_Use, int], ...], needs: _Needs) -> int | None:
        if not any(needs):
            return 0
        if not alike:
            return None
        ((yes, no), many), *others = alike
        most = min(many, max(needs))
        sizes = [
            ja + nej + further
            for ja in range(most + 1 if yes else 1)
            for nej in range(min(most, many - ja) + 1 if no else 1)
            if (further := self._size(tuple(others), _met(_met(needs, yes, ja), no, nej)))
            is not None
        ]
        return min(sizes, default=None)


def _use(name: str, counts: Iterable[_Count]) -> _Use:
    numbered = [(n, count.holds) for n, count in enumerate(counts) if name in count.names]
    yes = frozenset(n for n, holds in numbered if holds)
    return yes, frozenset(n for n, holds in numbered if not holds)


def _met(needs: _Needs, helped: frozenset[int], answers: int) -> _Needs:
    """The needs after so many answers that each help the same counts."""
    return tuple(max(0, need - answers * (n in helped)) for n, need in enumerate(needs))
