"""Signed values for links in mails, and values that only this site can read."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import new as new_hmac

from cryptography.fernet import Fernet, InvalidToken
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


def _sealer(purpose: str) -> Fernet:
    secret = f"{current_app.config['SECRET_KEY']} sealed {purpose}"
    return Fernet(urlsafe_b64encode(sha256(secret.encode()).digest()))


def seal(purpose: str, text: str) -> str:
    """The text encrypted with a key that is made from the application's secret."""
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str | None:
    """The text again, or None where the secret of the application has changed."""
    try:
        return _sealer(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def keyed_hash(purpose: str, text: str) -> str:
    """A mark of a text that nobody can try out without the application's secret."""
    key = f"{current_app.config['SECRET_KEY']} {purpose}".encode()
    return new_hmac(key, text.encode(), sha256).hexdigest()
