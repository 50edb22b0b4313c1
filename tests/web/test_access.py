"""foundation-7: the access table. Every address, for everybody of the cast; nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from marketplace.foundation.database import db
from tests.cast import Cast
from tests.web import rows
from tests.web.places import Places, everything

CAST = ("", "dan", "cleo", "eva", "ana", "bert", "gina", "max", "olga")
"""A visitor; a stranger; the buyer of the order; the author of thread and bundle; ana's house sold
it; bert has another house; gina looks after a group, max moderates the site, olga runs it."""
SIGN_IN = 303
ALL = dict.fromkeys(CAST, 200)
NOTHING = dict.fromkeys(CAST, 404)
ON = dict.fromkeys(CAST, 303)
MEMBERS, NOWHERE = {**ALL, "": SIGN_IN}, {**NOTHING, "": SIGN_IN}


def only(*handles: str, else_: int = 404, visitor: int = SIGN_IN) -> dict[str, int]:
    """200 for these people, `else_` for the others, and the visitor's own status."""
    return {who: 200 if who in handles else else_ for who in CAST} | {"": visitor}


BUYER = only("cleo", visitor=404)
MODERATOR = only("max", else_=403)
OPERATOR = only("olga", else_=403)
OPEN_GROUP = only("gina", else_=403)  # everybody may know that it exists

