"""What may follow what in a seller order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

A, P, R, D, L, C, X = ("awaiting_payment", "paid", "preparing", "dispatched", "delivered",
                       "cancelled", "expired")
STATES = (A, P, R, D, L, C, X)
STAY = "="
REFUSED = "!"

TABLE: Mapping[str, Mapping[str, str]] = {
    "fully_paid": dict(zip(STATES, (P, STAY, STAY, STAY, STAY, "revive", "revive"), strict=True)),
    "partly_paid": dict(zip(STATES, (STAY,) * 7, strict=True)),
    "time_over": dict(zip(STATES, (X, STAY, STAY, STAY, STAY, STAY, STAY), strict=True)),
    "buyer_cancels": dict(zip(STATES, (C, C, C, REFUSED, REFUSED, STAY, STAY), strict=True)),
    "seller_cancels": dict(zip(STATES, (C, C, C, REFUSED, REFUSED, STAY, STAY), strict=True)),
    "packing": dict(zip(STATES, (REFUSED, R, STAY, REFUSED, REFUSED, REFUSED, REFUSED),
                        strict=True)),
    "handed_over": dict(zip(STATES, (REFUSED, D, D, STAY, REFUSED, REFUSED, REFUSED),
                            strict=True)),
    "taken_back": dict(zip(STATES, (REFUSED, REFUSED, REFUSED, R, REFUSED, REFUSED, REFUSED),
                           strict=True)),
    "delivered": dict(zip(STATES, (REFUSED, REFUSED, REFUSED, L, STAY, REFUSED, REFUSED),
                          strict=True)),
}


def after(event: str, state: str) -> str:
    """The next state, `=` for none, `!` for refused, `revive` where stock decides."""
    return TABLE[event][state]


def sources(event: str) -> list[str]:
    """The states from which an event moves on, for a conditional UPDATE."""
    return [state for state, then in TABLE[event].items() if then in STATES]


def shown(states: Iterable[str]) -> str:
    """One word for the whole order: ended, awaiting_payment, delivered, dispatched, in_progress."""
    present = list(states)
    alive = [state for state in present if state not in (C, X)]
    if not alive:
        return "ended"
    if A in alive:
        return "awaiting_payment"
    if all(state == L for state in alive):
        return "delivered"
    if all(state in (D, L) for state in alive):
        return "dispatched"
    return "in_progress"
