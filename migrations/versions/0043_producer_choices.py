"""Region of public holidays, pauses with their days, and what a producer chose to show or get."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = (("holiday_region", 8, "country"), ("press_contact", 200, "''"),
         ("voices_mail", 8, "'none'"))

SWITCHES = ("share_shown", "arbitration")


def upgrade() -> None:
    """Everybody begins with the holidays of their whole country, nothing shown, no mail."""
    for name, length, start in TEXTS:
        op.add_column("producers", sa.Column(name, sa.String(length), nullable=True))
        op.execute(f"UPDATE producers SET {name} = {start}")
    op.add_column("producers", sa.Column("voices_mailed_on", sa.Date(), nullable=True))
    for name in SWITCHES:
        op.add_column("producers", sa.Column(name, sa.Boolean(), nullable=True))
        op.execute(sa.text(f"UPDATE producers SET {name} = :no").bindparams(no=False))
    with op.batch_alter_table("producers") as batch:
        for name, length, _start in TEXTS:
            batch.alter_column(name, existing_type=sa.String(length), nullable=False)
        for name in SWITCHES:
            batch.alter_column(name, existing_type=sa.Boolean(), nullable=False)
        batch.create_check_constraint(op.f("ck_producers_voices_mail"),
                                      "voices_mail IN ('none','daily','weekly')")
    op.create_table(
        "pauses", sa.Column("id", BIG, primary_key=True),
        sa.Column("producer_id", BIG, sa.ForeignKey("producers.id",
                                                    name="fk_pauses_producer_id_producers"),
                  nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_pauses_order")))
    op.create_index("ix_pauses_producer_id", "pauses", ["producer_id", "until_on"])
    op.execute("INSERT INTO pauses (producer_id, from_on, until_on) SELECT id, CURRENT_DATE, "
               "paused_until FROM producers WHERE state = 'paused' "
               "AND paused_until >= CURRENT_DATE")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
