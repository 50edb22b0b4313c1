"""What every answer carries, what a visitor's page holds, and what error pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from marketplace.foundation.errors import Conflict, OutsideDown, TooMany
from tests.cast import Cast
from tests.shape.house import Source
from tests.shape.test_colours import inline_parts
from tests.web.places import Places, everything
from tests.web.test_access import CAST, GET, rows_of

HOUSE = str(Path(__file__).resolve().parents[2])
CSP = ("default-src 'self'", "img-src 'self' data:", "style-src 'self'", "script-src 'self'",
       "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
       "frame-ancestors 'none'", "object-src 'none'")
OTHERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
          "Referrer-Policy": "strict-origin-when-cross-origin",
          "Cross-Origin-Opener-Policy": "same-origin"}
OWN_CSP = {"storefront.file", "people.portrait_file", "orders.photo", "orders.receipt_photo"}
"""A picture that may be an SVG gets a stricter rule of its own."""
STRICTER = {"Referrer-Policy": "no-referrer"}
"""Pages whose own address is a secret (orders of guests) tell nobody where one came from."""
LOADING = {"src", "srcset", "poster", "data", "action", "formaction"}
SENTENCES = {
    400: ("Bitte gib es noch einmal ein.", "Please type it again."),
    403: ("Dieses Formular kam nicht von einer Seite", "did not come from a page of this site"),
    404: ("", "There is nothing at this address."),
    405: ("", "This address does not take that."),
    413: ("12 MB", "12 MB"),
    429: ("", "Please wait a moment."),
    500: ("Bei uns ist etwas kaputtgegangen", "Something broke on our side"),
}


class Loads(HTMLParser):
    """Everything a page makes the browser load or send to, without a click."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one tag."""
        for name, value in attrs:
            if name in LOADING or (tag == "link" and name == "href"):
                self.found.append(value or "")


def foreign(html: str) -> list[str]:
    """What a page loads from elsewhere; links that a person clicks are free."""
    return [one for one in Loads(html).found
            if re.search(r"(?:^|[\s,])(?:https?:)?//(?!localhost[/:])", one)
            and not one.startswith("http://localhost")]


@pytest.fixture
def places(app: Flask, cast: Cast) -> Iterator[Places]:
    """The filled market."""
    yield everything(app, cast)


def header_faults(endpoint: str, headers: dict[str, str]) -> list[str]:
    """Headers of one answer that are missing or differ."""
    said = tuple(part.strip() for part in headers.get("Content-Security-Policy", "").split(";"))
    faults = [f"{name}: {headers.get(name)}" for name, value in OTHERS.items()
              if headers.get(name) not in (value, STRICTER.get(name, value))]
    if said != CSP and not (endpoint in OWN_CSP and said[0] == "default-src 'none'"):
        faults.append(f"CSP: {said}")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    return [f"{endpoint} {fault}" for fault in faults]


def test_every_kind_of_answer_carries_the_headers(
    app: Flask, cast: Cast, places: Places, client: FlaskClient
) -> None:
    """foundation-8: the same headers on pages, redirects, refusals, files, for programs too."""
    cleo, wrong = cast.browser("cleo"), []
    for rule in rows_of(app, "GET"):
        for browser in (client, cleo):
            answer = browser.get(places.address(app, rule))
            if rule.endpoint != "static":
                wrong += header_faults(rule.endpoint, dict(answer.headers))
            if answer.mimetype == "text/html" and browser is cleo:
                assert answer.headers["Cache-Control"] == "private, no-store", rule.endpoint
    assert not wrong, "\n" + "\n".join(wrong)
    assert len(header_faults("a", {})) == len(OTHERS) + 2


def test_visitor_pages_are_clean(app: Flask, places: Places) -> None:
    """foundation-6, foundation-8: no cookie, nothing from elsewhere, no inline style or script."""
    wrong = []
    for rule in rows_of(app, "GET"):
        if GET[rule.endpoint][CAST[0]] != 200:
            continue
        answer = app.test_client().get(places.address(app, rule))
        if answer.headers.get("Set-Cookie"):
            wrong.append(f"{rule.endpoint} sets a cookie")
        if answer.mimetype != "text/html":
            continue
        html = answer.get_data(as_text=True)
        wrong += [f"{rule.endpoint} loads {one}" for one in foreign(html)]
        wrong += inline_parts([Source(rule.endpoint, html)])
    assert not wrong, "\n" + "\n".join(wrong)
    planted = '<link href="https://a.example/x.css"><img src="//b.example/y"><a href="http://c/">'
    assert len(foreign(planted)) == 2
    assert not foreign('<form action="/a"><img src="data:,"><link href="http://localhost/a">')


