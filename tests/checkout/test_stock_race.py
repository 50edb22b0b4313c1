"""Many want the same few bottles at the same moment."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation.database import db
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
    """What the database says about the wine and the orders."""
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
    """checkout: 50 at once for 7 bottles: 7 orders, 43 sentences, no fault, no bottle twice."""
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
    """checkout: the same attempt sent ten times at once is one order, and all see it."""
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
import os, signal, sys
from marketplace import create_app
from marketplace.foundation.database import db
from sqlalchemy import event
app, after = create_app(), int(sys.argv[1])
cookie, form = sys.argv[2], dict(zip(sys.argv[3::2], sys.argv[4::2]))
seen = 0
with app.app_context():
    @event.listens_for(db.engine, "after_cursor_execute")
    def count(conn, cursor, statement, parameters, context, many):
        global seen
        seen += statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        if seen == after:
            os.kill(os.getpid(), signal.SIGKILL)
client = app.test_client()
client.set_cookie("session", cookie)
answer = client.post("/checkout", data=form, headers={"Sec-Fetch-Site": "same-origin"})
print("ANSWER", answer.status_code, seen)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 4, 8])
def test_killed_process_leaves_no_half_order(app: Flask, cast: Cast, folder: Path, after: int
                                             ) -> None:
    """foundation-3: kill -9 after the n-th write of placing leaves nothing; sent again, it works.

    The killed process is another one on the same database, as a worker of a server is.
    """
    client, form = ready(app, cast, 1)
    before = figures()
    cookie = client.get_cookie("session")
    assert cookie is not None
    db.session.remove()
    settings = app.config["ZURUF"]
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("ZURUF_")},
           "ZURUF_ENV": "test", "ZURUF_INSTANCE": str(folder), "ZURUF_DEMO": "on",
           "ZURUF_SECRET_KEY": settings.secret_key, "ZURUF_DATABASE_URL": settings.database_url,
           "ZURUF_PAYMENT": "bank_transfer,test_card", "ZURUF_RATE_LIMITS": "off",
           "ZURUF_URL": "http://localhost", "ZURUF_LOG_LEVEL": "error"}
    words = [part for pair in form.items() for part in pair]
    done = subprocess.run([sys.executable, "-c", KILLED, str(after), cookie.value, *words],
                          cwd=HERE, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    until = time.monotonic() + 10
    while figures() != before and time.monotonic() < until:
        time.sleep(0.1)
    assert figures() == before
    answer = client.post("/checkout", data=form, headers=SAME)
    assert "/orders/" in (answer.location or ""), answer.get_data(as_text=True)[:500]
    assert figures()["orders"] == before["orders"] + 1
