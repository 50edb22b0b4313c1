"""Every cent has a move: the ledger; what a provider holds, hands over and gives back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOUGHT, NOTHING = sa.text("0"), sa.text("''")


def upgrade() -> None:
    """What reached producers before is written down, one move each."""
    _attempts()
    _ledger()
    _others()
    op.execute("""
        INSERT INTO ledger_moves (batch, position, at, from_account, to_account, minor, currency,
                                  seller_order_id, reason, reference)
        SELECT 'direct-' || id || '-' || paid_minor, 1, paid_at, 'buyer:' || order_id,
               'producer:' || producer_id, paid_minor, 'EUR', id, 'paid', ''
        FROM seller_orders WHERE paid_minor > 0 AND paid_at IS NOT NULL""")


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def _attempts() -> None:
    added = {
        "payments": [("charge", sa.String(80), None), ("fee_minor", BIG, None),
                     ("asked", BIG, NOUGHT)],
        "payment_parts": [("commission_minor", BIG, NOUGHT), ("transfer_minor", BIG, NOUGHT),
                          ("transfer_reference", sa.String(80), None),
                          ("transfer_state", sa.String(8), sa.text("'none'")),
                          ("transfer_trouble", sa.String(120), NOTHING),
                          ("taken_back_minor", BIG, NOUGHT)],
        "payment_notices": [("mode", sa.String(4), sa.text("'live'")),
                            ("site", sa.String(120), NOTHING), ("attempt", BIG, NOUGHT),
                            ("body_hash", sa.String(64), NOTHING),
                            ("said_at", UtcDateTime(), None)],
    }
    for table, columns in added.items():
        for name, kind, start in columns:
            op.add_column(table, sa.Column(name, kind, nullable=start is None,
                                           server_default=start))
        with op.batch_alter_table(table) as batch:
            for name, kind, start in columns:
                if start is not None:
                    batch.alter_column(name, existing_type=kind, server_default=None)
            if table == "payment_parts":
                batch.create_check_constraint(
                    op.f("ck_payment_parts_transfer_state"),
                    "transfer_state IN ('none','due','sent','refused')")
                batch.create_check_constraint(
                    op.f("ck_payment_parts_taken_back"),
                    "0 <= taken_back_minor AND taken_back_minor <= transfer_minor")


def _ledger() -> None:
    op.create_table(
        "ledger_moves", sa.Column("id", BIG, primary_key=True),
        sa.Column("batch", sa.String(80), nullable=False),
        sa.Column("position", BIG, nullable=False), sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("from_account", sa.String(40), nullable=False),
        sa.Column("to_account", sa.String(40), nullable=False),
        sa.Column("minor", BIG, nullable=False), sa.Column("currency", sa.String(3),
                                                           nullable=False),
        _key("seller_order_id", "ledger_moves", "seller_orders", nullable=True),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.UniqueConstraint("batch", "position", name=op.f("uq_ledger_moves_batch_position")),
        sa.CheckConstraint("minor > 0", name=op.f("ck_ledger_moves_minor")),
        sa.CheckConstraint("from_account <> to_account", name=op.f("ck_ledger_moves_accounts")))
    op.create_index("ix_ledger_moves_from", "ledger_moves", ["from_account", "at"])
    op.create_index("ix_ledger_moves_to", "ledger_moves", ["to_account", "at"])
    op.create_index("ix_ledger_moves_seller_order_id", "ledger_moves", ["seller_order_id"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER ledger_moves_no_{change.lower()} BEFORE {change} ON "
                       "ledger_moves BEGIN SELECT RAISE(ABORT, 'ledger_moves is append-only'); END")
    else:
        op.execute("CREATE TRIGGER ledger_moves_append_only BEFORE UPDATE OR DELETE ON "
                   "ledger_moves FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _others() -> None:
    op.create_table(
        "provider_accounts", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "provider_accounts", "producers", nullable=False),
        sa.Column("mode", sa.String(4), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("missing", sa.String(500), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("producer_id", "mode",
                            name=op.f("uq_provider_accounts_producer_id_mode")),
        sa.UniqueConstraint("reference", name=op.f("uq_provider_accounts_reference")),
        sa.CheckConstraint("state IN ('none','started','restricted','ready')",
                           name=op.f("ck_provider_accounts_state")))
    op.create_table(
        "refund_runs", _key("refund_id", "refund_runs", "refunds", primary_key=True),
        _key("payment_id", "refund_runs", "payments", nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("commission_back_minor", BIG, nullable=False),
        sa.Column("take_back_reference", sa.String(80), nullable=True),
        sa.Column("refund_reference", sa.String(80), nullable=True),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.String(120), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("step IN ('take_back','refund','done','person')",
                           name=op.f("ck_refund_runs_step")))
    op.create_index("ix_refund_runs_next_at", "refund_runs", ["next_at"])
    op.create_table(
        "disputes", sa.Column("id", BIG, primary_key=True),
        _key("payment_id", "disputes", "payments", nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("minor", BIG, nullable=False), sa.Column("fee_minor", BIG, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("reference", name=op.f("uq_disputes_reference")),
        sa.CheckConstraint("state IN ('open','won','lost')", name=op.f("ck_disputes_state")))
    op.create_index("ix_disputes_payment_id", "disputes", ["payment_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
