"""Addresses of what a house sold: its papers, its files, its months."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock


def sold(number: str) -> dict[str, dict[str, Any]]:
    """What the house has of the order."""
    part: dict[str, Any] = {"number": f"{number}-1"}
    now: dict[str, Any] = {"year": clock.today().year, "month": clock.today().month}
    return {**{f"orders.{name}": part for name in ("slip", "hand_in", "hand_in_post")},
            "orders.step": {**part, "step": "paid"},
            "orders.export_csv": {"what": "documents", **now},
            **{f"payments.{name}": now for name in ("month", "month_csv", "month_pdf")}}
