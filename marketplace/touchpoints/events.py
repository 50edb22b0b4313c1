"""What happens in `touchpoints`."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    """Somebody answered; `level` is disappointing, okay, delighting or "" where it says neither.
    """

    ask_id: int
    survey_id: int
    producer_id: int | None
    level: str


@dataclass(frozen=True, slots=True)
class SurveyDeclined(Event):
    """Somebody did not want to be asked, now or ever."""

    survey_id: int
    never: bool


@dataclass(frozen=True, slots=True)
class PanelAsked(Event):
    """A question is put to the panel."""

    panel_id: int


@dataclass(frozen=True, slots=True)
class PanelDecided(Event):
    """The market published what it made of the votes."""

    panel_id: int


@dataclass(frozen=True, slots=True)
class SurveyPaused(Event):
    """Too many declined: the asking ended by itself."""

    survey_id: int
    asks: int
    declines: int
