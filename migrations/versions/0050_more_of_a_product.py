"""What a product says more: guarantee, successor, lots with dates, versions, credits, proofs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0050"
down_revision = "0045"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Columns are added in place, so that a filled table is not copied."""
    _products()
    empty = {"nullable": False, "server_default": sa.text("''")}
    op.add_column("products", sa.Column("guarantee_words", sa.String(300), **empty))
    op.add_column("products", sa.Column("gaps_since", UtcDateTime(), nullable=True))
    op.add_column("products", sa.Column("low30_minor", BIG, nullable=True))
    op.add_column("products", sa.Column("reduction_kind", sa.String(10), nullable=True))
    op.add_column("pictures", sa.Column("size_bytes", BIG, nullable=True))
    op.add_column("pictures", sa.Column("people_agree", sa.Boolean(), nullable=False,
                                        server_default=sa.false()))
    op.add_column("lots", sa.Column("best_before", sa.Date(), nullable=True))
    op.add_column("lots", sa.Column("stopped_at", UtcDateTime(), nullable=True))
    op.add_column("lots", sa.Column("stopped_why", sa.String(300), **empty))
    open_rows = sa.text("to_at IS NULL")
    op.create_index("uq_reductions_open", "reductions", ["variant_id"], unique=True,
                    sqlite_where=open_rows, postgresql_where=open_rows)
    _versions()
    _others()


def _products() -> None:
    """Columns with a named rule of their own, as both engines write it."""
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE products ADD COLUMN replaced_by {number} "
               "CONSTRAINT fk_products_replaced_by_products REFERENCES products (id)")
    op.execute(f"ALTER TABLE products ADD COLUMN guarantee_years {number} "
               "CONSTRAINT ck_products_guarantee CHECK "
               "(guarantee_years IS NULL OR guarantee_years BETWEEN 1 AND 99)")


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def _versions() -> None:
    op.create_table(
        "product_versions", sa.Column("id", BIG, primary_key=True),
        _key("product_id", "product_versions", "products", nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("teaser", sa.String(160), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        _key("person_id", "product_versions", "people", nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("product_id", "lang", "version",
                            name=op.f("uq_product_versions_product_id_lang_version")))


def _others() -> None:
    op.create_table(
        "product_credits", sa.Column("id", BIG, primary_key=True),
        _key("product_id", "product_credits", "products", nullable=False),
        _key("person_id", "product_credits", "people", nullable=False),
        sa.Column("why", sa.String(8), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("consent_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("product_id", "person_id", "why",
                            name=op.f("uq_product_credits_product_id_person_id_why")),
        sa.CheckConstraint("why IN ('idea','bundle','design')",
                           name=op.f("ck_product_credits_why")))
    op.create_index("ix_product_credits_person_id", "product_credits", ["person_id"])
    op.create_table(
        "product_evidence",
        _key("product_id", "product_evidence", "products", primary_key=True),
        _key("evidence_id", "product_evidence", "evidence", primary_key=True))
    op.create_table(
        "typed_forms", sa.Column("id", BIG, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("hash", name=op.f("uq_typed_forms_hash")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
