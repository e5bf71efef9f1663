"""Blind double ratings in memory."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.memory_tables import Staged
from rules.events import Classified
from rules.ratings import RATERS, AlreadyRated, Chosen, OwnLevel, RatedByTwo, Rating, Sample
from workflows.judgements import LevelEvent


class MemoryRatings:
    """Rows by number and place, in the order they were added."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def add(self, sample: Sample, chosen: Sequence[Chosen]) -> Sample:
        kept = replace(sample, id=next(self._staged.store.serial))
        self._staged.own.samples[kept.id] = kept
        for it in chosen:
            self._staged.own.sampled[kept.id, it.place] = replace(it, sample_id=kept.id)
        return kept

    def samples(self) -> tuple[Sample, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().samples.values())
        return tuple(sorted(every, key=lambda it: it.id, reverse=True))

    def chosen(self, sample_id: int) -> tuple[Chosen, ...]:
        return tuple(it for it in self._sampled() if it.sample_id == sample_id)

    def _sampled(self) -> list[Chosen]:
        with self._staged.store.lock:
            every = list(self._staged.view().sampled.values())
        return sorted(every, key=lambda it: (it.sample_id, it.place))

    def waiting(self, rater: str) -> tuple[Chosen, ...]:
        return tuple(it for it in self._sampled() if self._waits(it, rater))

    def _waits(self, chosen: Chosen, rater: str) -> bool:
        given = self._given(chosen.sample_id, chosen.place)
        with self._staged.store.lock:
            events = self._staged.view().journal.get(chosen.case_id, ())
        hands = {
            it.by for it in events if isinstance(it, LevelEvent) and not isinstance(it, Classified)
        }
        mine = rater in {it.rater for it in given}
        return len(given) < RATERS and not mine and rater not in hands.union(chosen.hands)

    def _given(self, sample_id: int, place: int) -> list[Rating]:
        return [it for it in self.ratings(sample_id) if it.place == place]

    def rate(self, rating: Rating) -> None:
        self._staged.lock("ratings")
        (chosen,) = (it for it in self.chosen(rating.sample_id) if it.place == rating.place)
        given = self._given(rating.sample_id, rating.place)
        if rating.rater in chosen.hands:
            raise OwnLevel
        if rating.rater in {it.rater for it in given}:
            raise AlreadyRated
        if len(given) >= RATERS:
            raise RatedByTwo
        place = (rating.sample_id, rating.place, len(given) + 1)
        self._staged.own.ratings[place] = rating

    def ratings(self, sample_id: int) -> tuple[Rating, ...]:
        with self._staged.store.lock:
            every = sorted(self._staged.view().ratings.items())
        return tuple(it for (of, _, _), it in every if of == sample_id)
