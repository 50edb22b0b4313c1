"""A secret group is nowhere: every address of the site is opened and read for its words."""

from __future__ import annotations

import re

from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.groups.models import Group
from tests.cast import Cast
from tests.groups.hands import SECRET, group, put_in
from tests.web.circles import date_form
from tests.web.places import WINE, everything
from tests.web.test_access import GET, rows_of

OUTSIDERS = ("", "dan", "ana", "max", "olga")
"""A visitor, a member, a house whose goods are talked about, the moderation, the operator."""
MARK, BESIDE = "zwirbelgeist", "koboldisch"
"""What is looked for; a word beside it that the searches ask for, as pages repeat a question."""
FORMS = (
    (f"/groups/{SECRET}/dates/new", date_form(title=f"{MARK} {BESIDE} im Keller")),
    (f"/groups/{SECRET}/proposals/new",
     {"kind": "other", "title": f"{MARK} {BESIDE} im Mai",
      "why": "Wir kennen uns nur vom Schreiben."}),
    (f"/groups/{SECRET}/lists", {"title": f"{MARK} {BESIDE} Liste", "purpose": "Mai"}),
)


def filled(cast: Cast) -> list[str]:
    """Everything a group can hold, each with the mark in it; what must not be read outside."""
    put_in(cast, SECRET, "member", "eva", "cleo")
    row = group(SECRET)
    slug = f"{MARK}-runde"
    with committing():
        db.session.execute(db.update(Group).where(Group.id == row.id).values(
            name=f"{MARK.title()} und Freunde, {BESIDE}", purpose=f"Nur für {MARK}.", slug=slug))
    gina = cast.browser("gina")
    for path, form in FORMS:
        made = cast.post(gina, path.replace(SECRET, slug), **form)
        assert made.status_code == 303, (path, made.get_data(as_text=True))
    list_id = db.session.scalar(db.text("SELECT max(id) FROM group_lists"))
    for path, form in (
            (f"/groups/{slug}/lists/{list_id}",
             {"product": f"/products/{WINE}", "why": f"{MARK} trinkt ihn."}),
            (f"/groups/{slug}/picks", {"product": f"/products/{WINE}"}),
            (f"/products/{WINE}/recommend", {"audience": "group", "group": slug, "step": "send",
                                             "reason": f"Für {MARK} {BESIDE} gemacht."}),
            ("/asks/new", {"wish": f"Ein {MARK} {BESIDE} zu Forelle", "audience": "group",
                           "group": slug, "lang": "de", "step": "send"}),
            (f"/threads/new?about=/groups/{slug}",
             {"kind": "topic", "openness": "public", "step": "send",
              "title": f"{MARK} {BESIDE} am Abend", "words": f"Kommt {MARK} auch?"})):
        made = cast.post(gina, path, **form)
        assert made.status_code == 303, (path, made.get_data(as_text=True))
    run_due()
    db.session.rollback()
    return [MARK, slug]


def found_in(marks: list[str], text: str) -> list[str]:
    """The marks that stand in a text, with a little around each."""
    low = text.lower()
    return [low[max(0, at.start() - 60):at.end() + 30]
            for mark in marks for at in re.finditer(re.escape(mark), low)]


def test_no_response_names_a_secret_group_to_an_outsider(app: Flask, cast: Cast) -> None:
    """groups-2: all addresses as visitor, member, producer, moderator, operator; its own are 404.

    The same search for the mark finds it in what a member of the group reads, so that it can fail.
    """
    places, wrong = everything(app, cast), []
    marks = filled(cast)
    browsers = {who: cast.browser(who) if who else app.test_client() for who in OUTSIDERS}
    addresses = [places.address(app, rule) for rule in rows_of(app, "GET")
                 if rule.endpoint in GET and rule.endpoint not in (
                     "storefront.outbox", "storefront.outbox_mail")]
    addresses += [f"/search?q={word}" for word in (BESIDE, "forelle")] + [
        f"/groups?q={BESIDE}", "/sitemap.xml", "/members/gina", "/members/eva"]
    for address in addresses:
        for who, browser in browsers.items():
            answer = browser.get(address)
            text = answer.get_data().decode("utf-8", "replace")
            wrong += [f"{address} {who or 'visitor'}: {place}" for place in found_in(marks, text)]
    slug = marks[1]
    own = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/groups/<")]
    for rule in own:
        values = {name: {"slug": slug, "handle": "eva"}.get(name, 1) for name in rule.arguments}
        with app.test_request_context():
            address = rule.build(values)[1]
        method = "GET" if "GET" in rule.methods else "POST"
        for who, browser in browsers.items():
            answer = browser.get(address) if method == "GET" else cast.post(browser, address)
            signed_out = not who and "/sign-in" in (answer.location or "")
            if answer.status_code != 404 and not signed_out:
                wrong.append(f"{method} {address} {who or 'visitor'}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    inside = cast.browser("eva").get(f"/groups/{slug}").get_data(as_text=True)
    assert found_in(marks, inside)
