"""Every address of the market, opened by others: nothing private of somebody comes out."""

from __future__ import annotations

import re

import sqlalchemy as sa
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people import actions
from marketplace.people.models import Address
from marketplace.people.rules.consents import HEALTH
from marketplace.people.rules.visibility import DEFAULTS
from tests.cast import PEOPLE, Cast
from tests.web.places import everything

MARKS = ("Zebrafink", "Nebelhorn", "Krabbenkutter", "Volapük", "Wattenwunsch", "Wattendiät",
         "Geheimgasse", "0171 5550000")
"""One word in each field that is for cleo alone."""
BEARERS = ("storefront.outbox", "storefront.outbox_mail", "orders.receipt", "orders.receipt_pdf")
"""The viewer of mails, never in production, and the receipt behind the link in its own mail."""
MAIL = re.compile(r"\b([a-z]+)@example\.org")


def hidden_fields(cast: Cast) -> None:
    """Cleo fills every field and shows none."""
    cleo = cast.id("cleo")
    with committing():
        actions.change_profile(cleo, MARKS[0], MARKS[1], MARKS[2], "0" * 40 + ".webp", MARKS[3])
        actions.set_visibility(cleo, dict.fromkeys(DEFAULTS, "me"))
        actions.tell_wish(cleo, "expectation", {"words": MARKS[4]})
        actions.give_consent(cleo, HEALTH, "test", "test")
        actions.tell_health(cleo, "diet", MARKS[5])
        db.session.add(Address(person_id=cleo, label="", name="Cleo", lines=MARKS[6],
                               postcode="26465", city="Juist", country="DE", phone=MARKS[7],
                               is_default=False, made_at=clock.now()))


def test_private_fields_and_addresses_reach_nobody(app: Flask, cast: Cast) -> None:
    """people-3, people-7: all pages, feeds and files a member, a seller and a visitor can open, as
    page and as JSON: no field that is for its owner alone, no member's e-mail.
    """
    places = everything(app, cast)
    hidden_fields(cast)
    leaks = []
    for who in ("dan", "ana"):
        browser = cast.browser(who)
        for rule in sorted(app.url_map.iter_rules(), key=str):
            if "GET" not in (rule.methods or ()) or rule.endpoint in BEARERS:
                continue
            address = places.address(app, rule)
            got = browser.get(address, headers={"Accept": "application/json"}
                              if rule.endpoint.startswith("storefront") and who == "dan" else {})
            text = got.get_data().decode("utf-8", "replace")
            mails = {one for one in MAIL.findall(text) if one in PEOPLE and one != who}
            leaks += [(who, address, one) for one in (*mails, *(m for m in MARKS if m in text))]
    assert not leaks, leaks
    assert db.session.scalar(sa.select(sa.func.count(Address.id)).where(
        Address.lines == MARKS[6])) == 1
