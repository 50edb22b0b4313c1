"""Imports in the studio: how a file is read, what each row changes, what undoing needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0060"
down_revision = "0050"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IMPORT_STATES = ("state IN ('columns','reading','checked','saving','saved','undoing','undone',"
                 "'broken')")
EFFECTS = "effect IN ('unread','new','changed','same','fault')"


def upgrade() -> None:
    """New columns start empty; a product that was ordered or rated before is marked as used."""
    _columns("imports", {"file": (sa.String(80), "''"), "pictures_file": (sa.String(80), "''"),
                         "plan": (sa.JSON(), "'{}'"), "total": (BIG, "0")})
    op.add_column("imports", sa.Column("saved_at", UtcDateTime(), nullable=True))
    _columns("import_rows", {
        "sku": (sa.String(60), "''"), "product_key": (sa.String(120), "''"),
        "hints": (sa.JSON(), "'{}'"), "changes": (sa.JSON(), "'{}'"),
        "saved": (sa.Boolean(), "false"), "undo": (sa.JSON(), "'{}'")})
    _checks()
    op.create_index("ix_imports_producer", "imports", ["producer_id", "made_at"])
    for name in ("effect", "saved"):
        op.create_index(f"ix_import_rows_{name}", "import_rows",
                        ["import_id", name, "product_key", "number"])
    op.create_index("ix_import_rows_product", "import_rows", ["import_id", "product_key"])
    op.create_index("ix_import_rows_sku", "import_rows", ["import_id", "sku"])
    op.create_table(
        "import_columns",
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_import_columns_producer_id_producers"), primary_key=True),
        sa.Column("word", sa.String(80), primary_key=True),
        sa.Column("ours", sa.String(60), nullable=False))
    _products()


def _columns(table: str, found: dict[str, tuple[sa.types.TypeEngine[object], str]]) -> None:
    """Add columns that must say something, filled for the rows that are there."""
    for name, (kind, value) in found.items():
        op.add_column(table, sa.Column(name, kind, nullable=True))
        op.execute(f"UPDATE {table} SET {name} = {value}")
    with op.batch_alter_table(table) as batch:
        for name, (kind, _value) in found.items():
            batch.alter_column(name, existing_type=kind, nullable=False)


def _checks() -> None:
    for table, name, words in (("imports", "state", IMPORT_STATES),
                               ("import_rows", "effect", EFFECTS)):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), words)


def _products() -> None:
    op.add_column("products", sa.Column("used_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE products SET used_at = made_at WHERE "
               "EXISTS (SELECT 1 FROM order_lines WHERE order_lines.product_id = products.id) OR "
               "EXISTS (SELECT 1 FROM ratings WHERE ratings.product_id = products.id)")
    op.add_column("products", sa.Column("elsewhere_url", sa.String(300), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
