"""Complaints with what was said and offered; signals; each makes a case with an owner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """There were none before; cases of before get the owner of their house."""
    _complaints()
    _lines_and_steps()
    op.create_table(
        "order_signals", sa.Column("id", BIG, primary_key=True),
        _key("seller_order_id", "order_signals", "seller_orders", nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.String(500), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(60), nullable=True))
    op.create_index("ix_order_signals_seller_order_id", "order_signals", ["seller_order_id", "answered_at"])
    op.add_column("seller_orders", sa.Column("satisfaction_days", BIG, nullable=True))
    with op.batch_alter_table("cases") as batch:
        batch.add_column(_key("owner_id", "cases", "staff", nullable=True))
        batch.drop_constraint(op.f("ck_cases_source"), type_="check")
        batch.create_check_constraint(
            op.f("ck_cases_source"),
            "source IN ('thread','rating','survey','signal','complaint')")
    op.execute("""
        UPDATE cases SET owner_id = (
            SELECT min(staff.id) FROM staff WHERE staff.producer_id = cases.producer_id
            AND staff.role = 'owner' AND staff.until IS NULL)""")


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def _complaints() -> None:
    op.create_table(
        "complaints", sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(12), nullable=False),
        _key("seller_order_id", "complaints", "seller_orders", nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("wish", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("state_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("offer", sa.String(12), nullable=True),
        sa.Column("offer_minor", BIG, nullable=True),
        sa.Column("declines", BIG, nullable=False),
        _key("refund_id", "complaints", "refunds", nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.UniqueConstraint("code", name=op.f("uq_complaints_code")),
        sa.CheckConstraint("kind IN ('damaged','missing','wrong','faulty','not_described',"
                           "'disappointed')", name=op.f("ck_complaints_kind")),
        sa.CheckConstraint("wish IN ('replacement','money','repair','other')",
                           name=op.f("ck_complaints_wish")),
        sa.CheckConstraint("state IN ('open','answered','offered','waiting','accepted',"
                           "'declined','disputed','closed')", name=op.f("ck_complaints_state")),
        sa.CheckConstraint("offer IN ('replacement','part_refund','full_refund','repair')",
                           name=op.f("ck_complaints_offer")),
        sa.CheckConstraint("outcome IN ('solved','partly','unsolved')",
                           name=op.f("ck_complaints_outcome")),
        sa.CheckConstraint("(outcome IS NULL) = (state <> 'closed')",
                           name=op.f("ck_complaints_closed")))
    op.create_index("ix_complaints_seller_order_id", "complaints", ["seller_order_id"])
    op.create_index("ix_complaints_state", "complaints", ["state", "state_at"])


def _lines_and_steps() -> None:
    op.create_table(
        "complaint_lines", _key("complaint_id", "complaint_lines", "complaints", primary_key=True),
        _key("line_id", "complaint_lines", "order_lines", primary_key=True),
        sa.Column("qty", BIG, nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_complaint_lines_qty")))
    op.create_table(
        "complaint_steps", sa.Column("id", BIG, primary_key=True),
        _key("complaint_id", "complaint_steps", "complaints", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(10), nullable=False),
        sa.Column("name", sa.String(60), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offer", sa.String(12), nullable=True), sa.Column("minor", BIG, nullable=True),
        sa.CheckConstraint("actor IN ('buyer','staff','operator','system')",
                           name=op.f("ck_complaint_steps_actor")),
        sa.CheckConstraint("kind IN ('opened','said','offered','accepted','declined','waiting',"
                           "'disputed','closed')", name=op.f("ck_complaint_steps_kind")))
    op.create_index("ix_complaint_steps_complaint_id", "complaint_steps", ["complaint_id", "id"])
    _append_only()


def _append_only() -> None:
    """What was said stays; its words may be emptied where the law asks, nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER complaint_steps_no_update BEFORE UPDATE ON complaint_steps "
            "WHEN NOT (NEW.words = '' AND NEW.kind = OLD.kind AND NEW.actor = OLD.actor "
            "AND NEW.offer IS OLD.offer AND NEW.minor IS OLD.minor AND NEW.at = OLD.at) "
            "BEGIN SELECT RAISE(ABORT, 'complaint_steps is append-only'); END")
        op.execute(
            "CREATE TRIGGER complaint_steps_no_delete BEFORE DELETE ON complaint_steps "
            "BEGIN SELECT RAISE(ABORT, 'complaint_steps is append-only'); END")
        return
    op.execute("""
        CREATE FUNCTION keep_complaint_steps() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF NEW.words = '' AND NEW.kind = OLD.kind AND NEW.actor = OLD.actor
              AND NEW.offer IS NOT DISTINCT FROM OLD.offer
              AND NEW.minor IS NOT DISTINCT FROM OLD.minor AND NEW.at = OLD.at
            THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION 'complaint_steps is append-only';
        END $$ LANGUAGE plpgsql""")
    op.execute("CREATE TRIGGER complaint_steps_append_only BEFORE UPDATE OR DELETE "
               "ON complaint_steps FOR EACH ROW EXECUTE FUNCTION keep_complaint_steps()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
