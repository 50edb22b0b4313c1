"""Dates, ambassadors, ballots, and what older tables of groups have to know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0151"
down_revision = "0150"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Living groups go on taking wishes."""
    _dates()
    _ambassadors()
    _attendances_ballots()
    _list_votes()
    op.execute("UPDATE groups SET routed = TRUE WHERE kind <> 'secret'")


def _dates() -> None:
    op.create_table(
        "dates",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG),
        sa.Column("producer_id", BIG),
        sa.Column("person_id", BIG),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("time_zone", sa.String(40), nullable=False),
        sa.Column("place", sa.String(160), nullable=False),
        sa.Column("region", sa.String(80)),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("alcohol", sa.Boolean(), nullable=False),
        sa.Column("seats", BIG),
        sa.Column("taken", BIG, nullable=False),
        sa.Column("cost_words", sa.String(120), nullable=False),
        sa.Column("sign_up", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('harvest','fair','tasting','workshop','sale','meeting')",
                           name=op.f("ck_dates_kind")),
        sa.CheckConstraint("state IN ('planned','cancelled')",
                           name=op.f("ck_dates_state")),
        sa.CheckConstraint("(group_id IS NULL) <> (producer_id IS NULL)",
                           name=op.f("ck_dates_whose")),
        sa.CheckConstraint("ends_at > starts_at",
                           name=op.f("ck_dates_ends_at")),
        sa.CheckConstraint("seats IS NULL OR taken <= seats",
                           name=op.f("ck_dates_taken")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_dates_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_dates_person_id_people")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"],
                                name=op.f("fk_dates_producer_id_producers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dates")))
    op.create_index("ix_dates_group_id", "dates", ["group_id", "starts_at"])
    op.create_index("ix_dates_producer_id", "dates", ["producer_id", "starts_at"])
    op.create_index("ix_dates_starts_at", "dates", ["starts_at"])


def _ambassadors() -> None:
    op.create_table(
        "ambassadors",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("producer_id", BIG),
        sa.Column("product_id", BIG),
        sa.Column("group_id", BIG),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("benefit", sa.String(160), nullable=False),
        sa.Column("words", sa.String(280), nullable=False),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("since", UtcDateTime()),
        sa.Column("until", UtcDateTime()),
        sa.CheckConstraint("state IN ('asked','offered','active','ended')",
                           name=op.f("ck_ambassadors_state")),
        sa.CheckConstraint("(CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END) "
                           "+ (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END) "
                           "+ (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) = 1",
                           name=op.f("ck_ambassadors_one_thing")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"],
                                name=op.f("fk_ambassadors_asked_by_people")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_ambassadors_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_ambassadors_person_id_people")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"],
                                name=op.f("fk_ambassadors_producer_id_producers")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"],
                                name=op.f("fk_ambassadors_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambassadors")))
    op.create_index("ix_ambassadors_group_id", "ambassadors", ["group_id"])
    op.create_index("ix_ambassadors_person_id", "ambassadors", ["person_id", "state"])
    op.create_index("ix_ambassadors_producer_id", "ambassadors", ["producer_id"])
    op.create_index("ix_ambassadors_product_id", "ambassadors", ["product_id"])


def _attendances_ballots() -> None:
    op.create_table(
        "attendances",
        sa.Column("date_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("offered_until", UtcDateTime()),
        sa.CheckConstraint("state IN ('going','waiting','offered','gone')",
                           name=op.f("ck_attendances_state")),
        sa.ForeignKeyConstraint(["date_id"], ["dates.id"],
                                name=op.f("fk_attendances_date_id_dates")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_attendances_person_id_people")),
        sa.PrimaryKeyConstraint("date_id", "person_id", name=op.f("pk_attendances")))
    op.create_index("ix_attendances_person_id", "attendances", ["person_id"])
    op.create_table(
        "ballots",
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("choice", sa.String(24), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_ballots_person_id_people")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"],
                                name=op.f("fk_ballots_proposal_id_proposals")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", "choice", name=op.f("pk_ballots")))
    op.create_table(
        "candidacies",
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("words", sa.String(280), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_candidacies_person_id_people")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"],
                                name=op.f("fk_candidacies_proposal_id_proposals")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_candidacies")))


def _list_votes() -> None:
    op.create_table(
        "list_votes",
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["list_items.id"],
                                name=op.f("fk_list_votes_item_id_list_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_list_votes_person_id_people")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_list_votes")))
    with op.batch_alter_table("group_lists") as batch:
        batch.add_column(sa.Column("curated_by", sa.String(10), nullable=False,
                                   server_default="members"))
        batch.create_check_constraint(op.f("ck_group_lists_curated_by"),
                                      "curated_by IN ('members','moderators','vote')")
    op.add_column("join_requests", sa.Column("reminded", BIG, nullable=False, server_default="0"))
    op.add_column("memberships", sa.Column("last_act_at", UtcDateTime()))
    op.add_column("threads", sa.Column("written_as", sa.String(8)))
    op.execute("UPDATE threads SET written_as = (SELECT kind FROM groups "
               "WHERE groups.id = threads.group_id) WHERE group_id IS NOT NULL")
    for table in ("group_rules", "threads"):
        _knows_its_proposal(table)
    op.create_index("uq_threads_proposal_id", "threads", ["proposal_id"], unique=True)
    with op.batch_alter_table("groups") as batch:
        for name, kind in (("next_kind", sa.String(8)), ("next_kind_at", UtcDateTime()),
                           ("opened_at", UtcDateTime()), ("resting_since", UtcDateTime()),
                           ("end_told_at", UtcDateTime())):
            batch.add_column(sa.Column(name, kind))
        batch.add_column(sa.Column("heir_id", BIG))
        batch.create_foreign_key(op.f("fk_groups_heir_id_people"), "people", ["heir_id"], ["id"])
        for name, kind, first in (
            ("producers", sa.String(12), "welcome"), ("invite_by", sa.String(10), "moderators"),
            ("questions", sa.Text(), ""), ("routed", sa.Boolean(), sa.false()),
            ("elected", sa.Boolean(), sa.false())):
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=first))
        for name, words in (
            ("next_kind", "next_kind IS NULL OR next_kind IN ('open','closed','secret')"),
            ("producers", "producers IN ('welcome','not_reading')"),
            ("not_reading", "producers = 'welcome' OR kind <> 'open'"),
            ("invite_by", "invite_by IN ('moderators','members')")):
            batch.create_check_constraint(op.f(f"ck_groups_{name}"), words)


def _knows_its_proposal(table: str) -> None:
    """A plain column: building the table anew would lose triggers and indexes by expression."""
    name = op.f(f"fk_{table}_proposal_id_proposals")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN proposal_id INTEGER "
                   f"CONSTRAINT {name} REFERENCES proposals (id)")
    else:
        op.add_column(table, sa.Column("proposal_id", BIG))
        op.create_foreign_key(name, table, "proposals", ["proposal_id"], ["id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
