"""Who is asking, and who may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from flask import request, session
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.errors import Invalid, NotSignedIn, NotYours
from marketplace.web.answers import machine

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(Protocol):
    """What `web` knows of a signed-in person."""

    id: int
    handle: str
    name: str
    lang: str
    theme: str
    is_moderator: bool
    is_operator: bool
    confirmed: bool
    scopes: frozenset[str]


def person() -> SignedIn:
    """The signed-in person. Raises NotSignedIn."""
    if not current_user.is_authenticated:
        raise NotSignedIn(_("Please sign in for this."))
    return cast(SignedIn, current_user)


def demand_confirmed(field: str = "") -> None:
    """Public acts wait for the confirmed address: refused beside a field, or on a page of its own.

    Raises Invalid, NotYours.
    """
    if person().confirmed:
        return
    sentence = _("Please confirm your e-mail address first: the link is in your mail. Under "
                 "“Account” you can have it sent once more.")
    raise Invalid({field: sentence}) if field else NotYours(sentence)


def person_id() -> int:
    """The signed-in person's id. Raises NotSignedIn."""
    return person().id


def viewer_id() -> int | None:
    """The person's id, or None for a visitor."""
    return person().id if current_user.is_authenticated else None


def guest_orders() -> Mapping[str, str]:
    """Orders placed in this browser without an account: number -> secret."""
    return dict(session.get("guest_orders", {}))


def keep_guest_order(number: str, secret: str) -> None:
    """Let this browser see a guest's order from now on."""
    session["guest_orders"] = {**session.get("guest_orders", {}), number.upper(): secret}


def basket_key() -> str | None:
    """The key of the basket that this browser has without an account."""
    return session.get("basket")


def keep_basket_key(key: str) -> None:
    """Let this browser find its basket again."""
    session["basket"] = key
    session.permanent = True


def signed_in(view: View) -> View:
    """A view for signed-in people; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        person()
        return view(*args, **kwargs)

    return cast(View, guarded)


def by_token(scope: str) -> Callable[[View], View]:
    """A view for programs whose key allows `scope`; a browser's sign-in opens none of them.

    Raises NotSignedIn, NotYours.
    """

    def marked(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            scopes = person().scopes if current_user.is_authenticated else frozenset[str]()
            if not scopes:
                raise NotSignedIn(_("This address needs a key in the Authorization header: "
                                    "“Bearer” and the key. Keys are made under “Account”."))
            if scope not in scopes:
                raise NotYours(_("This key does not allow that; it needs “%(scope)s”.",
                                 scope=scope))
            return view(*args, **kwargs)

        return cast(View, machine(guarded))

    return marked


def operators_only(view: View) -> View:
    """A view for operator staff. Raises NotSignedIn, NotYours."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not person().is_operator:
            raise NotYours(_("This page is for the people who run the marketplace."))
        return view(*args, **kwargs)

    return cast(View, guarded)


def moderators_only(view: View) -> View:
    """A view for site moderators. Raises NotSignedIn, NotYours."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not person().is_moderator:
            raise NotYours(_("This page is for the moderators of the marketplace."))
        return view(*args, **kwargs)

    return cast(View, guarded)


def deciders_only(view: View) -> View:
    """A view for site moderators and operator staff. Raises NotSignedIn, NotYours."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not (person().is_moderator or person().is_operator):
            raise NotYours(_("This page is for the moderators of the marketplace."))
        return view(*args, **kwargs)

    return cast(View, guarded)


def safe_next(default: str) -> str:
    """Where to go after a form: the asked path if it is one of this site, else `default`."""
    asked = request.values.get("next", "")
    good = asked.startswith("/") and not asked.startswith(("//", "/\\")) and "\n" not in asked
    return asked if good and ":" not in asked.split("?")[0] else default
