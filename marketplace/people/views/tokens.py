"""Keys for programs that act for a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people.actions.tokens import make_token, revoke_token
from marketplace.people.models import ApiToken
from marketplace.people.queries.login import tokens_of
from marketplace.people.rules.tokens import LASTS_DAYS
from marketplace.people.views import pages
from marketplace.people.views.strong import strong
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class TokensPage:
    """Keys in force, a form for another one, and the secret of the one just made."""

    tokens: Sequence[ApiToken]
    scopes: Sequence[tuple[str, str]]
    lasts: Sequence[tuple[str, str]]
    try_words: str
    secret: str = ""
    typed: Mapping[str, object] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def scope_words() -> dict[str, str]:
    """What a key may allow, in words."""
    return {"orders:read": _("Read my basket and my orders"),
            "orders:write": _("Change my basket and order with obligation to pay")}


def _try(secret: str) -> str:
    """A command that reads the basket with this key."""
    address = url_for("checkout.api_basket", _external=True)
    return f'curl -H "Authorization: Bearer {secret}" {address}'


def _page(secret: str = "", typed: Mapping[str, object] | None = None,
          faults: Mapping[str, str] | None = None, status: int = 200) -> Response:
    lasts = [(str(days), _("%(n)s days", n=days)) for days in LASTS_DAYS]
    page = TokensPage(tokens_of(person_id()), list(scope_words().items()), lasts,
                      _try(secret) if secret else "", secret,
                      typed or {"scopes": [], "days": str(LASTS_DAYS[1])}, faults or {})
    return answer("people/tokens.html", page, status)


@pages.get("/account/tokens")
@signed_in
def tokens() -> Response:
    """Which programs may act for me."""
    return _page()


@pages.post("/account/tokens", endpoint="tokens_post")
@limiter.limit("30 per hour")
@strong
def tokens_post() -> Response:
    """Make a key; its secret is shown on this answer and never again."""
    form = request.form
    name, scopes, days = form.get("name", "").strip(), form.getlist("scopes"), form.get("days", "")
    try:
        with committing():
            secret = make_token(person_id(), name, scopes,
                                int(days) if days.isdecimal() and len(days) < 5 else 0)
    except Invalid as fault:
        return _page("", {"name": name, "scopes": scopes, "days": days}, fault.faults, 422)
    return _page(secret)


@pages.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke(token_id: int) -> Response:
    """A program may no longer act for me."""
    with committing():
        revoke_token(person_id(), token_id)
    flash(_("The key is taken back; programs with it are refused from now on."), "good")
    return see_other(url_for("people.tokens"))
