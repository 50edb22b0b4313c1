"""Many want the same few bottles at the same moment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.stories.test_circle import ADDRESS

BUYERS = 50
BOTTLES = 7
WINE = "spaetburgunder-dorfkern"
HERE = Path(__file__).resolve().parent.parent.parent
SAME = {"Sec-Fetch-Site": "same-origin"}


def ready(app: Flask, cast: Cast, n: int) -> tuple[FlaskClient, dict[str, str]]:
    """A visitor in front of the button, with one bottle in the basket."""
    client = app.test_client()
    goods = cast.goods(WINE)
    cast.post(client, "/basket/lines", variant=goods.variant_id, qty=1)
    email = {**ADDRESS, "email": f"buyer{n}@example.org", "name": f"Buyer {n}"}
    assert cast.post(client, "/checkout/contact", **email).status_code == 303
    assert cast.post(client, "/checkout/delivery", born="1980-05-05").status_code == 303
    assert cast.post(client, "/checkout/payment", method="bank_transfer").status_code == 303
    html = client.get("/checkout/review").get_data(as_text=True)
    names = "attempt_key|shown_minor|basket_version|csrf_token"
    return client, dict(re.findall(rf'name="({names})" value="([^"]*)"', html))


def at_once(tries: list[tuple[FlaskClient, dict[str, str]]]) -> list[tuple[int, str, str]]:
    """Send all forms in the same moment; status, address and text of each answer."""
    barrier = Barrier(len(tries))

    def one(client: FlaskClient, form: dict[str, str]) -> tuple[int, str, str]:
        barrier.wait()
        answer = client.post("/checkout", data=form, headers=SAME)
        return answer.status_code, answer.location or "", answer.get_data(as_text=True)

    with ThreadPoolExecutor(len(tries)) as pool:
        running = [pool.submit(Context().run, one, *each) for each in tries]
        return [each.result() for each in running]


def figures() -> dict[str, int]:
    """What the database says about the wine and the orders, once what follows them is done."""
    run_due()
    queries = {
        "orders": "SELECT count(*) FROM orders",
        "parts": "SELECT count(*) FROM seller_orders", "pieces": "SELECT sum(qty) FROM order_lines",
        "reserved": "SELECT sum(v.reserved) FROM variants v JOIN products p ON p.id = v.product_id "
                    f"WHERE p.slug = '{WINE}'",
        "payments": "SELECT count(*) FROM payments",
        "orphans": "SELECT count(*) FROM orders o WHERE NOT EXISTS "
                   "(SELECT 1 FROM seller_orders s WHERE s.order_id = o.id)",
    }
    db.session.rollback()
    found = {name: int(db.session.scalar(db.text(query)) or 0) for name, query in queries.items()}
    db.session.rollback()
    return found


@pytest.mark.slow
def test_fifty_buyers_seven_bottles(app: Flask, cast: Cast) -> None:
    """checkout-26: 50 at once for 7 bottles: 7 orders, 43 sentences, no fault, no bottle twice."""
    tries = [ready(app, cast, n) for n in range(BUYERS)]
    answers = at_once(tries)
    placed = [where for status, where, _ in answers if "/orders/" in where]
    others = [one for one in answers if "/orders/" not in one[1]]
    assert not [status for status, _, _ in answers if status >= 500]
    assert len(placed) == len(set(placed)) == BOTTLES
    assert figures() == {"orders": 7, "parts": 7, "pieces": 7, "reserved": 7, "payments": 7,
                         "orphans": 0}
    for status, where, html in others:
        assert (status == 303 and where.endswith("/basket")) or status == 409, (status, where)
        assert status == 303 or 'class="error"' in html or "notice" in html
    told = next(client for (client, _), (_, where, _) in zip(tries, answers, strict=True)
                if where.endswith("/basket"))
    assert "Spätburgunder Dorfkern" in told.get("/basket").get_data(as_text=True)


@pytest.mark.slow
def test_doubled_press_gives_one_order(app: Flask, cast: Cast) -> None:
    """checkout-28: the same attempt sent ten times at once is one order, and all see it."""
    client, form = ready(app, cast, 1)
    cookie = client.get_cookie("session")
    assert cookie is not None
    tries = []
    for _ in range(10):
        twin = app.test_client()
        twin.set_cookie("session", cookie.value)
        tries.append((twin, dict(form)))
    answers = at_once(tries)
    assert {status for status, _, _ in answers} == {303}
    assert figures() == {"orders": 1, "parts": 1, "pieces": 1, "reserved": 1, "payments": 1,
                         "orphans": 0}
    assert any("/orders/" in where for _, where, _ in answers)


KILLED = """
import json, os, re, signal, sys, time
from marketplace import create_app
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from sqlalchemy import event, text
app, points = create_app(), json.loads(sys.argv[1])
cookie, form = sys.argv[2], json.loads(sys.argv[3])

