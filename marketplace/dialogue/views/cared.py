"""What moderators of a group did, as the page of a topic shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _

from marketplace.dialogue.actions.care import locked_words
from marketplace.dialogue.queries.cards import PostView
from marketplace.dialogue.queries.care import acts_on, folds, holding, time_words, why_of
from marketplace.dialogue.views.reading import Reading
from marketplace.groups.rules import may_care
from marketplace.web.shapes import Composer


@dataclass(frozen=True, slots=True)
class Cared:
    """Folded words by the code of their post, why nobody posts, how slowly it goes."""

    folded: Mapping[int, str]
    cared: Sequence[str] = ()
    locked: str = ""
    slow: str = ""
    url: str = ""

    def on(self, views: Sequence[PostView]) -> list[PostView]:
        """Posts with what is folded, and where a moderator folds words."""
        return [replace(view, folded=self.folded.get(view.number, ""),
                        care_url=f"{self.url}?post={view.id}" if self.url and not view.tombstone
                        and view.number not in self.folded else "") for view in views]

    def of_composer(self, composer: Composer) -> Composer:
        """Where words are written, or why they are not."""
        return replace(composer, locked=self.locked) if self.locked else composer


def cared_of(seen: Reading) -> Cared:
    """What holds in a topic of a group. Loads: 1 statement, none outside of groups."""
    row = seen.thread
    if row.group_id is None:
        return Cared({})
    acts = acts_on(row.id)
    away, lock, said = holding(acts, "away"), holding(acts, "lock"), []
    if away is not None:
        said.append(_("This is not in the group any more, only who wrote here reads it: %(why)s",
                      why=why_of(away)))
    locked = _("Nobody answers here any more.") if away else locked_words(lock) if lock else ""
    slow = _("It goes slowly here: one post every %(time)s.",
             time=time_words(row.slow_seconds)) if row.slow_seconds and not locked else ""
    cares = seen.group is not None and may_care(seen.group.role or "guest")
    return Cared(folds(acts), said, locked, slow,
                 url_for("dialogue.care", code=row.code) if cares and row.kind == "topic" else "")
