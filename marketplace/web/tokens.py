"""Signed values for links in mails: who holds the link may do that one thing."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"zuruf {purpose}")


def sign(purpose: str, value: object) -> str:
    """A token that only this site can make."""
    return str(_signer(purpose).dumps(value))


def unsign(purpose: str, token: str) -> object | None:
    """The value in a token, or None if the token is not ours."""
    try:
        return _signer(purpose).loads(token)
    except BadSignature:
        return None
