"""What a producer tells: news with their matter; texts of a producer refuse changes."""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

MATTER = ("matter IS NULL OR (kind = 'news' AND matter IN ('news','offer','date','story',"
          "'correction','recall','change'))")

ERASED = ("NEW.version = OLD.version AND (NEW.words = '' OR "
          "(NEW.words = OLD.words AND NEW.person_id IS NULL))")


def upgrade() -> None:
    """News that exist are plain news; versions of texts stay as they were written."""
    op.execute("ALTER TABLE threads ADD COLUMN matter VARCHAR(10) "
               f"CONSTRAINT ck_threads_matter CHECK ({MATTER})")
    op.execute("UPDATE threads SET matter = 'news' WHERE kind = 'news'")
    op.create_index("ix_threads_news", "threads", ["producer_id", "kind", "made_at"])
    _append_only()


def _append_only() -> None:
    """Words of a version may be emptied, its writer forgotten where the law asks; nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER producer_texts_no_update BEFORE UPDATE ON producer_texts "
            f"WHEN NOT ({ERASED}) "
            "BEGIN SELECT RAISE(ABORT, 'producer_texts is append-only'); END")
        op.execute(
            "CREATE TRIGGER producer_texts_no_delete BEFORE DELETE ON producer_texts "
            "BEGIN SELECT RAISE(ABORT, 'producer_texts is append-only'); END")
        return
    op.execute(f"""
        CREATE FUNCTION keep_producer_texts() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF {ERASED} THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION 'producer_texts is append-only';
        END $$ LANGUAGE plpgsql""")
    op.execute("CREATE TRIGGER producer_texts_append_only BEFORE UPDATE OR DELETE "
               "ON producer_texts FOR EACH ROW EXECUTE FUNCTION keep_producer_texts()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
