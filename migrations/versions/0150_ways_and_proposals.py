"""Ways into groups and out, tags, proposals."""

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
    """New tables; all are empty."""
    _tags()
    _exclusions_group_tags()
    _invites_opened_consents()
    _proposals()


def _tags() -> None:
    op.create_table(
        "tags",
        sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("name_de", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")))


def _exclusions_group_tags() -> None:
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


def _invites_opened_consents() -> None:
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


def _proposals() -> None:
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


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
