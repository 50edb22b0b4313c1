"""Who may read a thread, and in what part."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_login import current_user

from marketplace.bundles.queries import bundle_for, bundle_head
from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import is_party, readable_by, thread_by_code
from marketplace.dialogue.rules import may_read
from marketplace.foundation.errors import NotFound
from marketplace.groups import rules as groups
from marketplace.groups.queries import GroupCard, group_card, slug_of
from marketplace.producers.queries import Role, roles_of
from marketplace.web.access import viewer_id
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class Reading:
    """A thread as this viewer reads it: their role as staff, the group it stands in."""

    thread: Thread
    role: Role | None
    group: GroupCard | None
    bundle_url: str
    writes: bool
    opened: frozenset[int] | None = None
    """Authors who let these older words be seen; None: everything here may be read."""


def reading(code: str) -> Reading:
    """A thread this viewer may read. Raises NotFound for everybody else."""
    thread, me = thread_by_code(code), viewer_id()
    if thread is None or thread.standing not in ("visible", "away"):
        raise NotFound(_("There is nothing at this address."))
    if thread.standing == "away":
        return _let_go(thread, me)
    group = _group(thread, me)
    member = group is not None and groups.may_write(groups.part_of(group.role, True))
    role = _role(thread, me)
    party = thread.visibility != "private" or role is not None or _market(thread) \
        or is_party(thread.id, me)
    if not may_read(thread.visibility, party, group is not None):
        raise NotFound(_("There is nothing at this address."))
    opened = readable_by(group, thread.written_as, me) if group is not None else None
    if opened is not None and thread.author_id not in opened:
        raise NotFound(_("There is nothing at this address."))
    url = _bundle_url(thread) if thread.kind == "comment" else ""
    return Reading(thread, role, group, url, me is not None and (group is None or member),
                   opened)


def _let_go(thread: Thread, me: int | None) -> Reading:
    """A topic that is not in its group any more: who wrote there keeps it, who looks after the
    group can take that back. Raises NotFound for everybody else.
    """
    card = group_card(slug_of(thread.group_id or 0), current_lang(), me)
    card = card if card is not None and card.role else None
    if not (is_party(thread.id, me) or (card and groups.may_care(card.role or ""))):
        raise NotFound(_("There is nothing at this address."))
    return Reading(thread, None, card, "", False)


def _group(thread: Thread, me: int | None) -> GroupCard | None:
    """The thread's group if it has one. Raises NotFound where the group may not be read."""
    if thread.group_id is None:
        return None
    card = group_card(slug_of(thread.group_id), current_lang(), me)
    if card is None or not groups.may_read(card.kind, groups.part_of(card.role, me is not None)):
        raise NotFound(_("There is nothing at this address."))
    return card


def _role(thread: Thread, me: int | None) -> Role | None:
    """The viewer's role at the producer who was asked."""
    own = thread.author_id == me and thread.kind != "news"
    if me is None or thread.producer_id is None or own:
        return None
    return next((role for role in roles_of(me) if role.producer_id == thread.producer_id), None)


def _market(thread: Thread) -> bool:
    """Whether the viewer runs the market that was asked."""
    to_market = thread.producer_id is None and thread.group_id is None
    return to_market and current_user.is_authenticated and bool(current_user.is_operator)


def _bundle_url(thread: Thread) -> str:
    """The page of the bundle that is commented. Raises NotFound where it may not be seen."""
    row = bundle_head(thread.bundle_id or 0)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return bundle_for(row[0], viewer_id()).url
