"""What keys for programs may allow."""

from __future__ import annotations

SCOPES = ("orders:read", "orders:write")
MOST_TOKENS = 20
LASTS_DAYS = (30, 90, 365)
PREFIX_SIGNS = 8
