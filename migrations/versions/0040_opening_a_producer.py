"""Opening a producer: trader data with versions, steps, registrations, closed days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0040"
down_revision = "0032"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = (("legal_form", 12), ("tax_no", 20), ("tin", 20), ("authority", 160), ("id_way", 10),
         ("back_words", 300))


def upgrade() -> None:
    """Columns start empty; those checked before stay checked."""
    for name, length in TEXTS:
        op.add_column("traders", sa.Column(name, sa.String(length), nullable=True))
        op.execute(f"UPDATE traders SET {name} = ''")
    op.add_column("traders", sa.Column("tax_reminders", BIG, nullable=True))
    op.execute("UPDATE traders SET tax_reminders = 0")
    for name, kind in (("birth_date", sa.Date()), ("handed_in_at", UtcDateTime()),
                       ("tax_asked_on", sa.Date())):
        op.add_column("traders", sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("traders") as batch:
        for name, length in TEXTS:
            batch.alter_column(name, existing_type=sa.String(length), nullable=False)
        batch.alter_column("tax_reminders", existing_type=BIG, nullable=False)
    op.add_column("products", sa.Column("wanted_at", UtcDateTime(), nullable=True))
    op.add_column("producers", sa.Column("ended_on", sa.Date(), nullable=True))
    _versions()
    _others()


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def _versions() -> None:
    """Append-only; they go when the trader's own row is gone."""
    op.create_table(
        "trader_versions", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "trader_versions", "producers", nullable=False),
        sa.Column("version", BIG, nullable=False), sa.Column("data", sa.JSON(), nullable=False),
        _key("person_id", "trader_versions", "people", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("producer_id", "version",
                            name=op.f("uq_trader_versions_producer_id_version")))
    still = "EXISTS (SELECT 1 FROM traders WHERE producer_id = OLD.producer_id)"
    if op.get_bind().dialect.name == "sqlite":
        for change, when in (("UPDATE", "1"), ("DELETE", still)):
            op.execute(
                f"CREATE TRIGGER trader_versions_no_{change.lower()} BEFORE {change} "
                f"ON trader_versions WHEN {when} BEGIN "
                "SELECT RAISE(ABORT, 'trader_versions is append-only'); END")
        return
    op.execute(f"""
        CREATE FUNCTION keep_trader_versions() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND NOT {still} THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'trader_versions is append-only';
        END $$ LANGUAGE plpgsql""")
    op.execute("CREATE TRIGGER trader_versions_append_only BEFORE UPDATE OR DELETE "
               "ON trader_versions FOR EACH ROW EXECUTE FUNCTION keep_trader_versions()")


def _others() -> None:
    op.create_table(
        "sightings", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "sightings", "producers", nullable=False),
        _key("person_id", "sightings", "people", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_sightings_producer_id", "sightings", ["producer_id", "at"])
    op.create_table(
        "checklist", _key("producer_id", "checklist", "producers", primary_key=True),
        sa.Column("step", BIG, primary_key=True, autoincrement=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("step BETWEEN 1 AND 9", name=op.f("ck_checklist_step")))
    op.create_table(
        "registrations", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "registrations", "producers", nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.UniqueConstraint("producer_id", "country", "kind",
                            name=op.f("uq_registrations_producer_id_country_kind")),
        sa.CheckConstraint("kind IN ('packaging','oss','excise','organic_control','food')",
                           name=op.f("ck_registrations_kind")))
    op.create_table(
        "closed_days", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "closed_days", "producers", nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.UniqueConstraint("producer_id", "day", name=op.f("uq_closed_days_producer_id_day")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
