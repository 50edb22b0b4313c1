"""What tests of groups do again and again."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.models import Group, Membership
from tests.cast import Cast

OPEN, CLOSED, SECRET = ("weisswein-zu-gemuese", "stiller-keller", "geheime-runde")


def group(slug: str = OPEN) -> Group:
    """The row as the database has it now."""
    db.session.rollback()
    found = db.session.scalar(db.select(Group).where(Group.slug == slug)
                              .execution_options(populate_existing=True))
    assert found is not None
    return found


def put_in(cast: Cast, slug: str, role: str, *handles: str, days: int = 90) -> None:
    """Let people belong since some days, with a role."""
    from marketplace.groups.actions.belonging import enter

    group_id, ids = group(slug).id, [cast.id(handle) for handle in handles]
    db.session.rollback()
    with committing():
        for person in ids:
            enter(group_id, person, role)
            db.session.execute(db.update(Membership).where(
                Membership.group_id == group_id, Membership.person_id == person).values(
                    joined_at=clock.now() - timedelta(days=days), last_act_at=clock.now()))


def role(cast: Cast, handle: str, slug: str = OPEN) -> str | None:
    """Somebody's role now."""
    from marketplace.groups.queries import role_in

    return role_in(group(slug).id, cast.id(handle))


def topic(cast: Cast, who: str = "eva", slug: str = OPEN, title: str = "Was zu Kohl?") -> str:
    """The address of a new topic."""
    sent = cast.post(cast.browser(who), f"/threads/new?about=/groups/{slug}", kind="topic",
                     openness="public", step="send", title=title,
                     words=f"{title} Ich suche etwas Leichtes.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.location)


def page(browser: FlaskClient, url: str) -> str:
    """The words of a page."""
    return browser.get(url).get_data(as_text=True)