GET = {
    "static": NOTHING, **dict.fromkeys((*rows.SHOP, *rows.BUNDLES_SEEN), ALL),
    "storefront.oembed": NOTHING, "insights.metrics": NOTHING,
    "storefront.feed": MEMBERS, "storefront.suggestions": ON,
    **dict.fromkeys(rows.ACCOUNT, MEMBERS), **dict.fromkeys(rows.JOINING, ALL),
    "people.new_password": NOTHING, "people.sign_in": {**ON, "": 200}, "people.second": ON,
    "people.export": ON, "people.takeout": NOWHERE, "people.app": ON,
    "people.change_address": only("cleo"), "people.change_wish": only("cleo"),
    "notify.notices": MEMBERS, "notify.settings": MEMBERS, "notify.rest": MEMBERS,
    "notify.unsubscribe": NOTHING, **dict.fromkeys(rows.KEYED, dict.fromkeys(CAST, 401)),
    "notify.said": ALL, "notify.worker": ALL, "notify.count": MEMBERS, "notify.mails": OPERATOR,
    "notify.mail": OPERATOR, **dict.fromkeys(rows.BUNDLES_OWN, MEMBERS),
    **dict.fromkeys(("bundles.edit", "bundles.own_offer"), only("eva")),
    "checkout.basket": ALL, "checkout.contact": ON, "checkout.delivery": ON,
    "checkout.payment": ON, "checkout.review": ON, "checkout.instead": NOTHING,
    "payments.fees": ALL, "payments.pay": BUYER, "payments.transfer_code": BUYER,
    "payments.card_again": BUYER, "payments.studio": only("ana", "bert"),
    "payments.operator": OPERATOR, "payments.statements": only("ana", "bert"),
    **dict.fromkeys(("payments.statement", "payments.month", "payments.month_csv",
                     "payments.month_pdf", "payments.year", "payments.year_csv"), only("ana")),
    "payments.test_card": NOTHING, "payments.dispute": OPERATOR,
    "payments.own_dispute": only("ana"),
    **dict.fromkeys(("payments.attempt", "payments.told", "payments.foreign_refund",
                     "payments.difference", "payments.advance", "payments.correction",
                     "payments.fee_rules", "payments.tax_report",
                     "payments.money_csv"), OPERATOR),
    "orders.photo": only("cleo", "ana", visitor=404),
    "orders.mine": MEMBERS, **dict.fromkeys(rows.OPEN, ALL), "orders.parcel_note": NOTHING,
    "orders.slips": {**NOTHING, "": SIGN_IN},
    **dict.fromkeys(rows.BOUGHT, BUYER), **dict.fromkeys(rows.SOLD, only("ana")),
    **dict.fromkeys(rows.STUDIO, only("ana", "bert")), **dict.fromkeys(rows.OPERATED, OPERATOR),
    "reviews.rate": BUYER, "reviews.history": ALL, "reviews.studio": only("ana", "bert"),
    "reviews.formula": OPERATOR, **{f"groups.{name}": ALL for name in rows.GROUPS},
    **{f"groups.{name}": MEMBERS for name in rows.GROUPS_OWN}, "groups.new_ambassador": NOWHERE,
    **{f"groups.{name}": OPEN_GROUP for name in rows.GROUPS_CARE},
    "groups.invited": dict.fromkeys(CAST, 410), "groups.decided": OPERATOR,
    "groups.new_house_date": only("ana", "bert"), "dialogue.of_proposal": ON,
    "dialogue.threads": ALL, "dialogue.thread": ALL, "dialogue.new": MEMBERS,
    "dialogue.studio": only("ana", "bert"), "dialogue.studio_rating": only("ana"),
    "recommend.mine": MEMBERS, "recommend.recommend": MEMBERS, "recommend.recommenders": ALL,
    "recommend.suggestion": ALL, "recommend.taste": MEMBERS, "recommend.taste_export": MEMBERS,
    "recommend.change": only("eva"), "recommend.led": OPERATOR, "recommend.pairings": ALL,
    "recommend.asks": ALL, "recommend.ask": ALL, "recommend.new_ask": MEMBERS,
    "recommend.answer": {**MEMBERS, "dan": 403}, "moderation.answer": {**NOTHING, "": SIGN_IN},
    "dialogue.care": OPEN_GROUP | {"": SIGN_IN}, "moderation.statement": NOTHING,
    "moderation.queue": MODERATOR, "moderation.matter": MODERATOR, "moderation.log": ALL,
    "moderation.log_csv": ALL, "moderation.report": ALL, "moderation.report_status": ALL,
    **{f"moderation.{name}": only("max", "olga", else_=403) for name in rows.APPEALS},
    "moderation.exclusion": only("eva"), "moderation.decision": only("eva", "dan"),
    "catalog.goods": only("ana", "bert"), "catalog.new": only("ana", "bert"),
    **dict.fromkeys(("catalog.product", "catalog.new_variant", "catalog.variant",
                     "catalog.new_lot", "catalog.lot", "catalog.state", "catalog.credits"),
                    only("ana")), "catalog.my_credits": MEMBERS,
    "catalog.import_start": only("ana", "bert"), "catalog.export": only("ana", "bert"),
    "catalog.import_example": MEMBERS, "catalog.import_file": only("ana"),
    "catalog.import_progress": only("ana"), "catalog.labels": only("ana", "bert"),
    "catalog.label": ALL, "catalog.code_picture": ALL, "catalog.watches": MEMBERS,
    "storefront.my_lists": MEMBERS, "storefront.wishlist": only("eva"),
    "orders.stock": only("ana", "bert"),
    **dict.fromkeys(("catalog.categories", "catalog.category", "catalog.new_category",
                     "catalog.stops", "catalog.stop", "catalog.official",
                     "touchpoints.mentions", *rows.SURVEYS), OPERATOR),
    **dict.fromkeys(rows.PANEL, MEMBERS), "touchpoints.panel_question": only("eva"),
    "touchpoints.survey": only("eva", visitor=404),
    "producers.open": MEMBERS, "producers.join": MEMBERS, "producers.traders": OPERATOR,
    **dict.fromkeys(("producers.evidence_list", "producers.proof", "producers.deviations",
                     "producers.terms_operated", "producers.away", "producers.owner"), OPERATOR),
    "producers.document": only("ana", "olga"),
    **dict.fromkeys(("producers.legal", "producers.profile", "producers.hours",
                     "producers.promises", "producers.registrations", "producers.pause",
                     "payments.account", "orders.rates", "checkout.coupons", "producers.staff",
                     "producers.evidence", "producers.media", "producers.choices",
                     "producers.blocks", "producers.terms", *rows.SAID_OF_US), only("ana", "bert")),
    "insights.statistics": ALL, "insights.assortment": OPERATOR,
    "insights.assortment_csv": OPERATOR, "insights.buying": OPERATOR,
}
"""What a GET answers to each of the cast, in the filled market of `places`."""

