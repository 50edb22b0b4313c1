"""Short questions after an act: what is asked, whom, how often at most, and what was said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model
from marketplace.touchpoints.rules import ACTS, SURVEY_KINDS

STATES = ("draft", "running", "paused", "ended")
ASK_STATES = ("offered", "answered", "declined", "never", "expired")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN (" + ",".join(f"'{one}'" for one in values) + ")"


class Survey(Model):
    """One or two questions that follow an act; of each act at most one runs."""

    __tablename__ = "surveys"
    __table_args__ = (
        CheckConstraint(_one_of("act", ACTS), name="act"),
        CheckConstraint(_one_of("kind", SURVEY_KINDS), name="kind"),
        CheckConstraint(_one_of("state", STATES), name="state"),
        Index("uq_surveys_running", "act", unique=True, sqlite_where=text("state = 'running'"),
              postgresql_where=text("state = 'running'")),
    )

    id: Mapped[Key]
    act: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8), default="draft")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    counts_from: Mapped[datetime | None]
    """When it was started, or went on after a pause: declines are weighed from here."""
    paused_at: Mapped[datetime | None]
    annoyed: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether it paused by itself."""


class SurveyQuestion(Model):
    """A question in both languages; the first is of the survey's kind, the second asks for words.
    """

    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("survey_id", "pos"),
                      CheckConstraint("pos BETWEEN 1 AND 2", name="pos"))

    id: Mapped[Key]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    pos: Mapped[int] = mapped_column(SmallInteger)
    words_de: Mapped[str] = mapped_column(String(140))
    words_en: Mapped[str] = mapped_column(String(140))


class SurveyAsk(Model):
    """One person, or the guest of one order, is asked; the code is its address."""

    __tablename__ = "survey_asks"
    __table_args__ = (
        CheckConstraint(_one_of("state", ASK_STATES), name="state"),
        Index("uq_survey_asks_order", "order_id", "survey_id", unique=True,
              sqlite_where=text("order_id IS NOT NULL"),
              postgresql_where=text("order_id IS NOT NULL")),
        Index("ix_survey_asks_survey_id", "survey_id", "state"),
        Index("ix_survey_asks_person_id", "person_id", "state"),
        Index("ix_survey_asks_state", "state", "until"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(24), unique=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    offered_at: Mapped[datetime]
    until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default="offered")
    done_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    complained: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether its letter was called a nuisance."""


class SurveyCap(Model):
    """When a person was asked last, and whether they never want to be asked again."""

    __tablename__ = "survey_caps"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    last_offered_at: Mapped[datetime | None]
    never: Mapped[bool] = mapped_column(server_default=false(), default=False)


class SurveyAnswer(Model):
    """What somebody said; who said it is read by staff only with their yes."""

    __tablename__ = "survey_answers"
    __table_args__ = (Index("ix_survey_answers_survey_id", "survey_id", "at"),
                      Index("ix_survey_answers_ask_id", "ask_id"))

    id: Mapped[Key]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_questions.id"))
    ask_id: Mapped[int] = mapped_column(ForeignKey("survey_asks.id"))
    at: Mapped[datetime]
    score: Mapped[int | None] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(1000), default="")
    named_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who said it, where they said that their name may stand with it."""
