"""What the formula was stays readable."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A version of the formula is never changed or deleted."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER formula_versions_no_{change.lower()} BEFORE {change} "
                "ON formula_versions BEGIN "
                "SELECT RAISE(ABORT, 'formula_versions is append-only'); END")
        return
    op.execute("CREATE TRIGGER formula_versions_append_only BEFORE UPDATE OR DELETE "
               "ON formula_versions FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