ANYBODY = set(CAST)
SIGNED = ANYBODY - {""}
OWNERS = frozenset(("ana", "bert"))
POST = {
    **dict.fromkeys(rows.JOINED, frozenset(ANYBODY)), **dict.fromkeys(rows.ACCOUNT_DONE, SIGNED),
    **dict.fromkeys(rows.MEMBERS_DONE, frozenset(("olga",))),
    **{f"notify.{n}": SIGNED for n in rows.LETTERS_DONE}, "notify.own_text": {"olga"},
    "producers.follow": SIGNED, "notify.unsubscribe_post": ANYBODY, "notify.wake": {"olga"},
    **{f"checkout.{name}": ANYBODY for name in (
        "add", "change", "choose_place", "prices_seen", "undo", "place", "contact_post",
        "delivery_post", "payment_post", "begin", "only", "coupon", "tell", "leave_out",
        "instead_post")}, "checkout.coupons_post": OWNERS, "checkout.reorder": {"cleo"},
    **dict.fromkeys(rows.KEYED_DONE, frozenset()),
    **dict.fromkeys(rows.BUNDLES_DONE, SIGNED), "bundles.into_basket": ANYBODY,
    "storefront.list_into_basket": ANYBODY,
    **rows.BUNDLES_OWN_DONE,
    **{f"groups.{name}": {"gina"} for name in rows.GROUPS_LED},
    **{f"groups.{name}": SIGNED for name in rows.GROUPS_DONE}, **rows.AMBASSADORS,
    "groups.veto": {"olga"}, "groups.new_house_date_post": OWNERS,
    "orders.mend_email": {"cleo"}, "recommend.share_order": {"cleo"},
    "payments.card": set(), "payments.transfer_instead": {"cleo"}, "payments.sent_back": set(),
    "payments.card_account": set(),
    "payments.look_into_statement": OWNERS, "payments.take_statement": OWNERS,
    "payments.hook": set(), "payments.own_dispute_post": {"ana"},
    **dict.fromkeys(("payments.dispute_shares", "payments.dispute_pack",
                     "payments.dispute_answer", "payments.attempt_post", "payments.told_post",
                     "payments.foreign_refund_post", "payments.difference_post",
                     "payments.advance_post",
                     "payments.again", "payments.correction_post", "payments.fee_rules_post",
                     "payments.tax_report_file",
                     "payments.check_account",
                     "payments.decide_correction"), frozenset(("olga",))),
    "orders.taxes_post": OWNERS, "orders.tax_table_post": {"olga"},
    **dict.fromkeys(rows.SENT, frozenset(("cleo",))),
    **dict.fromkeys(rows.DONE, frozenset(("ana",))),
    "orders.assign": {"olga"}, "orders.operated_post": {"olga"},
    **dict.fromkeys(rows.DECLARED, frozenset(ANYBODY)), "payments.test_card_post": {"cleo"},
    "reviews.rate_post": {"cleo"}, "reviews.helpful": SIGNED, "reviews.reply": {"ana"},
    "reviews.formula_post": {"olga"}, "reviews.share": ANYBODY, "reviews.tap": SIGNED,
    **{f"dialogue.{n}": SIGNED for n in rows.TALKED}, "dialogue.studio_rating_post": {"ana"},
    "dialogue.outcome": {"cleo"}, "dialogue.care_post": {"gina"}, "dialogue.show_wishes": {"cleo"},
    "recommend.recommend_post": SIGNED, "recommend.feedback": SIGNED,
    "recommend.thank": SIGNED, "recommend.withdraw": {"eva"}, "recommend.taste_post": SIGNED,
    "recommend.keep_order": SIGNED, "recommend.forget_signal": SIGNED,
    "recommend.change_post": {"eva"}, "recommend.bought": {"cleo"}, "recommend.less": SIGNED,
    "recommend.keep_known": SIGNED, "recommend.new_ask_post": SIGNED,
    "recommend.answer_post": SIGNED - {"dan"}, "recommend.turn_ask": {"dan"},
    "recommend.ask_fits": {"ana"},
    "recommend.helped": {"dan"}, "recommend.propose": SIGNED,
    "recommend.vote_pairing": SIGNED - {"ana", "bert"},
    "catalog.new_post": {"ana", "bert"}, "catalog.words_post": {"ana"},
    "catalog.picture_post": {"ana"}, "catalog.sale_post": {"ana"}, "catalog.variant_post": {"ana"},
    "catalog.watch": SIGNED, "catalog.end_watch": {"eva"}, "orders.stock_post": OWNERS,
    "storefront.my_lists_post": SIGNED, "storefront.keep": SIGNED,
    "storefront.wishlist_change": {"eva"}, "storefront.wishlist_item": {"eva"},
    "catalog.category_post": {"olga"}, "catalog.new_category_post": {"olga"},
    "catalog.occasion_post": {"olga"}, "catalog.stop_post": {"olga"},
    "catalog.official_post": {"olga"}, "touchpoints.mentions_post": {"olga"},
    "touchpoints.mention_step": {"olga"}, "touchpoints.dead": ANYBODY, **rows.SURVEYS_DONE,
    **dict.fromkeys(rows.PANEL_DONE, SIGNED), "touchpoints.studio_post": OWNERS,
    **dict.fromkeys(("catalog.quick", "catalog.variant_edit", "catalog.reduction",
                     "catalog.new_lot_post", "catalog.lot_post", "catalog.state_post",
                     "catalog.picture_change", "catalog.credits_post"), frozenset(("ana",))),
    "catalog.my_credits_post": SIGNED,
    "catalog.import_post": {"ana", "bert"}, "catalog.import_columns": {"ana"},
    "catalog.import_rows_post": {"ana"}, "catalog.import_save": {"ana"},
    "catalog.import_undo": {"ana"}, "catalog.labels_post": OWNERS, "moderation.answer_post": set(),
    "producers.open_post": SIGNED, "producers.trader_look": {"olga"},
    "producers.trader_decide": {"olga"}, "producers.proof_post": {"olga"},
    "producers.deviations_post": {"olga"}, "producers.terms_post": {"olga"},
    "producers.owner_post": {"olga"},
    **dict.fromkeys(("producers.legal_post", "producers.profile_post", "producers.face_post",
                     "producers.hours_post", "producers.promises_post",
                     "producers.registrations_post", "producers.pause_post",
                     "producers.staff_post", *rows.PAID_TO, "orders.return_post",
                     "payments.account_drop", "orders.rates_post", "orders.rate_file",
                     "producers.evidence_post", "producers.media_post", "producers.film_post",
                     "producers.choices_post", "producers.blocks_post", "producers.end_post",
                     "dialogue.news_post", *rows.WATCHED), OWNERS), "producers.join_post": SIGNED,
    "moderation.report_post": ANYBODY, "moderation.decide": {"max"},
    "moderation.appeal": {"eva", "dan"}, "moderation.guest_appeal": set(),
    "moderation.report_appeal": ANYBODY, "moderation.decide_appeal": {"olga"}, **rows.EXCLUDED_DONE,
}
"""Who may send a form there; all others are refused and change nothing."""


