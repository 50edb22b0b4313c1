"""One real example of everything an address can name, made by the people of the cast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.stories.test_circle import order_by, send
from tests.web.appeals import an_appeal
from tests.web.asked import of_bundles, of_surveys
from tests.web.circles import a_circle, a_topic
from tests.web.houses import (
    WINE,
    a_dispute,
    a_lot,
    a_mention,
    a_statement,
    a_stop,
    an_import,
    of_houses,
)
from tests.web.sold import sold, some_matters


@dataclass(frozen=True)
class Places:
    """Values for the parts of addresses: first by endpoint, then by name."""

    by_endpoint: dict[str, dict[str, Any]]
    by_name: dict[str, Any]

    def address(self, app: Flask, rule: Rule) -> str:
        """The address of a rule with real values. Raises KeyError for an unknown part."""
        own = self.by_endpoint.get(rule.endpoint, {})
        first = rule.rule.split("/")[1]
        values = {name: own[name] if name in own else self.by_name[
            f"{first}/slug" if name == "slug" else name]
            for name in rule.arguments - set(rule.defaults or {})}
        with app.test_request_context():
            built = rule.build({**values, **(rule.defaults or {})}, append_unknown=False)
        assert built is not None, rule
        return str(built[1])


def everything(app: Flask, cast: Cast) -> Places:
    """Fill the market: an order of cleo's at ana's, a rating, a bundle, a thread, a report ..."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    number, line = bought_and_rated(cast, cleo)
    bundle_slug = _bundle(cast)
    thread, post = _thread(cast, cleo, number)
    assert cast.post(eva, f"/products/{WINE}/recommend", audience="all", step="send",
                     reason="Dry and salty, made for fish.").status_code == 303
    ask = _ask(cast, eva)
    assert cast.post(eva, f"/products/{WINE}/pairings", other="muetze-deichwind").status_code == 303
    matter, status_key = _report(cast, eva)
    run_due()
    list_id, lot_id, import_id = _group_list(cast), a_lot(cast), an_import(cast)
    codes = _codes()
    goods = cast.goods(WINE)
    mail = app.extensions["doors"].mail.names()[0]
    db.session.rollback()
    mine = _by_endpoint(codes, mail, post)
    mine |= _wanted(cast, eva)
    mine["catalog.category"] = mine["catalog.category_post"] = {"slug": "white-wine"}
    mine |= sold(number)
    mine |= {f"recommend.{name}": {"code": ask} for name in (
        "ask", "answer", "answer_post", "turn_ask")}
    mine |= {"recommend.helped": {"code": ask, "answer": codes["answer"]},
             "recommend.ask_fits": {"code": ask, "route_id": codes["route"]}}
    mine |= {f"moderation.{name}": {"number": matter} for name in (
        "answer", "answer_post", "matter", "decide")}
    mine["catalog.stop"] = mine["catalog.stop_post"] = {"stop_id": a_stop(cast)}
    mine["touchpoints.mention_step"] = mine["touchpoints.dead"] = {"mention_id": a_mention(cast)}
    mine |= of_houses(cast) | of_bundles(cast, bundle_slug) | of_surveys(cast) | an_appeal(cast)
    circle, mine = a_circle(cast), mine | a_topic(cast)
    kept = _told(cast, cleo)
    return Places(mine,
                  {"products/slug": WINE, "producers/slug": "weingut-kaltbach",
                   "operator/slug": "weingut-kaltbach",
                   "groups/slug": "weisswein-zu-gemuese", "bundles/slug": bundle_slug,
                   "categories/slug": "white-wine", "about/slug": "imprint",
                   "handle": "eva", "number": number, "line_id": line, "position": 1,
                   "product_id": goods.product_id, "variant_id": goods.variant_id,
                   "notice_id": codes["notice"] or 1,
                   "import_id": import_id, "login_id": codes["login"], "passkey_id": 1,
                   "token_id": 1, "takeout_id": 1, "browser_id": 1, "address_id": kept[0],
                   "wish_id": kept[1],
                   "purpose": "taste_matching", "step": "follow", "answer": "fits", "seed": 7,
                   "code": thread, "token": "no-such-token", "list_id": list_id, "request_id": 1,
                   "document_id": db.session.scalar(db.text("SELECT max(id) FROM documents")),
                   "dispute_id": a_dispute(number), **some_matters(number),
                   "lot_id": lot_id, "picture_id": codes["photo"],
                   "file_id": a_statement(cast, number), "key": status_key, "kind": "product",
                   "ref": WINE, **circle})


