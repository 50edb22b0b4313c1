"""A decision takes away, and gives back, replies, goods, profiles and what groups say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0310"
down_revision = "0301"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = ("id", "reply_id", "n", "at", "shown_name")


def upgrade() -> None:
    """Nothing of these was hidden so far."""
    op.add_column("replies", sa.Column("hidden_to", BIG, server_default=sa.text("0"),
                                       nullable=False))
    op.add_column("replies", sa.Column("hidden_why", sa.String(24)))
    op.add_column("products", sa.Column("held_state", sa.String(10)))
    op.create_table(
        "hidden_profiles", sa.Column("person_id", BIG, nullable=False),
        sa.Column("display_name", sa.String(40)), sa.Column("about", sa.Text()),
        sa.Column("region", sa.String(80)), sa.Column("languages", sa.String(80)),
        sa.Column("picture_file", sa.String(80)), sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_hidden_profiles")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_hidden_profiles_person_id_people")))
    op.create_table(
        "hidden_groups", sa.Column("group_id", BIG, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("purpose", sa.String(280), nullable=False),
        sa.Column("region", sa.String(80)), sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_hidden_groups")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"],
                                name=op.f("fk_hidden_groups_group_id_groups")))
    with op.batch_alter_table("matters") as batch:
        batch.alter_column("object_kind", existing_type=sa.String(12), type_=sa.String(16),
                           existing_nullable=False)
    _versions_can_be_emptied()


def _versions_can_be_emptied() -> None:
    """Of a version of a reply only the words can go, all at once."""
    same = " AND ".join(f"NEW.{c} IS NOT DISTINCT FROM OLD.{c}" for c in KEPT)
    allowed = f"NEW.words = '' AND NEW.changed = '' AND {same}"
    if op.get_bind().dialect.name == "sqlite":
        allowed = allowed.replace("IS NOT DISTINCT FROM", "IS")
        op.execute("DROP TRIGGER reply_versions_no_update")
        op.execute(
            "CREATE TRIGGER reply_versions_no_update BEFORE UPDATE ON reply_versions "
            f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, 'reply_versions is append-only'); "
            "END")
        return
    op.execute(f"""
        CREATE FUNCTION refuse_change_of_reply_version() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF {allowed} THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION 'reply_versions is append-only';
        END $$ LANGUAGE plpgsql""")
    op.execute("DROP TRIGGER reply_versions_append_only ON reply_versions")
    op.execute("CREATE TRIGGER reply_versions_append_only BEFORE UPDATE OR DELETE "
               "ON reply_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_reply_version()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
