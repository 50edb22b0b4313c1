"""Appeals against decisions; what replaced a decision, and its line in the public log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0252"
down_revision = "0251"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHOLE = ("(result IS NULL AND decided_by IS NULL AND decided_at IS NULL) OR "
         "(result IS NOT NULL AND decided_by IS NOT NULL AND decided_at IS NOT NULL)")


def _person(name: str, nullable: bool) -> sa.Column[int]:
    return sa.Column(name, BIG, sa.ForeignKey("people.id", name=f"fk_appeals_{name}_people"),
                     nullable=nullable)


def upgrade() -> None:
    """Decisions that are there already can be appealed against for six months like all others."""
    with op.batch_alter_table("decisions", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.add_column(sa.Column("replaced_by", BIG))
        batch.add_column(sa.Column("log_n", BIG))
        batch.create_foreign_key(op.f("fk_decisions_replaced_by_decisions"), "decisions",
                                 ["replaced_by"], ["id"])
    op.add_column("reports", sa.Column("lang", sa.String(2), nullable=False,
                                       server_default="de"))
    op.create_table(
        "appeals", sa.Column("id", BIG, primary_key=True),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("decision_id", BIG, sa.ForeignKey(
            "decisions.id", name="fk_appeals_decision_id_decisions"), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("party_id", BIG, nullable=False),
        _person("person_id", True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        _person("first_by", False), _person("decided_by", True),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("result", sa.String(7)),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('author','reporter','affected')",
                           name=op.f("ck_appeals_side")),
        sa.CheckConstraint("result IN ('upheld','changed')", name=op.f("ck_appeals_result")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> first_by",
                           name=op.f("ck_appeals_other_person")),
        sa.CheckConstraint(WHOLE, name=op.f("ck_appeals_whole")),
        sa.UniqueConstraint("number", name=op.f("uq_appeals_number")),
        sa.UniqueConstraint("decision_id", "side", "party_id",
                            name=op.f("uq_appeals_decision_id_side_party_id")))
    op.create_index("ix_appeals_open", "appeals", ["due_at", "id"],
                    sqlite_where=sa.text("result IS NULL"),
                    postgresql_where=sa.text("result IS NULL"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
