"""Blind double ratings on PostgreSQL: rows are added, and the database refuses all else."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, func, insert, select
from sqlalchemy.exc import IntegrityError

from adapters.alone import alone
from adapters.rule_tables import rating_cases, rating_samples, ratings
from adapters.tables import journal
from rules.days import Days
from rules.level import Level
from rules.ratings import RATERS, AlreadyRated, Chosen, OwnLevel, RatedByTwo, Rating, Sample
from workflows.judgements import KINDS

_ONE_AT_A_TIME = 20_260_105
_HANDS = tuple(kind for kind in KINDS if kind != "classified")
_REFUSED = {
    "uq_ratings_sample_id_place_rater": AlreadyRated,
    "ck_ratings_two_raters": RatedByTwo,
    "ck_ratings_not_their_own_level": OwnLevel,
}


class PostgresRatings:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sample: Sample, chosen: Sequence[Chosen]) -> Sample:
        row = {
            "drawn_by": sample.drawn_by,
            "drawn_at": sample.drawn_at,
            "first_day": sample.days.first,
            "last_day": sample.days.last,
            "size": sample.size,
            "seed": sample.seed,
        }
        added = insert(rating_samples).values(row).returning(rating_samples.c.id)
        kept = replace(sample, id=self._connection.execute(added).scalar_one())
        rows = [_chosen_row(it) | {"sample_id": kept.id} for it in chosen]
        self._connection.execute(insert(rating_cases), rows)
        return kept

    def samples(self) -> tuple[Sample, ...]:
        query = select(rating_samples).order_by(rating_samples.c.id.desc())
        return tuple(_sample(row) for row in self._connection.execute(query).mappings())

    def chosen(self, sample_id: int) -> tuple[Chosen, ...]:
        query = (
            select(rating_cases)
            .where(rating_cases.c.sample_id == sample_id)
            .order_by(rating_cases.c.place)
        )
        return tuple(_chosen(row) for row in self._connection.execute(query).mappings())

    def waiting(self, rater: str) -> tuple[Chosen, ...]:
        of_case = (ratings.c.sample_id == rating_cases.c.sample_id) & (
            ratings.c.place == rating_cases.c.place
        )
        count = select(func.count()).where(of_case).scalar_subquery()
        mine = select(ratings.c.turn).where(of_case, ratings.c.rater == rater)
        my_hand = select(journal.c.seq).where(
            journal.c.case_id == rating_cases.c.case_id,
            journal.c.kind.in_(_HANDS),
            journal.c.actor == rater,
        )
        query = (
            select(rating_cases)
            .where(
                count < RATERS,
                ~mine.exists(),
                ~my_hand.exists(),
                ~rating_cases.c.hands.contains([rater]),
            )
            .order_by(rating_cases.c.sample_id, rating_cases.c.place)
        )
        return tuple(_chosen(row) for row in self._connection.execute(query).mappings())

    def rate(self, rating: Rating) -> None:
        alone(self._connection, _ONE_AT_A_TIME)
        place = (rating_cases.c.sample_id, rating_cases.c.place)
        here = (rating.sample_id, rating.place)
        hands = select(rating_cases.c.hands).where(place[0] == here[0], place[1] == here[1])
        given = select(func.count()).where(
            ratings.c.sample_id == here[0], ratings.c.place == here[1]
        )
        row = {
            "sample_id": rating.sample_id,
            "place": rating.place,
            "turn": self._connection.execute(given).scalar_one() + 1,
            "hands": self._connection.execute(hands).scalar_one(),
            "rater": rating.rater,
            "level": rating.level,
            "reason": rating.reason,
            "rated_at": rating.rated_at,
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(ratings).values(row))
        except IntegrityError as refused:
            name = getattr(getattr(refused.orig, "diag", None), "constraint_name", None)
            raise _REFUSED.get(str(name), RatedByTwo) from refused

    def ratings(self, sample_id: int) -> tuple[Rating, ...]:
        query = (
            select(ratings)
            .where(ratings.c.sample_id == sample_id)
            .order_by(ratings.c.place, ratings.c.turn)
        )
        return tuple(_rating(row) for row in self._connection.execute(query).mappings())


def _sample(row: RowMapping) -> Sample:
    return Sample(
        id=row["id"],
        drawn_by=row["drawn_by"],
        drawn_at=row["drawn_at"],
        days=Days(row["first_day"], row["last_day"]),
        size=row["size"],
        seed=row["seed"],
    )


def _chosen_row(chosen: Chosen) -> dict[str, object]:
    return {
        "place": chosen.place,
        "case_id": chosen.case_id,
        "proposed": chosen.proposed,
        "confirmed": chosen.confirmed,
        "hands": list(chosen.hands),
    }


def _chosen(row: RowMapping) -> Chosen:
    levels = {name: Level(row[name]) for name in ("proposed", "confirmed")}
    return Chosen(**dict(row) | levels | {"hands": tuple(row["hands"])})


def _rating(row: RowMapping) -> Rating:
    return Rating(
        sample_id=row["sample_id"],
        place=row["place"],
        rater=row["rater"],
        level=Level(row["level"]),
        reason=row["reason"],
        rated_at=row["rated_at"],
    )
