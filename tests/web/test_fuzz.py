"""Hostile and broken requests over every address: refused in words, never a fault of ours."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.web.places import Places, everything
from tests.web.test_access import GET, POST

REQUESTS = 2_000
SEED = 20_261
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE")
NASTY = (
    "", " ", "0", "-1", "1", "99999999999999999999", "9" * 5_000, "1e400", "NaN", "Infinity",
    "²", "٣", "½", "true", "null", "[]", "{}", "\x00", "a\x00b", "%00", "../../etc/passwd",
    "' OR 1=1 --", '"><script>alert(1)</script>', "{{7*7}}", "%(x)s", "%s%n", "%", "é" * 300,
    "x" * 70_000, "😀" * 200, "\ud7ff\u202e\u200b", "\r\nSet-Cookie: a=b", "//evil.example",
    "javascript:alert(1)", "2024-02-30", "0000-00-00", "1900-13-45", "10000-01-01", "12:61",
    "-0", "+5", "1_000", "0x10", "1,5", "0.1", "\N{ZERO WIDTH JOINER}", "ß", "İ", "me@", "@",
    "me@example.org", "all", "de", "en", "yes", "no", "up", "down", "send", "publish",
)
FIELDS = (
    "next", "lang", "page", "q", "after", "before", "sort", "order", "about", "seller", "kind",
    "words", "title", "text", "qty", "variant", "set", "source", "e", "version", "step", "value",
    "reason", "reasons", "why", "audience", "group", "person", "product", "month", "three", "born",
    "email", "name", "street", "postcode", "city", "country", "method", "again", "stars", "handle",
    "password", "stamp", "theme", "attempt_key", "shown_minor", "basket_version", "card", "line",
    "position", "occasion", "visibility", "openness", "outcome", "min", "max", "price", "filter",
    "category", "producer", "tag", "measure", "facts", "milder_why", "part", "move", "instead",
    "delivery", "place", "id", "board", "template", "items", "number", "number2", "server",
)
PEOPLE = ("", "", "cleo", "eva", "ana", "gina", "max", "olga")


def hostile(rule: Rule, chance: Random, places: Places, app: Flask) -> str:
    """The address of a rule, sometimes real, sometimes with broken parts."""
    if chance.random() < 0.6:
        return places.address(app, rule)
    address = rule.rule
    for part in rule.arguments:
        for mark in (f"<{part}>", f"<int:{part}>", f"<path:{part}>"):
            wrong = chance.choice(NASTY)[:3_000]
            value = wrong if "int:" not in mark else chance.choice(("0", "9" * 25, "7", "-1", "²"))
            address = address.replace(mark, value)
    return address


def fields(chance: Random, most: int = 8) -> dict[str, Any]:
    """A few known field names with nasty values, sometimes several of one name."""
    found: dict[str, Any] = {}
    for _ in range(chance.randrange(most)):
        values = [chance.choice(NASTY) for _ in range(chance.choice((1, 1, 1, 3)))]
        found[chance.choice(FIELDS)] = values if len(values) > 1 else values[0]
    return found


def body(chance: Random, token: str) -> dict[str, Any]:
    """The body of a request: a form, a file, JSON that is none, or bytes under a wrong name."""
    kind = chance.randrange(10)
    if kind < 6:
        return {"data": {**fields(chance, 14), "csrf_token": token}}
    if kind == 6:
        file = (BytesIO(chance.randbytes(200)), chance.choice(("a.png", "../a\x00", "", "x" * 300)))
        return {"data": {**fields(chance), "csrf_token": token, "picture": file}}
    if kind == 7:
        shape = chance.choice(([1, 2], {"title": {"deep": [1, None, True]}}, None, "x",
                               {"qty": [1, [2]], "words": None}, dict.fromkeys(FIELDS, 1)))
        return {"data": json.dumps(shape), "content_type": "application/json",
                "headers": {"X-CSRFToken": token}}
    if kind == 8:
        return {"data": chance.choice((b"{", b"\xff\xfe", b"a=%ff&b=%00", b"[" * 2_000)),
                "content_type": "application/json", "headers": {"X-CSRFToken": token}}
    return {"data": chance.randbytes(300), "headers": {"X-CSRFToken": token},
            "content_type": chance.choice((
                "multipart/form-data", "multipart/form-data; boundary=x", "text/xml", "a/b; c=d",
                "application/x-www-form-urlencoded; charset=nonsense", ""))}


class Attacker:
    """One browser that sends nonsense."""

    def __init__(self, app: Flask, cast: Cast, handle: str, places: Places, chance: Random) -> None:
        self.client: FlaskClient = cast.browser(handle) if handle else app.test_client()
        self.app, self.places, self.chance = app, places, chance
        self.token = _token(app, self.client) if handle else ""

    def send(self, rule: Rule) -> tuple[str, TestResponse]:
        """One request to an address; what was sent in short, and the answer."""
        chance = self.chance
        usual = sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"})
        method = chance.choice(usual) if chance.random() < 0.9 else chance.choice(METHODS)
        path = hostile(rule, chance, self.places, self.app)
        with_body = method in ("POST", "PUT", "PATCH", "DELETE")
        sent: dict[str, Any] = body(chance, self.token) if with_body else {}
        headers = {"Sec-Fetch-Site": "same-origin",
                   "Accept": chance.choice(("text/html", "application/json", "*/*", ";q=x", "a")),
                   "Accept-Language": chance.choice(("de", "en", "xx-YY;q=2", "*", "é")),
                   **sent.pop("headers", {})}
        if chance.random() < 0.2:
            headers["Referer"] = chance.choice(("http://localhost/products?a=b", "http://[", "x"))
        path = path.replace("\r", "").replace("\n", "") or "/"
        answer = self.client.open(path, method=method, query_string=fields(chance), headers=headers,
                                  **sent)
        return f"{method} {path[:80]} ({rule.endpoint})", answer


def _token(app: Flask, client: FlaskClient) -> str:
    from flask_wtf.csrf import generate_csrf

    with client.session_transaction() as session:
        kept = dict(session)
    with app.test_request_context():
        from flask import g
        from flask import session as here

        g.pop("csrf_token", None)
        here.update(kept)
        token, field = generate_csrf(), here["csrf_token"]
    with client.session_transaction() as session:
        session["csrf_token"] = field
    return str(token)


@pytest.fixture
def places(app: Flask, cast: Cast) -> Iterator[Places]:
    """The filled market."""
    yield everything(app, cast)


@pytest.mark.slow
def test_nonsense_never_breaks_the_site(
    app: Flask, cast: Cast, places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    """foundation-10, foundation-13: 2,000 seeded requests, no 5xx, nothing of machines shown."""
    chance, broken = Random(SEED), []
    rules = [rule for rule in sorted(app.url_map.iter_rules(), key=str)
             if rule.endpoint not in ("people.sign_out", "people.end_others")
             and rule.endpoint in {**GET, **POST}]
    attackers = [Attacker(app, cast, handle, places, chance) for handle in PEOPLE]
    for turn in range(REQUESTS):
        rule, attacker = rules[turn % len(rules)], chance.choice(attackers)
        caplog.clear()
        try:
            what, answer = attacker.send(rule)
        except Exception as fault:
            broken.append(f"{turn} {rule.endpoint}: {fault!r}")
            continue
        text = answer.get_data(as_text=True)[:200_000] if answer.mimetype.startswith("text") else ""
        if answer.status_code >= 500:
            broken.append(f"{turn} {what}: {_last_fault(caplog)}")
        elif "Traceback (most recent call last)" in text or "sqlalchemy" in text.lower():
            broken.append(f"{turn} {what}: shows its inside")
    assert not broken, "\n" + "\n".join(broken)


def _last_fault(caplog: pytest.LogCaptureFixture) -> str:
    faults = [record.exc_info for record in caplog.records if record.levelno >= logging.ERROR]
    return repr(faults[-1][1])[:300] if faults and faults[-1] else "?"


def test_fuzz_would_notice_a_fault(app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture
                                   ) -> None:
    """The check can fail: a view that breaks is answered with 500 and its fault is named."""
    from marketplace.storefront.views import lists

    name = "storefront.status"
    before = app.view_functions[name]
    assert lists
    app.view_functions[name] = lambda: 1 / 0
    try:
        assert app.test_client().get("/status").status_code == 500
    finally:
        app.view_functions[name] = before
    assert "ZeroDivisionError" in _last_fault(caplog)
