"""The seven who can sign in, for the sign-in page of the demo and for the start script."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from marketplace.demo.content.reading import CONTENT
from marketplace.demo.load.people import PASSWORD


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the cast: address and password to sign in with, and what one sees with them."""

    handle: str
    email: str
    password: str
    shows_de: str
    shows_en: str


@cache
def sign_ins() -> tuple[SignIn, ...]:
    """The cast in the order of its file; reads only that file."""
    data = tomllib.loads((CONTENT / "cast.toml").read_text(encoding="utf-8"))
    return tuple(
        SignIn(
            handle=one["handle"],
            email=f"{one['handle']}@example.org",
            password=PASSWORD,
            shows_de=f"{one['role']['de']}: {one['shows']['de']}",
            shows_en=f"{one['role']['en']}: {one['shows']['en']}",
        )
        for one in data["cast"]
    )