def rows_of(app: Flask, method: str) -> list[Rule]:
    """All rules that take a method and have a row; what has none fails a test of its own."""
    table = GET if method == "GET" else POST
    return [rule for rule in sorted(app.url_map.iter_rules(), key=str)
            if method in (rule.methods or ()) and rule.endpoint in table]


def unlisted(endpoints: set[str], table: set[str]) -> list[str]:
    """Addresses without a row, and rows without an address."""
    return sorted([f"no row: {name}" for name in endpoints - table]
                  + [f"no address: {name}" for name in table - endpoints])


@pytest.fixture
def places(app: Flask, cast: Cast) -> Iterator[Places]:
    """The filled market."""
    yield everything(app, cast)


@pytest.fixture
def browsers(app: Flask, cast: Cast, places: Places) -> dict[str, FlaskClient]:
    """A browser for each of the cast."""
    return {who: cast.browser(who) if who else app.test_client() for who in CAST}


def kept_rows(app: Flask) -> dict[str, int]:
    """How many rows each table holds, with the sum of everything that counts on them."""
    with db.engine.connect() as connection:
        return {table.name: int(connection.scalar(sa.select(sa.func.count()).select_from(table))
                                or 0)
                for table in db.metadata.sorted_tables if not table.name.startswith("journal")}


