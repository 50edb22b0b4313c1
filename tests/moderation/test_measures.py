"""What can be decided about which kind of thing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from marketplace.foundation.database import db
from marketplace.moderation.actions.carrying import EMPTY
from marketplace.moderation.models import Decision, Matter, ModerationLogEntry
from marketplace.moderation.rules import KINDS, measures_of
from tests.cast import Cast
from tests.moderation.appealed import reported


def test_only_what_can_be_done_is_offered(cast: Cast) -> None:
    """moderation-3: a profile cannot be hidden, so nobody is offered to, told of it, or finds it in
    the log; what is typed stays.
    """
    reported(cast, "dan", "person/cleo", "spam_or_undeclared_ad")
    number = db.session.scalar(sa.select(Matter.number))
    db.session.rollback()
    max_, address = cast.browser("max"), f"/moderation/matters/{number}"
    offered = max_.get(address).get_data(as_text=True)
    assert 'value="hint"' in offered and 'value="remove"' not in offered
    refused = cast.post(max_, address, reason="spam_or_undeclared_ad", measure="remove",
                        facts="Das Profil wirbt.", milder_why="Nur Werbung.")
    assert refused.status_code == 422 and "Das Profil wirbt." in refused.get_data(as_text=True)
    for column in (Decision.id, ModerationLogEntry.n):
        assert db.session.scalar(sa.select(sa.func.count(column))) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_hidden_is_emptied_after_its_time(kind: str) -> None:
    """moderation, removed words: the kinds that can be removed are those that are emptied later."""
    hides = {"hold", "remove"} & set(measures_of(kind))
    assert hides in (set(), {"hold", "remove"}) and bool(hides) == (kind in EMPTY)
