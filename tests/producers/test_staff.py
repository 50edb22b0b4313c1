"""Who may do what in a house: every studio address, four roles, and a foreign producer."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask
from werkzeug.routing import Rule

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.actions import mark_paid
from marketplace.producers.models import Staff, StaffLink
from marketplace.producers.rules.roles import ROLES, may
from marketplace.reviews.models import Rating, Reply
from tests.cast import Cast
from tests.orders.hands import placed
from tests.web.places import everything
from tests.web.test_access import kept_rows

SLUG = "weingut-kaltbach"
PEOPLE = {"owner": "ana", "editor": "max", "service": "gina", "shipping": "eva"}
RIGHTS = {
    "see": ("dialogue.studio", "dialogue.studio_rating", "reviews.studio", "producers.staff",
            "producers.terms", "payments.studio", "orders.taxes",
            "payments.month", "payments.month_csv", "payments.month_pdf",
            "payments.year", "payments.year_csv", "touchpoints.studio"),
    "read_orders": ("orders.studio", "orders.stock", "orders.slip", "orders.own",
                    "orders.own_pdf", "orders.export", "orders.export_csv", "orders.pack",
                    "orders.part", "orders.slips"),
    "orders": ("orders.step", "orders.stock_post", "payments.sent_back", "orders.hand_in",
               "orders.hand_in_post", "payments.statements", "payments.statement",
               "payments.look_into_statement", "payments.take_statement",
               "payments.own_dispute", "payments.own_dispute_post", "orders.complaint_answer",
               "orders.cut", "orders.new_day", "orders.parcel", "orders.returned",
               "orders.signals"),
    "answer": ("recommend.house_asks", "dialogue.studio_rating_post", "touchpoints.studio_post",
               "producers.blocks", "producers.blocks_post", "notify.words", "notify.words_post"),
    "closing": ("producers.end_post",),
    "products": ("catalog.goods", "catalog.new", "catalog.new_post", "catalog.product",
                 "catalog.words_post", "catalog.picture_post", "catalog.sale_post",
                 "catalog.variant_post", "catalog.quick", "orders.rates", "orders.rates_post",
                 "orders.rate_file", "orders.rate_table", "orders.return_post",
                 "catalog.credits", "catalog.credits_post", "catalog.export",
                 "catalog.import_columns", "catalog.import_file",
                 "catalog.import_post", "catalog.import_progress", "catalog.import_rows_post",
                 "catalog.import_save", "catalog.import_start", "catalog.import_undo",
                 "catalog.labels", "catalog.labels_post", "catalog.lot", "catalog.lot_post",
                 "catalog.new_lot", "catalog.new_lot_post", "catalog.new_variant",
                 "catalog.picture_change", "catalog.reduction", "catalog.state",
                 "catalog.state_post", "catalog.variant", "catalog.variant_edit",
                 "checkout.coupons", "checkout.coupons_post", "bundles.studio",
                 "bundles.ask_offer", "bundles.ask_offer_post", "bundles.house_offer",
                 "bundles.house_offer_post"),
    "texts": ("producers.profile", "producers.profile_post", "producers.face_post",
              "producers.hours", "producers.hours_post", "producers.promises",
              "producers.promises_post", "producers.pause", "producers.pause_post",
              "producers.evidence", "producers.evidence_post", "producers.document",
              "producers.media", "producers.media_post", "producers.film_post",
              "producers.choices", "producers.choices_post",
              "dialogue.news", "dialogue.news_post",
              "groups.new_house_date", "groups.new_house_date_post"),
    "trader": ("producers.legal", "producers.legal_post", "orders.taxes_post",
               "producers.registrations",
               "producers.registrations_post"),
    "bank": ("payments.account", "payments.account_post", "payments.card_account",
             "payments.account_code", "payments.account_drop", "payments.account_passkey"),
    "staff": ("producers.staff_post",),
}
NO_HOUSE = {"producers.open", "producers.open_post", "producers.join", "producers.join_post",
            "catalog.import_example"}
"""Of nobody's house: the way to one, and an example that holds nothing."""


def studio_rules(app: Flask) -> dict[str, Rule]:
    """Every address below /studio that belongs to a house."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()
            if rule.rule.startswith("/studio") and rule.endpoint not in NO_HOUSE}


def right_of(endpoint: str) -> str:
    """The right an address asks for."""
    return next(right for right, names in RIGHTS.items() if endpoint in names)


def four_roles(cast: Cast) -> None:
    """Ana's house with somebody in each role."""
    producer_id = cast.goods("riesling-vom-schiefer").producer_id
    with committing():
        for role, handle in PEOPLE.items():
            if role != "owner":
                db.session.add(Staff(producer_id=producer_id, person_id=cast.id(handle),
                                     role=role, shown_name=handle.title(), since=clock.today()))


