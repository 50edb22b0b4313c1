"""What values are called by which one filters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.catalog.rules.facets import filter_words
from marketplace.catalog.rules.templates import TEMPLATES

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Words and codes are made anew of what the goods say."""
    table = op.create_table(
        "fact_words", sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("de", sa.String(40), nullable=False),
        sa.Column("en", sa.String(40), nullable=False))
    fields = {one.key: one for template in TEMPLATES.values() for one in template if one.facet}
    said: dict[tuple[int, int | None, str], dict[str, object]] = {}
    rows = op.get_bind().execute(sa.text(
        "SELECT product_id, lot_id, key, lang, value FROM particulars ORDER BY id")
        .columns(sa.column("product_id"), sa.column("lot_id"), sa.column("key"),
                 sa.column("lang"), sa.column("value", sa.JSON())))
    for product_id, lot_id, key, lang, value in rows:
        if key in fields:
            said.setdefault((product_id, lot_id, key), {})[lang or "de"] = value
    words, codes = {}, set()
    for (product_id, _lot, key), values in said.items():
        german = values.get("de", values.get("en"))
        for one in filter_words(fields[key], german, values.get("en", german)):
            words.setdefault((key, one.code), {"key": key, "code": one.code, "de": one.de,
                                               "en": one.en})
            codes.add((product_id, key, one.code))
    if words:
        op.bulk_insert(table, list(words.values()))
    op.execute(sa.text("DELETE FROM fact_values"))
    if codes:
        op.bulk_insert(
            sa.table("fact_values", sa.column("product_id"), sa.column("key"),
                     sa.column("value_code")),
            [{"product_id": i, "key": key, "value_code": code} for i, key, code in sorted(codes)])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
