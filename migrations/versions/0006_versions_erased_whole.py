"""Of a version only title, words and salt can be emptied, all three at once."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = ("id", "rating_id", "n", "again", "delight", "stars", "value", "cause", "at", "row_hash")


def upgrade() -> None:
    """The first trigger let an emptying statement change the answer too."""
    same = " AND ".join(f"NEW.{c} IS NOT DISTINCT FROM OLD.{c}" for c in KEPT)
    allowed = f"NEW.title = '' AND NEW.words = '' AND NEW.salt = '' AND {same}"
    if op.get_bind().dialect.name == "sqlite":
        allowed = allowed.replace("IS NOT DISTINCT FROM", "IS")
        op.execute("DROP TRIGGER rating_versions_no_update")
        op.execute(
            "CREATE TRIGGER rating_versions_no_update BEFORE UPDATE ON rating_versions "
            f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, 'rating_versions is append-only'); "
            "END")
        return
    op.execute(f"""
        CREATE FUNCTION refuse_change_of_rating_version() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF {allowed} THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION 'rating_versions is append-only';
        END $$ LANGUAGE plpgsql""")
    op.execute("DROP TRIGGER rating_versions_append_only ON rating_versions")
    op.execute("CREATE TRIGGER rating_versions_append_only BEFORE UPDATE OR DELETE "
               "ON rating_versions FOR EACH ROW "
               "EXECUTE FUNCTION refuse_change_of_rating_version()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