def test_every_address_stands_in_the_table(app: Flask) -> None:
    """foundation-7: a new route without a row fails here."""
    for method, table in (("GET", GET), ("POST", POST)):
        endpoints = {rule.endpoint for rule in app.url_map.iter_rules()
                     if method in (rule.methods or ())}
        assert not unlisted(endpoints, set(table)), method
    other = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()
             if not rule.rule.startswith("/api/")}
    assert other == {"GET", "HEAD", "OPTIONS", "POST"}
    assert unlisted({"a.b"}, {"c.d"}) == ["no address: c.d", "no row: a.b"]


def test_pages_open_for_those_who_may(
    app: Flask, places: Places, browsers: dict[str, FlaskClient]
) -> None:
    """foundation-7, orders-27: every GET for each of the cast; strangers see 404, not 403."""
    wrong = []
    for rule in rows_of(app, "GET"):
        address = places.address(app, rule)
        for who, browser in browsers.items():
            answer = browser.get(address)
            if answer.status_code != GET[rule.endpoint][who]:
                wrong.append(f"{rule.endpoint} {address} {who or 'visitor'}: "
                             f"{answer.status_code}, not {GET[rule.endpoint][who]}")
            elif answer.status_code == 303 and not who and GET[rule.endpoint] is not ON:
                assert "/sign-in?next=" in answer.location, address
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_form_is_taken_without_its_token(
    app: Flask, places: Places, browsers: dict[str, FlaskClient]
) -> None:
    """foundation-8: foreign origin 403 for all; with a session also without token: 422."""
    before, wrong = kept_rows(app), []
    for rule in rows_of(app, "POST"):
        if getattr(app.view_functions[rule.endpoint], "machine", False):
            continue
        address = places.address(app, rule)
        for who, browser in ((who, browsers[who]) for who in ("", "cleo", "olga")):
            for site, expected in (("cross-site", 403), ("", 403), ("same-origin", 422)):
                if not who and site == "same-origin":
                    continue
                headers = {"Sec-Fetch-Site": site} if site else {}
                answer = browser.post(address, data={"words": "was ich schrieb"}, headers=headers)
                if answer.status_code != expected:
                    wrong.append(f"{address} {who} {site}: {answer.status_code}")
                elif expected == 422:
                    assert "was ich schrieb" in answer.get_data(as_text=True), address
    assert not wrong, "\n" + "\n".join(wrong)
    assert kept_rows(app) == before


def test_refused_forms_change_nothing(
    app: Flask, cast: Cast, places: Places, browsers: dict[str, FlaskClient]
) -> None:
    """foundation-7: with a right token but the wrong person: sign-in, 403 or 404, same rows."""
    before, wrong = kept_rows(app), []
    for rule in rows_of(app, "POST"):
        address = places.address(app, rule)
        for who in sorted(ANYBODY - POST[rule.endpoint]):
            answer = cast.post(browsers[who], address, words="Guten Tag zusammen.", value="1")
            signing = answer.status_code == 303 and "/sign-in" in answer.location
            if answer.status_code not in (401, 403, 404) and not (signing and not who):
                wrong.append(f"{rule.endpoint} {who or 'visitor'}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert kept_rows(app) == before
