"""All topics of a group, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.dialogue.queries import topics_for
from marketplace.dialogue.queries.cards import thread_cards
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import GroupCard, group_card
from marketplace.groups.queries.words import Tab, tabs_of
from marketplace.groups.rules import may_read, may_write, part_of
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """Topics of a group, the liveliest first."""

    group: tuple[str, str]
    tabs: Sequence[Tab]
    topics: Sequence[Any]
    first_url: str
    next_url: str
    new_topic_url: str
    help_url: str


@pages.get("/groups/<slug>/topics")
@visitor_page
def group_topics(slug: str) -> Response:
    """Pinned ones, then the liveliest; older ones page by page."""
    lang, me = current_lang(), viewer_id()
    card = group_card(slug, lang, me)
    part = part_of(card.role if card else None, me is not None)
    if card is None or card.state == "ended" or not may_read(card.kind, part):
        raise NotFound(_("There is no such group here."))
    after = _after()
    found = topics_for(card, me, A_PAGE, after)
    url = url_for("storefront.group_topics", slug=slug)
    return answer("groups/topics.html", TopicsPage(
        (card.name, card.url), tabs_of(card, "talk"), thread_cards(found.rows, me),
        url if after else "", f"{url}?after={_key(found.after)}" if found.after else "",
        _new_url(card, part), url_for("dialogue.new", about=card.url)))


def _new_url(card: GroupCard, part: str) -> str:
    if not may_write(part) or card.state != "alive":
        return ""
    return url_for("dialogue.new", about=card.url, kind="topic")


def _key(after: tuple[datetime, int]) -> str:
    return f"{after[0].isoformat()}_{after[1]}".replace("+", "%2B")


def _after() -> tuple[datetime, int] | None:
    """The key of the last topic shown, as this page wrote it; nonsense begins anew."""
    last, _dash, key = request.args.get("after", "").rpartition("_")
    try:
        moment = datetime.fromisoformat(last)
        return (moment, int(key)) if moment.tzinfo and len(key) < 19 else None
    except (ValueError, OverflowError):
        return None