def test_role_table_holds_for_every_studio_address(app: Flask, cast: Cast) -> None:
    """producers-7, -8: allowed or 403 by the table of spec 3.3; 404 for another house; what is
    refused changes no row.
    """
    places = everything(app, cast)
    packed = placed(cast, ("literwein-fuer-alle-tage", 1))[0]
    with committing():
        mark_paid(packed, "staff", "Ana")
    four_roles(cast)
    rules = studio_rules(app)
    assert set(rules) == {name for names in RIGHTS.values() for name in names}
    before, wrong = kept_rows(app), []
    for role in (*ROLES, "foreign"):
        browser = cast.browser(PEOPLE.get(role, "bert"))
        before["logins"] = kept_rows(app)["logins"]
        for name, rule in rules.items():
            right, here = right_of(name), f"{places.address(app, rule)}?producer={SLUG}"
            allowed = role != "foreign" and may(role, right)
            post = "POST" in (rule.methods or ())
            if post and allowed:
                continue
            answer = cast.post(browser, here, house=SLUG, step="invite", role="owner",
                               words="Guten Tag zusammen.") if post else browser.get(here)
            expected = 404 if role == "foreign" else 200 if allowed else 403
            if answer.status_code != expected:
                wrong.append(f"{role} {name} {right}: {answer.status_code}, not {expected}")
            elif expected == 403:
                assert "Weingut Kaltbach" in answer.get_data(as_text=True), name
    assert not wrong, "\n" + "\n".join(wrong)
    assert kept_rows(app) == before


def test_nobody_of_a_house_touches_an_answer(app: Flask, cast: Cast) -> None:
    """producers-1: every form of the studio, sent by each role: ratings stay to the letter."""
    places = everything(app, cast)
    four_roles(cast)

    def answers() -> list[tuple[object, ...]]:
        db.session.rollback()
        return [tuple(row) for row in db.session.execute(
            db.select(Rating.__table__).order_by(Rating.id))]

    before = answers()
    assert before
    for handle in PEOPLE.values():
        browser = cast.browser(handle)
        for rule in studio_rules(app).values():
            if "POST" in (rule.methods or ()):
                cast.post(browser, f"{places.address(app, rule)}?producer={SLUG}", house=SLUG,
                          words="Das stimmt nicht, bitte löschen.", again="yes", stars="5")
    assert answers() == before
    assert db.session.scalar(db.select(db.func.count(Reply.id)))


def invited(cast: Cast, role: str = "editor") -> str:
    """The address of ana's invitation."""
    page = cast.post(cast.browser("ana"), "/studio/staff", step="invite", role=role)
    html = page.get_data(as_text=True)
    return "/studio/join/" + html.split("/studio/join/")[1].split("<")[0].strip()


def test_invitation_works_once_and_signs_with_the_shown_name(cast: Cast) -> None:
    """producers-7: dan joins as an editor under his first name; a second person finds nothing."""
    here, dan = invited(cast), cast.browser("dan")
    assert dan.get("/studio").status_code == 404
    assert "Weingut Kaltbach" in dan.get(here).get_data(as_text=True)
    assert cast.post(dan, here, shown_name="").status_code == 422
    assert cast.post(dan, here, shown_name="Danny").status_code == 303
    assert dan.get("/studio/profile").status_code == 200
    assert dan.get("/studio/legal").status_code == 403
    assert "Danny" in cast.browser("ana").get("/studio/staff").get_data(as_text=True)
    assert cast.browser("cleo").get(here).status_code == 404
    assert cast.post(cast.browser("cleo"), here, shown_name="Cleo").status_code == 404


def test_invitation_lasts_seven_days_and_is_kept_as_a_hash(cast: Cast) -> None:
    """producers 2: to the second before seven days it opens, after them it does not."""
    here, start = invited(cast), clock.now()
    assert here.rsplit("/", 1)[1] not in str(db.session.scalar(db.select(StaffLink.hash)))
    for days, status in ((6.99, 200), (7.01, 404)):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            assert cast.browser("dan").get(here).status_code == status


def test_last_owner_cannot_leave(cast: Cast) -> None:
    """producers 6: leaving or another role is 409 until somebody else owns the house."""
    ana = cast.browser("ana")
    mine = str(db.session.scalar(db.select(Staff.id).where(Staff.person_id == cast.id("ana"))))
    db.session.rollback()
    for fields in ({"step": "end"}, {"step": "change", "role": "service"}):
        assert cast.post(ana, "/studio/staff", staff=mine, **fields).status_code == 409
    assert cast.post(cast.browser("dan"), invited(cast, "owner"), shown_name="Dan"
                     ).status_code == 303
    assert cast.post(ana, "/studio/staff", staff=mine, step="end").status_code == 303
    assert ana.get("/studio").status_code == 404
    other = str(db.session.scalar(db.select(Staff.id).where(Staff.person_id == cast.id("bert"))))
    db.session.rollback()
    assert cast.post(cast.browser("dan"), "/studio/staff", staff=other, step="end"
                     ).status_code == 404


def test_form_of_another_house_is_a_conflict(cast: Cast) -> None:
    """producers 3.3: who serves two houses cannot send a form of one to the other."""
    four_roles(cast)
    with committing():
        db.session.add(Staff(
            producer_id=cast.goods("muetze-deichwind").producer_id, person_id=cast.id("max"),
            role="editor", shown_name="Max", since=clock.today()))
    answer = cast.post(cast.browser("max"), "/studio/promises?producer=nordgarn", house=SLUG,
                       answer_hours="4", dispatch_days="1")
    assert answer.status_code == 409
