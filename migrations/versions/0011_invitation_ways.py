"""How each buyer was asked, and by which consent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Page, notice and code need none; a mail names its consent."""
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    page = sa.text("'page'")
    op.add_column("invitations",
                  sa.Column("ways", sa.String(40), nullable=False, server_default=page))
    op.execute(f"ALTER TABLE invitations ADD COLUMN consent_id {whole} CONSTRAINT "
               "fk_invitations_consent_id_consents REFERENCES consents (id)")
    op.create_index("ix_invitations_product_id", "invitations", ["product_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
