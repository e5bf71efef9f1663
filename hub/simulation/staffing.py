"""The smallest staffing that keeps the promises, searched for with the real rules.

Every try plays the same concerns, the same people's luck and the same units (common random
numbers), so that two tries differ by the staffing only. Blocks are made smaller one at a time by
halving, which takes for granted that more people keep more promises. That is no theorem here, so
the answer is played again on seeds that the search has not seen, and told with its interval.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev

from hub.simulation.profile import Block, Profile, Search

# The share of promises kept with this profile on this seed.
Try = Callable[[Profile, int], float]
# Student's t, two-sided 95 %, by degrees of freedom.
_T = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13)
_T_LARGE = 2.13
_PROOF = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """The answer: blocks, and the share kept on fresh seeds with a 95 % interval.

    `reached` is false when not even the most people kept the goal; then the blocks are the most.
    """

    goal: float
    reached: bool
    blocks: tuple[Block, ...]
    share: float
    low: float
    high: float
    searched_share: float
    tries: int

    @property
    def proved(self) -> bool:
        """The goal held on seeds that the search had not seen, and not by luck."""
        return self.low >= self.goal


def smallest(profile: Profile, goal: float, attempt: Try, *, seed: int) -> Staffing:
    """The staffing no block of which can be made smaller, for `goal` on the seeds of the search."""
    search = _Searching(profile, goal, attempt, seed)
    places = _places(profile)
    people = dict.fromkeys(places, profile.search.most)
    reached = search.holds(people)
    if reached:
        for place in places:
            people[place] = search.least(people, place)
    return search.answer(people, reached=reached)


def _places(profile: Profile) -> tuple[int, ...]:
    """The blocks that may be varied, those with the most hours first."""
    blocks = profile.staffing
    mine = [n for n, block in enumerate(blocks) if block.team in profile.search.teams]
    return tuple(sorted(mine, key=lambda n: -blocks[n].hours))


@dataclass(slots=True)
class _Searching:
    profile: Profile
    goal: float
    attempt: Try
    seed: int
    tries: int = 0

    def holds(self, people: dict[int, int]) -> bool:
        return self.share(people, self._seeds()) >= self.goal

    def _seeds(self) -> Sequence[int]:
        return range(self.seed, self.seed + self.profile.search.seeds)

    def share(self, people: dict[int, int], seeds: Sequence[int]) -> float:
        return mean(self._each(people, seeds))

    def _each(self, people: dict[int, int], seeds: Sequence[int]) -> Iterator[float]:
        staffed = with_people(self.profile, people)
        for seed in seeds:
            self.tries += 1
            yield self.attempt(staffed, seed)

    def least(self, people: dict[int, int], place: int) -> int:
        """The fewest in one block that still hold, the others as they are."""
        enough, short = people[place], -1
        while enough - short > 1:
            middle = (enough + short) // 2
            if self.holds({**people, place: middle}):
                enough = middle
            else:
                short = middle
        return enough

    def answer(self, people: dict[int, int], *, reached: bool) -> Staffing:
        search: Search = self.profile.search
        fresh = range(self.seed + _PROOF, self.seed + _PROOF + search.proof_seeds)
        shares = list(self._each(people, fresh))
        low, high = interval(shares)
        return Staffing(
            goal=self.goal,
            reached=reached,
            blocks=with_people(self.profile, people).staffing,
            share=mean(shares),
            low=low,
            high=high,
            searched_share=self.share(people, self._seeds()),
            tries=self.tries,
        )


def with_people(profile: Profile, people: dict[int, int]) -> Profile:
    """The profile with other numbers in some blocks."""
    blocks = tuple(
        block.model_copy(update={"people": people.get(place, block.people)})
        for place, block in enumerate(profile.staffing)
    )
    return profile.model_copy(update={"staffing": blocks})


def interval(shares: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean over seeds, within 0 and 1; Student's t."""
    freedom = len(shares) - 1
    t = _T[freedom - 1] if freedom <= len(_T) else _T_LARGE
    reach = t * stdev(shares) / sqrt(len(shares))
    return max(0.0, mean(shares) - reach), min(1.0, mean(shares) + reach)
