"""Groups to the full: ways in and out, proposals and ballots, dates, ambassadors, tags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0150"
down_revision = "0120"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("name_de", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")))
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
    op.create_table(
        "exclusions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("rule_number", BIG),
        sa.Column("words", sa.String(280), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_exclusions_by_id_people")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_exclusions_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_exclusions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")))
    op.create_index("uq_exclusions_running", "exclusions", ["group_id", "person_id"], unique=True,
                    sqlite_where=sa.text("ended_at IS NULL"),
                    postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "group_tags",
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("tag_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_group_tags_group_id_groups")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_group_tags_tag_id_tags")),
        sa.PrimaryKeyConstraint("group_id", "tag_id", name=op.f("pk_group_tags")))
    op.create_index("ix_group_tags_tag_id", "group_tags", ["tag_id"])
    op.create_table(
        "invites",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("hash", sa.String(64)),
        sa.Column("person_id", BIG),
        sa.Column("made_by", BIG, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("uses_left", BIG, nullable=False),
        sa.CheckConstraint("(hash IS NULL) <> (person_id IS NULL)",
                           name=op.f("ck_invites_either")),
        sa.CheckConstraint("uses_left >= 0",
                           name=op.f("ck_invites_uses_left")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_invites_group_id_groups")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"],
                                name=op.f("fk_invites_made_by_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_invites_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("hash", name=op.f("uq_invites_hash")))
    op.create_index("ix_invites_group_id", "invites", ["group_id", "expires_at"])
    op.create_index("uq_invites_person", "invites", ["group_id", "person_id"], unique=True,
                    sqlite_where=sa.text("person_id IS NOT NULL"),
                    postgresql_where=sa.text("person_id IS NOT NULL"))
    op.create_table(
        "opened_consents",
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_opened_consents_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_opened_consents_person_id_people")),
        sa.PrimaryKeyConstraint("group_id", "person_id", name=op.f("pk_opened_consents")))
    op.create_table(
        "proposals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("person_id", BIG),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("votes_from", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("needed", BIG, nullable=False),
        sa.Column("eligible", BIG, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("yes", BIG),
        sa.Column("no", BIG),
        sa.Column("veto_why", sa.String(280)),
        sa.Column("review_on", UtcDateTime()),
        sa.CheckConstraint("kind IN ('rule','kind','moderators','election','dissolve','other')",
                           name=op.f("ck_proposals_kind")),
        sa.CheckConstraint("state <> 'vetoed' OR veto_why IS NOT NULL",
                           name=op.f("ck_proposals_veto")),
        sa.CheckConstraint("state IN ('talk','vote','passed','failed','vetoed','overtaken')",
                           name=op.f("ck_proposals_state")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_proposals_group_id_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_proposals_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")))
    op.create_index("ix_proposals_group_id", "proposals", ["group_id", "opened_at"])
    op.create_index("ix_proposals_state", "proposals", ["state", "ends_at"])
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
    op.add_column("group_lists", sa.Column("curated_by", sa.String(10), nullable=False,
                                           server_default="members"))
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
            ("questions", sa.Text(), ""), ("routed", sa.Boolean(), sa.true()),
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
