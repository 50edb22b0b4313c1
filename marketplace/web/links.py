"""Links that name what led to them: `?e=<kind>.<ref>.<mac>`, minted and read here."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from flask import current_app, request

from marketplace.foundation.codes import SIGNS


@dataclass(frozen=True, slots=True)
class Source:
    """What led somebody here: a kind of the closed list and a reference, both plain text."""

    kind: str
    ref: str


def _mac(kind: str, ref: str) -> str:
    """50 bits of HMAC-SHA256 over kind and reference, as ten signs."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(secret, f"e:{kind}.{ref}".encode(), sha256).digest()
    number = int.from_bytes(digest[:8], "big") >> 14
    return "".join(SIGNS[number >> (5 * i) & 31] for i in range(10))


def mint(kind: str, ref: object) -> str:
    """The token for a link, e.g. `recommendation.r7.ABCDEFGHJK`."""
    return f"{kind}.{ref}.{_mac(kind, str(ref))}"


def read(token: str | None) -> Source | None:
    """What a token says, or None if it is not ours."""
    parts = (token or "").split(".")
    if len(parts) != 3 or not hmac.compare_digest(parts[2].encode(), _mac(*parts[:2]).encode()):
        return None
    return Source(parts[0], parts[1])


def arrived_by() -> Source | None:
    """What the address or form of this request says led here."""
    return read(request.values.get("e") or request.values.get("source"))
