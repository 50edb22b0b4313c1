"""Who may do what in a group: one table for all kinds and parts."""

from __future__ import annotations

KINDS = ("open", "closed", "secret")
PARTS = ("visitor", "guest", "member", "moderator", "founder")
"""Visitors are not signed in; guests are, and do not belong."""
INSIDE = frozenset({"member", "moderator", "founder"})
CARE = frozenset({"moderator", "founder"})
FOUNDER = frozenset({"founder"})
EVERYBODY = frozenset(PARTS)
SIGNED_IN = EVERYBODY - {"visitor"}
NOBODY: frozenset[str] = frozenset()


def _alike(parts: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(KINDS, parts)


ACTIONS: dict[str, dict[str, frozenset[str]]] = {
    "know": {"open": EVERYBODY, "closed": EVERYBODY, "secret": INSIDE},
    "see_members": {"open": SIGNED_IN, "closed": INSIDE, "secret": INSIDE},
    "read": {"open": EVERYBODY, "closed": INSIDE, "secret": INSIDE},
    "enter": {"open": frozenset({"guest"}), "closed": NOBODY, "secret": NOBODY},
    "ask": {"open": NOBODY, "closed": frozenset({"guest"}), "secret": NOBODY},
    "write": _alike(INSIDE),
    "propose": _alike(INSIDE),
    "ballot": _alike(INSIDE),
    "invite": _alike(CARE),
    "care": _alike(CARE),
    "exclude": _alike(CARE),
    "edit": _alike(CARE),
    "export": _alike(CARE),
    "name_moderators": _alike(FOUNDER),
    "hand_over": _alike(FOUNDER),
    "leave": _alike(INSIDE),
}
"""Action -> kind -> parts. To change the kind or dissolve is nobody's alone: a proposal does it;
to remove somebody's words for good is no right of a group."""


def may(action: str, kind: str, part: str, *, invite_by: str = "moderators",
        elected: bool = False) -> bool:
    """Whether this part in a group of this kind may do this.

    `invite_by` is who may invite (moderators or members); `elected`: the group chose its
    moderators once by vote, so the founder names none any more.
    """
    if action == "invite" and invite_by == "members":
        return part in INSIDE
    if action == "name_moderators" and elected:
        return False
    return part in ACTIONS[action][kind]


def part_of(role: str | None, signed_in: bool) -> str:
    """visitor, guest (signed in, no member) or the role."""
    return role or ("guest" if signed_in else "visitor")


def may_know(kind: str, part: str) -> bool:
    """Whether the group exists for this person at all."""
    return may("know", kind, part)


def may_read(kind: str, part: str) -> bool:
    """Whether topics, lists, picks and ranking show."""
    return may("read", kind, part)


def may_write(part: str) -> bool:
    """Whether the person may start topics, answer, vote and add to lists."""
    return part in INSIDE


def may_care(part: str) -> bool:
    """Whether the person decides requests and edits the description."""
    return part in CARE


def how_to_enter(kind: str) -> str:
    """at_once, by_request or by_invite."""
    return {"open": "at_once", "closed": "by_request", "secret": "by_invite"}[kind]
