"""What a person said once of what they like and need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Wish(Model):
    """One thing somebody told: a size, a budget, what they expect."""

    __tablename__ = "wishes"
    __table_args__ = (
        CheckConstraint("kind IN ('like','dislike','size','budget','occasion','delivery',"
                        "'contact','expectation','exit')", name="kind"),
        Index("ix_wishes_person_id_kind", "person_id", "kind"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    said_at: Mapped[datetime]
    checked_at: Mapped[datetime]


class HealthWish(Model):
    """An allergy or a diet, kept only while its consent holds and read by its owner alone."""

    __tablename__ = "health_wishes"
    __table_args__ = (CheckConstraint("kind IN ('allergy','diet')", name="kind"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(String(200))
    consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"))
