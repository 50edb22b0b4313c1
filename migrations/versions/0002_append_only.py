"""what was said, decided and recorded cannot be rewritten

Revision ID: 0002
"""
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("rating_versions", "reply_versions", "moderation_log", "audit_log", "group_rules")
ERASABLE = "rating_versions"


def upgrade():
    """Refuse UPDATE and DELETE by trigger; emptying words on erasure stays possible."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            allowed = "NEW.words = '' AND NEW.row_hash = OLD.row_hash" if table == ERASABLE else "0"
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
                f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
            op.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
        return
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'rating_versions' THEN
            IF NEW.words = '' AND NEW.row_hash = OLD.row_hash THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END $$ LANGUAGE plpgsql""")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()")
