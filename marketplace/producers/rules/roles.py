"""Which role of a producer's staff may do what. Pure. Source: spec producers 3.3."""

from __future__ import annotations

ROLES = ("owner", "editor", "service", "shipping")
ALL = frozenset(ROLES)
RIGHTS = {
    "trader": frozenset({"owner"}), "staff": frozenset({"owner"}), "bank": frozenset({"owner"}),
    "closing": frozenset({"owner"}),
    "texts": frozenset({"owner", "editor"}), "products": frozenset({"owner", "editor"}),
    "answer": frozenset({"owner", "editor", "service"}),
    "orders": frozenset({"owner", "service", "shipping"}), "read_orders": ALL,
    "figures": ALL, "see": ALL,
}


def may(role: str, right: str) -> bool:
    """Whether a role of staff has a right of `RIGHTS`."""
    return role in RIGHTS[right]


def roles_for(right: str) -> tuple[str, ...]:
    """The roles that have a right, widest first."""
    return tuple(role for role in ROLES if role in RIGHTS[right])