def _codes() -> dict[str, Any]:
    """What stands in addresses, read from the tables."""
    return {name: db.session.scalar(db.text(query)) for name, query in {
        "recommendation": "SELECT code FROM recommendations ORDER BY id",
        "answer": "SELECT code FROM recommendations WHERE ask_id IS NOT NULL",
        "route": "SELECT id FROM ask_routes WHERE producer_id IS NOT NULL",
        "pairing": "SELECT code FROM pairings ORDER BY id",
        "rating": "SELECT code FROM ratings ORDER BY id",
        "login": "SELECT max(id) FROM logins", "notice": "SELECT max(id) FROM notices",
        "picture": "SELECT file FROM pictures ORDER BY id",
        "photo": f"SELECT main_picture_id FROM products WHERE slug = '{WINE}'",
        "product": "SELECT code FROM products ORDER BY id"}.items()}


def _by_endpoint(codes: dict[str, Any], mail: str, post: str) -> dict[str, dict[str, Any]]:
    return {
        "storefront.file": {"name": codes["picture"]},
        **{name: {"code": codes["product"]} for name in (
            "storefront.code", "catalog.label", "catalog.code_picture")},
        "storefront.outbox_mail": {"name": mail},
        "static": {"filename": "none.css"},
        **{f"notify.{name}": {"name": "answer"} for name in ("mail", "wake", "asked", "own_text")},
        **{name: {"thing": "producer", "ref": "weingut-kaltbach"} for name in (
            "notify.rest", "notify.rest_post")},
        "dialogue.vote_post": {"code": post}, "reviews.helpful": {"code": codes["rating"]},
        "reviews.history": {"code": codes["rating"]}, "reviews.share": {"code": codes["rating"]},
        "reviews.reply": {"code": codes["rating"]},
        "dialogue.studio_rating": {"code": codes["rating"]},
        "dialogue.studio_rating_post": {"code": codes["rating"]},
        "recommend.vote_pairing": {"code": codes["pairing"]},
        "recommend.thank": {"code": codes["recommendation"]},
        "recommend.bought": {"code": codes["recommendation"]},
        "recommend.withdraw": {"code": codes["recommendation"]},
        "recommend.change": {"code": codes["recommendation"]},
        "recommend.change_post": {"code": codes["recommendation"]},
        "recommend.suggestion": {"ref": f"r-{codes['recommendation']}"},
        "storefront.picture": {"name": codes["picture"]},
        "checkout.change": {"line_id": 1}, "checkout.instead": {"line_id": 1},
        "checkout.instead_post": {"line_id": 1},
    }


def bought_and_rated(cast: Cast, cleo: FlaskClient) -> tuple[str, int]:
    """Cleo has the wine and says so; the number of the order and the line."""
    number = order_by(cast, cleo, WINE)
    run_due()
    db.session.rollback()
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(db.text("SELECT max(id) FROM order_lines"))
    for said in ({"again": "yes"}, {"words": "Mit Forelle und Butter.", "step": "publish"}):
        path = f"/orders/{number}/lines/{line}/rating"
        assert cast.post(cleo, path, **said).status_code == 303
    return number, int(line)


def _bundle(cast: Cast) -> str:
    from marketplace.bundles.actions import ItemWish, fill, publish, start

    eva = cast.id("eva")
    board = db.session.scalar(db.text("SELECT min(id) FROM board_templates"))
    items = [ItemWish("", cast.goods(slug).product_id, 1, "")
             for slug in (WINE, "muetze-deichwind")]
    db.session.rollback()
    with committing():
        row = start(eva, board, "Abend am Deich", "de")
        fill(row.id, eva, row.version, {"title": row.title}, items)
        publish(row.id, eva, "public")
        return row.slug


