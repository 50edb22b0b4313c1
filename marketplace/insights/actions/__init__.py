"""Changes of `insights`."""

from marketplace.insights.actions.figures import count_came_back, remake_figures, tell_week
from marketplace.insights.actions.resonance import look_for_rushes

__all__ = ["count_came_back", "look_for_rushes", "remake_figures", "tell_week"]