def order(after, point):
    passed = not after
    with app.app_context():
        @event.listens_for(db.engine, "after_cursor_execute")
        def look(conn, cursor, statement, parameters, context, many):
            nonlocal passed
            flat = " ".join(statement.split())
            if passed and re.match(point, flat):
                os.kill(os.getpid(), signal.SIGKILL)
            passed = passed or re.match(after, flat) is not None
    client = app.test_client()
    client.set_cookie("session", cookie)
    client.post("/checkout", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    os.kill(os.getpid(), signal.SIGKILL if point == "the answer" else signal.SIGTERM)

def left():
    with app.app_context(), db.engine.connect() as connection:
        found = [connection.scalar(text(f"SELECT count(*) FROM {one}")) for one in (
            "orders", "seller_orders", "order_lines", "reservations", "payments", "letters")]
        found.append(connection.scalar(text("SELECT sum(reserved) FROM variants")))
        found.append(connection.scalar(text("SELECT sum(used) FROM coupons")))
    with app.app_context():
        db.engine.dispose()
    return [int(one or 0) for one in found]

before = left()
for after, point in points:
    child = os.fork()
    if not child:
        order(after, point)
    killed = os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    until = time.monotonic() + 10
    while point != "the answer" and left() != before and time.monotonic() < until:
        time.sleep(0.05)
    print(json.dumps([point, killed, left() == before]), flush=True)
"""
POINTS = {
    "1 the order's row": ("", "INSERT INTO orders"),
    "2 the basket's lock": ("", "UPDATE baskets SET version"),
    "3 everything anew": ("UPDATE baskets SET version", "SELECT producers"),
    "4 the coupon": ("", "UPDATE coupons"),
    "5 stock": ("", "UPDATE variants SET reserved"),
    "6 contracts": ("", "INSERT INTO order_lines"),
    "6 reservations": ("", "INSERT INTO reservations"),
    "6 the empty basket": ("", "DELETE FROM basket_lines"),
    "7 what follows": ("", "INSERT INTO jobs"),
}
"""The numbered points of placing by what is sent to the database there: after what, at what."""


def killed_at(app: Flask, folder: Path, points: list[tuple[str, str]], cookie: str,
              form: dict[str, str]) -> list[tuple[str, bool, bool]]:
    """Order in processes of their own on the same database, each killed at its point.

    Of each: the point, whether it was killed there, whether it left no trace.
    """
    settings = app.config["ZURUF"]
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("ZURUF_")},
           "ZURUF_ENV": "test", "ZURUF_INSTANCE": str(folder), "ZURUF_DEMO": "on",
           "ZURUF_SECRET_KEY": settings.secret_key, "ZURUF_DATABASE_URL": settings.database_url,
           "ZURUF_PAYMENT": "bank_transfer,test_card", "ZURUF_RATE_LIMITS": "off",
           "ZURUF_URL": "http://localhost", "ZURUF_LOG_LEVEL": "error"}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, json.dumps(points), cookie, json.dumps(form)], cwd=HERE,
        env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]  # type: ignore[misc]


def with_coupon(cast: Cast, client: FlaskClient) -> dict[str, str]:
    """Name a coupon of the wine's producer; the form of the last look now."""
    from marketplace.checkout.actions import NewCoupon, make_coupon
    from marketplace.foundation.database import committing

    with committing():
        make_coupon(cast.goods(WINE).producer_id, cast.id("ana"),
                    NewCoupon("EINMAL-1", "amount", 100, max_uses=1))
    assert cast.post(client, "/basket/coupon", coupon="EINMAL-1").status_code == 303
    html = client.get("/checkout/review").get_data(as_text=True)
    names = "attempt_key|shown_minor|basket_version|csrf_token"
    return dict(re.findall(rf'name="({names})" value="([^"]*)"', html))


@pytest.mark.slow
def test_killed_process_leaves_no_half_order(app: Flask, cast: Cast, folder: Path) -> None:
    """checkout-30, foundation-3: kill -9 at each point of placing leaves nothing; after all of
    them the order is placed whole, and the coupon is used once.
    """
    client, form = ready(app, cast, 1)
    form = with_coupon(cast, client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    db.session.remove()
    came = killed_at(app, folder, list(POINTS.values()), cookie.value, form)
    assert came == [(point, True, True) for _after, point in POINTS.values()]
    answer = client.post("/checkout", data=form, headers=SAME)
    assert "/orders/" in (answer.location or ""), answer.get_data(as_text=True)[:500]
    assert figures() == {"orders": 1, "parts": 1, "pieces": 1, "reserved": 1, "payments": 1,
                         "orphans": 0}
    assert db.session.scalar(db.text(
        "SELECT sum(qty) FROM reservations WHERE state = 'held'")) == 1
    assert db.session.scalar(db.text("SELECT used FROM coupons")) == 1


@pytest.mark.slow
def test_killed_after_the_commit_the_order_is_found(app: Flask, cast: Cast, folder: Path) -> None:
    """checkout-30: dead before the answer was out: the next press with the same key finds it."""
    client, form = ready(app, cast, 1)
    cookie = client.get_cookie("session")
    assert cookie is not None
    db.session.remove()
    came = killed_at(app, folder, [("", "the answer")], cookie.value, form)
    assert came == [("the answer", True, False)]
    assert figures() == {"orders": 1, "parts": 1, "pieces": 1, "reserved": 1, "payments": 1,
                         "orphans": 0}
    again = client.post("/checkout", data=form, headers=SAME)
    number = db.session.scalar(db.text("SELECT number FROM orders"))
    assert f"/orders/{number}" in again.location
    assert figures()["orders"] == 1
