"""The fewest changes that meet a goal, exact, and always the same ones when several are as few."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.engines.demand import Demand, Either, State
from rules.language.syntax import Scalar


@dataclass(frozen=True, slots=True)
class Option:
    """A new value for a name; of changes as few, those of the least weight are chosen."""

    name: str
    value: Scalar | None
    weight: int


Chosen = tuple[Option, ...]


def fewest(
    goal: Sequence[Either], state: State, options: Iterable[Option], *, below: int
) -> Chosen | None:
    """The options of least weight together that meet the goal, each name changed once.

    None when nothing that weighs less than `below` meets it.
    """
    by_name: dict[str, list[Option]] = {}
    for option in sorted(options, key=lambda it: it.weight):
        by_name.setdefault(option.name, []).append(option)
    search = _Search(goal, by_name, below)
    search.explore(dict(state), (), frozenset())
    return search.best


class _Search:
    """Branch and bound: whatever meets the goal must meet the demand that lacks most.

    Each branch takes one change that the demand needs, and leaves those before it; a branch that
    cannot become lighter than the best is left at once. A single count is met in one descent.
    """

    def __init__(
        self, goal: Sequence[Either], options: Mapping[str, Sequence[Option]], below: int
    ) -> None:
        self._goal = goal
        self._options = options
        self._below = below
        self.best: Chosen | None = None

    def explore(
        self, state: dict[str, Scalar | None], chosen: Chosen, left: frozenset[Option]
    ) -> None:
        """Finds the lightest set of options that holds `chosen` and none of `left`."""
        taken = frozenset(option.name for option in chosen)
        weight = sum(option.weight for option in chosen)
        if weight >= self._below:
            return
        lacking: list[tuple[int, Either]] = []
        for either in self._goal:
            if any(demand.missing(state) == 0 for demand in either):
                continue
            least = self._least(either, state, taken, left=left)
            if least is None or weight + least >= self._below:
                return
            lacking.append((least, either))
        if not lacking:
            self._below, self.best = weight, chosen
            return
        lacking.sort(key=lambda it: -it[0])
        if weight + _apart(lacking) < self._below:
            self._branch(lacking[0][1], state, chosen, left=left)

    def _branch(
        self,
        either: Either,
        state: dict[str, Scalar | None],
        chosen: Chosen,
        *,
        left: frozenset[Option],
    ) -> None:
        taken = frozenset(option.name for option in chosen)
        weight = sum(option.weight for option in chosen)
        offered = {
            option for demand in either for option in self._helping(demand, state, taken, left=left)
        }
        for option in sorted(offered, key=lambda it: it.weight):
            # The options that remain may already be too heavy, whichever of them comes first.
            least = self._least(either, state, taken, left=left)
            if least is None or weight + least >= self._below:
                return
            changed = {**state, option.name: option.value}
            self.explore(changed, (*chosen, option), left)
            left |= {option}

    def _least(
        self, either: Either, state: State, taken: frozenset[str], *, left: frozenset[Option]
    ) -> int | None:
        """The least that the cheapest of the demands can still cost; None when none can be met."""
        bounds = [self._bound(demand, state, taken, left=left) for demand in either]
        return min((bound for bound in bounds if bound is not None), default=None)

    def _bound(
        self, demand: Demand, state: State, taken: frozenset[str], *, left: frozenset[Option]
    ) -> int | None:
        """The least that the demand can still cost; None when it cannot be met."""
        cheapest: dict[str, int] = {}
        for option in self._helping(demand, state, taken, left=left):
            cheapest.setdefault(option.name, option.weight)
        missing = demand.missing(state)
        if len(cheapest) < missing:
            return None
        return sum(sorted(cheapest.values())[:missing])

    def _helping(
        self, demand: Demand, state: State, taken: frozenset[str], *, left: frozenset[Option]
    ) -> Iterator[Option]:
        """The changes that bring the demand nearer, the lightest first for each name."""
        for name in demand.names:
            if name in taken or demand.accepts(state.get(name)):
                continue
            for option in self._options.get(name, ()):
                if option not in left and demand.accepts(option.value):
                    yield option


def _apart(lacking: Iterable[tuple[int, Either]]) -> int:
    """What demands that share no name cost together; no set of changes can cost less."""
    cost, names = 0, set[str]()
    for bound, either in lacking:
        mine = {name for demand in either for name in demand.names}
        if names.isdisjoint(mine):
            cost, names = cost + bound, names | mine
    return cost
