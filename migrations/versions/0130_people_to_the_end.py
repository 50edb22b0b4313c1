"""Passkeys, code apps, wishes, standing, sightings, take-outs, closing and erasing of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0130"
down_revision = "0106"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("ready_at IS NULL AND fault IS NULL")


def upgrade() -> None:
    """Nobody has said or lost anything yet; owners of houses get a week for a second factor."""
    _columns()
    _factors()
    _wishes()
    _standing()
    _leaving()


def _columns() -> None:
    for table, column in (
        ("accounts", sa.Column("warned_at", UtcDateTime())),
        ("accounts", sa.Column("second_factor_by", sa.Date())),
        ("accounts", sa.Column("has_factor", sa.Boolean(), nullable=False,
                               server_default=sa.false())),
        ("mail_tokens", sa.Column("new_email", sa.String(254))),
        ("people", sa.Column("joined_at", UtcDateTime())),
        ("people", sa.Column("languages", sa.String(80))),
        ("people", sa.Column("handle_changed_on", sa.Date())),
        ("people", sa.Column("not_now", sa.String(60), nullable=False,
                             server_default=sa.text("''"))),
    ):
        op.add_column(table, column)
    week = ("date('now', '+7 days')" if op.get_bind().dialect.name == "sqlite"
            else "CURRENT_DATE + 7")
    op.execute(f"UPDATE accounts SET second_factor_by = {week} WHERE person_id IN ("
               "SELECT person_id FROM staff WHERE role = 'owner' AND until IS NULL)")


def _factors() -> None:
    op.create_table(
        "passkeys", _id(), _key("passkeys"),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", BIG, nullable=False), _words("name", 40), _at("made_at"),
        sa.Column("used_on", sa.Date()),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")))
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    op.create_table(
        "code_apps", _key("code_apps", primary=True), _words("secret", 200), _at("made_at"),
        _at("confirmed_at", True), sa.Column("last_step", BIG, nullable=False))
    op.create_table(
        "recovery_codes", _id(), _key("recovery_codes"), _words("hash", 64), _at("used_at", True))
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])
    op.create_table("used_challenges", sa.Column("hash", sa.String(64), primary_key=True),
                    _at("used_at"))
    op.create_table(
        "factor_tries", _key("factor_tries", primary=True),
        sa.Column("kind", sa.String(10), primary_key=True), _at("since"),
        sa.Column("tries", BIG, nullable=False))


def _wishes() -> None:
    op.create_table(
        "wishes", _id(), _key("wishes"), _words("kind", 12),
        _key("wishes", "subject_id", "subjects", empty=True),
        sa.Column("value", sa.JSON(), nullable=False), _at("said_at"), _at("checked_at"),
        sa.CheckConstraint("kind IN ('like','dislike','size','budget','occasion','delivery',"
                           "'contact','expectation','exit')", name=op.f("ck_wishes_kind")))
    op.create_index("ix_wishes_person_id_kind", "wishes", ["person_id", "kind"])
    op.create_table(
        "health_wishes", _id(), _key("health_wishes"), _words("kind", 8), _words("value", 200),
        _key("health_wishes", "consent_id", "consents"),
        sa.CheckConstraint("kind IN ('allergy','diet')", name=op.f("ck_health_wishes_kind")))


def _standing() -> None:
    counts = [sa.Column(name, BIG, nullable=False) for name in (
        "threads_read", "helpers", "acts_total", "orders_delivered", "answers", "ideas")]
    op.create_table(
        "standing", _key("standing", primary=True), *counts, _words("acts_days", 26),
        sa.Column("acts_until", sa.Date(), nullable=False), _at("upheld_at", True),
        _at("sham_at", True), sa.Column("below_since", sa.Date()))
    op.create_table(
        "helpers", _key("helpers", primary=True), _key("helpers", "helper_id", primary=True),
        _at("at"))
    op.create_index("ix_helpers_helper_id", "helpers", ["helper_id"])
    op.create_table(
        "person_sightings", _id(), _key("person_sightings"),
        _key("person_sightings", "by_person_id", empty=True),
        _words("role", 12), _words("what", 40), _words("why", 200), _at("at"))
    op.create_index("ix_person_sightings_person_id", "person_sightings", ["person_id", "at"])


def _leaving() -> None:
    op.create_table(
        "takeouts", _id(), _key("takeouts"), _at("asked_at"), _at("ready_at", True),
        sa.Column("file", sa.String(80)), _at("expires_at", True),
        sa.Column("fault", sa.String(200)))
    op.create_index("uq_takeouts_open", "takeouts", ["person_id"], unique=True,
                    sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "closings", _key("closings", primary=True), _at("asked_at"), _at("erase_at"),
        _words("words_choice", 6), sa.Column("reason", sa.String(500)), _words("by", 10),
        sa.CheckConstraint("words_choice IN ('delete','keep')",
                           name=op.f("ck_closings_words_choice")))
    op.create_table(
        "erasures", _id(), _words("person_key", 64), _at("done_at"),
        sa.Column("held_until", sa.Date()),
        sa.UniqueConstraint("person_key", name=op.f("uq_erasures_person_key")))


def _id() -> sa.Column[int]:
    return sa.Column("id", BIG, primary_key=True)


def _at(name: str, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=empty)


def _words(name: str, most: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def _key(table: str, column: str = "person_id", target: str = "people", primary: bool = False,
         empty: bool = False) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), primary_key=primary,
        nullable=empty)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
