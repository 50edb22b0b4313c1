"""Who may do what in a group, and how a pick is made. Pure."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_VOTERS, VOTES_A_MONTH, MOST_LIST = 3, 3, 100
LEVEL_TO_FOUND, FOUNDED_A_MONTH = 1, 3
PATTERN = {
    "de": "Wir reden über die Sache, nicht über Personen.\nWer etwas empfiehlt, sagt wofür.\n"
          "Kritik an Waren ist willkommen, Spott über Leute nicht.\nWerbung bitte kennzeichnen.",
    "en": "We talk about the matter, not about people.\nWho recommends something says what for.\n"
          "Criticism of goods is welcome, mockery of people is not.\nPlease label advertising.",
}

READ = {"open": {"visitor", "guest", "member", "moderator", "founder"},
        "closed": {"member", "moderator", "founder"},
        "secret": {"member", "moderator", "founder"}}
KNOW = {"open": READ["open"], "closed": READ["open"], "secret": READ["secret"]}
CARE = {"moderator", "founder"}


def part_of(role: str | None, signed_in: bool) -> str:
    """visitor, guest (signed in, no member) or the role."""
    return role or ("guest" if signed_in else "visitor")


def may_know(kind: str, part: str) -> bool:
    """Whether the group exists for this person at all."""
    return part in KNOW[kind]


def may_read(kind: str, part: str) -> bool:
    """Whether topics, lists, picks and ranking show."""
    return part in READ[kind]


def may_write(part: str) -> bool:
    """Whether the person may start topics, answer, vote and add to lists."""
    return part in ("member", "moderator", "founder")


def may_care(part: str) -> bool:
    """Whether the person decides requests and edits the description."""
    return part in CARE


def how_to_enter(kind: str) -> str:
    """at_once, by_request or by_invite."""
    return {"open": "at_once", "closed": "by_request", "secret": "by_invite"}[kind]


def picks_of(votes: Mapping[int, int]) -> list[int]:
    """Products with the most votes, at least three voters each; ties give several picks."""
    enough = {product: n for product, n in votes.items() if n >= LEAST_VOTERS}
    most = max(enough.values(), default=0)
    return sorted(product for product, n in enough.items() if n == most)


def why_not_found(trust_level: int, founded_lately: int) -> str | None:
    """What stands in the way of founding a group: level, many, or nothing."""
    if trust_level < LEVEL_TO_FOUND:
        return "level"
    return "many" if founded_lately >= FOUNDED_A_MONTH else None
