"""What the workflows need of the world about blind double rating, as a protocol."""

from collections.abc import Sequence
from typing import Protocol

from rules.ratings import Chosen, Rating, Sample


class RatingStore(Protocol):
    """Samples and what was said of them; rows are added, never changed."""

    def add(self, sample: Sample, chosen: Sequence[Chosen]) -> Sample:
        """Keep the sample with what was drawn; it comes back with its id."""

    def samples(self) -> tuple[Sample, ...]:
        """Every sample, the newest first."""

    def chosen(self, sample_id: int) -> tuple[Chosen, ...]:
        """The concerns of the sample, by place; none when there is no such sample."""

    def waiting(self, rater: str) -> tuple[Chosen, ...]:
        """What the person may yet rate, the oldest sample first, by place."""

    def rate(self, rating: Rating) -> None:
        """Add the rating, one at a time.

        Raises AlreadyRated, RatedByTwo, and OwnLevel when the rater's hand was in the level.
        """

    def ratings(self, sample_id: int) -> tuple[Rating, ...]:
        """The ratings of the sample, by place and then in the order they were given."""