def _thread(cast: Cast, cleo: FlaskClient, number: str) -> tuple[str, str]:
    sent = cast.post(cleo, f"/threads/new?about=/products/{WINE}", kind="question", step="send",
                     title="Passt er zu Spargel?", words="Oder ist er dafür zu salzig?",
                     openness="public")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    thread = sent.location.rsplit("/", 1)[1]
    said = cast.post(cast.browser("ana"), f"/threads/{thread}", words="Ja, zu grünem.")
    assert said.status_code == 303
    post = db.session.scalar(db.text("SELECT code FROM posts ORDER BY id DESC"))
    return thread, str(post)


def _ask(cast: Cast, eva: FlaskClient) -> str:
    """Dan asks for advice, eva answers with the wine."""
    sent = cast.post(cast.browser("dan"), "/asks/new", audience="all", step="send",
                     wish="Ein Weißwein zu Forelle, bis 15 Euro.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    code = sent.location.rsplit("/", 1)[1]
    said = cast.post(eva, f"/asks/{code}/answer", product=WINE, reason="Salzig, für Fisch gemacht.")
    assert said.status_code == 303, said.get_data(as_text=True)
    return str(code)


def _group_list(cast: Cast) -> int:
    gina = cast.browser("gina")
    made = cast.post(gina, "/groups/weisswein-zu-gemuese/lists", title="Zu Spargel", purpose="Mai")
    assert made.status_code == 303
    dan = cast.browser("dan")
    assert cast.post(dan, "/groups/stiller-keller/join", words="Bitte.").status_code == 303
    return int(db.session.scalar(db.text("SELECT max(id) FROM group_lists")))


def _wanted(cast: Cast, eva: FlaskClient) -> dict[str, dict[str, Any]]:
    """Eva waits for the wine and has it on a list that she shares."""
    assert cast.post(eva, f"/products/{WINE}/watch", kind="price").status_code == 303
    assert cast.post(eva, f"/products/{WINE}/keep").status_code == 303
    list_id = db.session.scalar(db.text("SELECT max(id) FROM wishlists"))
    db.session.rollback()
    assert cast.post(eva, f"/account/lists/{list_id}/share", shared="1").status_code == 303
    code = db.session.scalar(db.text("SELECT code FROM wishlists"))
    assert cast.post(eva, "/search/wait", q="Zwetschgensenf").status_code == 303
    watch_id = db.session.scalar(db.text("SELECT max(id) FROM watches"))
    search_id = db.session.scalar(db.text("SELECT max(id) FROM search_watches"))
    olga = cast.browser("olga")
    assert cast.post(olga, "/operator/search/pairs", words="Semmel", other="Brötchen").status_code \
        == 303
    pair_id = db.session.scalar(db.text("SELECT max(id) FROM synonyms"))
    product_id = cast.goods(WINE).product_id
    db.session.rollback()
    return {"storefront.shared_list": {"code": code}, "storefront.wishlist": {"list_id": list_id},
            "storefront.wishlist_change": {"list_id": list_id, "act": "rename"},
            "storefront.wishlist_item": {"list_id": list_id, "product_id": product_id,
                                         "act": "note"},
            "catalog.end_watch": {"watch_id": watch_id},
            "storefront.end_wait": {"watch_id": search_id},
            "search.end_pair": {"pair_id": pair_id}}


def _told(cast: Cast, cleo: FlaskClient) -> tuple[int, int]:
    """An address and a wish of cleo's."""
    sent = cast.post(cleo, "/account/addresses", name="Cleo", lines="Deich 1", postcode="26506",
                     city="Norden", country="DE")
    told = cast.post(cleo, "/account/wishes", kind="size", words="M")
    assert (sent.status_code, told.status_code) == (303, 303)
    address = db.session.scalar(db.text("SELECT max(id) FROM addresses"))
    wish = db.session.scalar(db.text("SELECT max(id) FROM wishes"))
    db.session.rollback()
    return int(address), int(wish)


def _report(cast: Cast, eva: FlaskClient) -> tuple[str, str]:
    page = cast.post(eva, f"/moderation/report/product/{WINE}", kind="off_topic", words="Falsch.",
                     step="send").get_data(as_text=True)
    found = re.search(r"/moderation/reports/([\w-]+)", page)
    assert found, page
    number = db.session.scalar(db.text("SELECT number FROM matters"))
    return str(number), found.group(1)