def test_visitor_pages_may_be_kept_by_caches(app: Flask, client: FlaskClient) -> None:
    """foundation, web: a visitor's page may be shared, one with a session never."""
    assert client.get("/products").headers["Cache-Control"].startswith("public, s-maxage=30")
    assert "Cookie" in client.get("/products").headers["Vary"]
    assert client.get("/basket").headers["Cache-Control"] == "private, no-store"


def test_hashed_files_are_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    """foundation, web: static files carry their content in the name, never change, are packed."""
    html = client.get("/").get_data(as_text=True)
    found = sorted(set(re.findall(r"/static/[\w./-]+", html)))
    assert any(name.endswith(".css") for name in found)
    assert any(name.endswith(".js") for name in found)
    for name in found:
        assert re.search(r"\.[0-9a-f]{10}\.\w+$", name), name
        answer = client.get(name, headers={"Accept-Encoding": "br, gzip"})
        assert answer.status_code == 200, name
        assert "max-age=31536000" in answer.headers["Cache-Control"], name
        assert "immutable" in answer.headers["Cache-Control"], name
        if name.endswith((".css", ".js", ".svg")):
            assert answer.headers["Content-Encoding"] == "br", name
    assert client.get("/static/site.css").status_code == 404


@pytest.fixture
def faulty(app: Flask) -> Iterator[Flask]:
    """The app with one page that gives each fault by its number."""
    views, name = app.view_functions, "storefront.status"
    before = views[name]

    def fail() -> None:
        from flask import request

        number = int(request.args["n"])
        if number == 500:
            raise ZeroDivisionError("secret inside")
        if number in (409, 503, 4290):
            raise {409: Conflict("Somebody was faster."), 503: OutsideDown("Later.", 7),
                   4290: TooMany("Slowly, please.", 90)}[number]
        abort(number)

    views[name] = fail
    yield app
    views[name] = before


@pytest.mark.parametrize("lang", ["de", "en"])
def test_error_pages_say_what_to_do(faulty: Flask, lang: str) -> None:
    """foundation, web; foundation-13: a sentence in the reader's language, and no inside."""
    client, head = faulty.test_client(), {"Accept-Language": lang}
    origin = {**head, "Sec-Fetch-Site": "same-origin"}
    answers = {
        400: client.get("/search?q=%00", headers=head),
        403: client.post("/basket/lines", headers={**head, "Sec-Fetch-Site": "cross-site"}),
        404: client.get("/no/such/page", headers=head),
        405: client.post("/status", headers=origin),
        413: client.post("/basket/lines", headers={**origin, "Content-Type":
                                                   "application/x-www-form-urlencoded"},
                         data=b"a=" + b"x" * (12 * 1024 * 1024 + 1)),
        429: client.get("/status?n=429", headers=head),
        500: client.get("/status?n=500", headers=head),
    }
    for status, answer in answers.items():
        html = answer.get_data(as_text=True)
        assert answer.status_code == status
        assert f'<html lang="{lang}"' in html, status
        assert SENTENCES[status][lang == "en"] in html, status
        if lang == "de":
            assert not SENTENCES[status][1] or SENTENCES[status][1] not in html or status == 413
        assert not header_faults("error", dict(answer.headers)), status
        assert not foreign(html) + inline_parts([Source("error", html)]), status
        for inside in ("Traceback", "ZeroDivisionError", "secret inside", HOUSE, "Werkzeug"):
            assert inside not in html, (status, inside)
        assert not answer.headers.get("Set-Cookie"), status
    assert re.search(r'class="number">[0-9a-f]{8}<', answers[500].get_data(as_text=True))
    assert 'action="/search"' in answers[404].get_data(as_text=True)
    assert answers[429].headers["Retry-After"] == "60"


def test_waiting_answers_say_how_long(faulty: Flask) -> None:
    """foundation, web: 503 and our own 429 say when to come back."""
    client = faulty.test_client()
    for number, status, wait in ((503, 503, "7"), (4290, 429, "90")):
        answer = client.get(f"/status?n={number}")
        assert (answer.status_code, answer.headers["Retry-After"]) == (status, wait)
    assert "Somebody was faster." in client.get("/status?n=409").get_data(as_text=True)


def test_programs_get_problems_as_json(faulty: Flask) -> None:
    """foundation, web: RFC 9457 for those who ask for JSON."""
    head = {"Accept": "application/json"}
    for number in (404, 409, 500, 503):
        answer = faulty.test_client().get(f"/status?n={number}", headers=head)
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["status"] == number
        assert "secret" not in answer.get_data(as_text=True)
