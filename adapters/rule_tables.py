"""The tables of rule versions, shadows and double ratings."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.metadata import Id, Moment, metadata

rule_versions = Table(
    "rule_versions",
    metadata,
    Column("version", Id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    UniqueConstraint("version", "author"),
)

# The author is repeated, so that the database itself holds that somebody else approved.
rule_approvals = Table(
    "rule_approvals",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("version", Id, nullable=False),
    Column("author", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("approved_at", Moment, nullable=False),
    Column("effective_at", Moment, nullable=False),
    Column("base", Id),
    Column("ticked", ARRAY(Text), nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["version", "author"],
        [rule_versions.c.version, rule_versions.c.author],
        name="fk_rule_approvals_version_author_rule_versions",
    ),
    CheckConstraint("approver <> author", name="another_person"),
    CheckConstraint("effective_at >= approved_at", name="not_backwards"),
    UniqueConstraint("id", "version"),
)

rule_rejections = Table(
    "rule_rejections",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("version", Id, ForeignKey(rule_versions.c.version), nullable=False),
    Column("approval_id", BigInteger),
    Column("rejected_by", Text, nullable=False),
    Column("rejected_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["approval_id", "version"],
        [rule_approvals.c.id, rule_approvals.c.version],
        name="fk_rule_rejections_approval_id_version_rule_approvals",
    ),
    UniqueConstraint("version", "approval_id", postgresql_nulls_not_distinct=True),
)

rule_shadows = Table(
    "rule_shadows",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("version", Id, ForeignKey(rule_versions.c.version), nullable=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("position", BigInteger, nullable=False),
)

rule_shadow_ends = Table(
    "rule_shadow_ends",
    metadata,
    Column("shadow_id", BigInteger, ForeignKey(rule_shadows.c.id), primary_key=True),
    Column("ended_at", Moment, nullable=False),
    Column("ended_by", Text, nullable=False),
)

rule_shadow_results = Table(
    "rule_shadow_results",
    metadata,
    Column("shadow_id", BigInteger, ForeignKey(rule_shadows.c.id), primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("case_id", Id, nullable=False),
    Column("number", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("live_version", Text, nullable=False),
    Column("live_level", Text),
    Column("live_rules", ARRAY(Text), nullable=False),
    Column("shadow_level", Text),
    Column("shadow_rules", ARRAY(Text), nullable=False),
    Column("fault", Text),
)

rating_samples = Table(
    "rating_samples",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("drawn_by", Text, nullable=False),
    Column("drawn_at", Moment, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("size", Integer, nullable=False),
    Column("seed", Text, nullable=False),
)

rating_cases = Table(
    "rating_cases",
    metadata,
    Column("sample_id", BigInteger, ForeignKey(rating_samples.c.id), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("proposed", Text, nullable=False),
    Column("confirmed", Text, nullable=False),
    Column("hands", ARRAY(Text), nullable=False),
    UniqueConstraint("sample_id", "case_id"),
    UniqueConstraint("sample_id", "place", "hands"),
)

# The hands are repeated, so that the database itself holds that none of them rates.
ratings = Table(
    "ratings",
    metadata,
    Column("sample_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("hands", ARRAY(Text), nullable=False),
    Column("rater", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rated_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["sample_id", "place", "hands"],
        [rating_cases.c.sample_id, rating_cases.c.place, rating_cases.c.hands],
        name="fk_ratings_sample_id_place_hands_rating_cases",
    ),
    UniqueConstraint("sample_id", "place", "rater"),
    CheckConstraint("turn IN (1, 2)", name="two_raters"),
    CheckConstraint("rater <> ALL (hands)", name="not_their_own_level"),
)

KEPT = (
    rule_versions,
    rule_approvals,
    rule_rejections,
    rule_shadows,
    rule_shadow_ends,
    rule_shadow_results,
    rating_samples,
    rating_cases,
    ratings,
)
