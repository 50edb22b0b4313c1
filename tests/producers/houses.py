"""A house opened by dan, step by step, as a browser would do it."""

from __future__ import annotations

from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.producers.models import Producer, Trader
from tests.cast import PICTURE, Cast

SLUG = "muehle-am-bach"
WHO = {"name": "Mühle am Bach", "subject": "wine", "place": "Bachtal", "region": "Rhön",
       "country": "DE", "teaser_de": "Wein aus der alten Mühle.", "shown_name": "Dan"}
LAW = {"is_trader": "trader", "legal_form": "sole", "legal_name": "Dan Müller",
       "representative": "Dan Müller", "street": "Bachweg 3", "postcode": "36129",
       "city": "Gersfeld", "country": "DE", "e_mail": "dan@example.org",
       "phone": "+49 6654 12345", "vat_id": "DE136695976", "vat_status": "regular",
       "certified": "y"}
DECISION = {"name_seen": "1", "address_seen": "1", "number_seen": "1", "id_way": "register",
            "outcome": "checked", "why": "Handelsregister Fulda, Auszug von heute."}


def opened(cast: Cast) -> FlaskClient:
    """Dan's browser, after the first step."""
    dan = cast.browser("dan")
    made = cast.post(dan, "/studio/open", **WHO)
    assert made.status_code == 303, made.get_data(as_text=True)
    assert made.location.endswith(f"/studio?producer={SLUG}")
    return dan


def house() -> Producer:
    """The house as it stands."""
    db.session.rollback()
    return db.session.scalars(db.select(Producer).where(Producer.slug == SLUG)).one()


def trader() -> Trader:
    """Its trader data as they stand."""
    return db.session.get_one(Trader, house().id, populate_existing=True)


def sent(cast: Cast, browser: FlaskClient, page: str, **fields: str) -> None:
    """A form of the house that is taken."""
    answer = cast.post(browser, f"/studio/{page}?producer={SLUG}", house=SLUG, **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def all_steps(cast: Cast, dan: FlaskClient) -> None:
    """Steps 2 to 8."""
    sent(cast, dan, "legal", **LAW)
    sent(cast, dan, "account", holder="Dan Müller", iban="DE89370400440532013000")
    sent(cast, dan, "shipping", countries="DE, AT", price="5,90")
    sent(cast, dan, "registrations", country="DE", kind="packaging", number="DE1234567890123")
    sent(cast, dan, "hours", open_0="9-12, 13:30-17", open_4="9-12")
    sent(cast, dan, "promises", answer_hours="8", dispatch_days="2")
    sent(cast, dan, "profile", teaser_de=WHO["teaser_de"], place="Bachtal", region="Rhön",
         story_de="Seit 1720 mahlt hier das Wasser.", returns_de="An den Bachweg 3.",
         terms_de="Es gilt das Gesetz.")
    sent(cast, dan, "faces", face_name="Dan", face_role_de="Winzer", consent="1")


def wine(cast: Cast) -> int:
    """A first product with everything buyers have to know, still a draft."""
    from marketplace.adapters.doors import doors
    from marketplace.adapters.storage import svg_picture
    from marketplace.catalog.actions import (
        NewProduct,
        NewVariant,
        add_picture,
        create,
    )
    from marketplace.catalog.queries import category_by_slug

    producer_id, dan = house().id, cast.id("dan")
    file, shelf = svg_picture(PICTURE, doors().storage), category_by_slug("white-wine")
    assert shelf is not None
    db.session.rollback()
    with committing():
        product = create(producer_id, NewProduct(
            shelf.id, {"de": ("Bachwein", "Kurz gesagt", "Eine Geschichte.")},
            [NewVariant("B-1", 900, 10, 750, "ml", "Flasche", "", weight_g=1200)],
            "Nichts für Eilige.", "", "Bachtal",
            facts={"kind": "Weißwein", "alcohol": "12", "origin": "Rhön",
                   "allergens": "Sulfite", "vintage": "2022"}), dan)
        product_id = product.id
        add_picture(product_id, file, "drawn", (800, 1000), "#F1EADF", "Flasche", "Bottle")
    return product_id


def checked(cast: Cast, **other: str) -> int:
    """Olga opens the data and decides; the status of the answer."""
    import re

    olga = cast.browser("olga")
    page = cast.post(olga, f"/operator/producers/{SLUG}").get_data(as_text=True)
    seen = re.search(r'name="seen_at" value="([^"]+)"', page)
    at = seen.group(1).replace("&#43;", "+") if seen else ""
    answer = cast.post(olga, f"/operator/producers/{SLUG}/decision",
                       **{**DECISION, "seen_at": at, **other})
    return int(answer.status_code)
