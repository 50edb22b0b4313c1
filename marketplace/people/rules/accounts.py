"""Handles, display names and passwords: what may be one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

HANDLE = re.compile(r"[a-z](?:-?[a-z0-9]){2,29}")
RESERVED = frozenset(
    [
    "about", "account", "admin", "api", "ask", "assets", "basket", "bundles", "calendar",
    "categories", "checkout", "compare", "dates", "du", "everyone", "fees", "feed",
    "feeds", "files", "followed", "for-you", "groups", "healthz", "help", "hooks",
    "how-reviews-are-checked", "language", "manifest", "me", "member", "members",
    "metrics", "moderation", "moderator", "nobody", "notify", "operator", "orders",
    "outbox", "p", "parts", "portraits", "producer", "producers", "products", "ranking",
    "readyz", "root", "search", "sign-in", "sign-out", "sign-up", "sitemap", "static",
    "statistics", "status", "studio", "support", "system", "theme", "threads", "topics",
    "unsubscribe", "visitor", "wir", "withdraw", "zuruf"]
)
HANDLE_REST_DAYS, HANDLE_LEADS_DAYS, HANDLE_FREE_DAYS = 90, 365, 730
LEAST_PASSWORD, MOST_PASSWORD = 12, 256


def folded_handle(text: str) -> str:
    """The handle as it is kept: lower case."""
    return text.strip().lower()


def handle_fault(handle: str) -> str | None:
    """Why this cannot be a handle: form or reserved; None if it can."""
    if not 3 <= len(handle) <= 30 or not HANDLE.fullmatch(handle):
        return "form"
    return "reserved" if handle in RESERVED else None


def display_name_fault(name: str) -> str | None:
    """Why this cannot be a display name: length or signs; None if it can."""
    if not 2 <= len(name) <= 40:
        return "length"
    for sign in name:
        kind = unicodedata.category(sign)[0]
        if kind not in "LM" and sign not in " .'-" and not sign.isdigit():
            return "signs"
    return None


def look(name: str) -> str:
    """What a name looks like: compatible signs made one, case, spaces and signs taken out.

    "Weingut  Kaltbach", "WEINGUT-KALTBACH" and "Ｗeingut Kaltbach" look alike.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


@lru_cache(1)
def _common() -> frozenset[str]:
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(path.read_text("utf-8").split())


def password_fault(password: str, email: str, handle: str) -> str | None:
    """Why a password is refused: short, long, common, own, same; None if it is good."""
    low = password.lower()
    if len(password) < LEAST_PASSWORD:
        return "short"
    if len(password) > MOST_PASSWORD:
        return "long"
    if len(set(low)) == 1:
        return "same"
    if low in _common():
        return "common"
    own = [part for part in (email.lower(), handle.lower()) if len(part) > 3]
    return "own" if any(part in low for part in own) else None
