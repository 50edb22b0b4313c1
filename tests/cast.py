"""The same few people and goods in all tests, made by the real actions once per process."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

PASSWORD = "a long enough pass phrase"
PICTURE = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 10">'
           '<path d="M0 0h8v10H0z"/></svg>')
PEOPLE = ("ana", "bert", "cleo", "dan", "eva", "gina", "max", "olga")


@dataclass(frozen=True)
class Goods:
    """A product of the prepared market."""

    product_id: int
    variant_id: int
    slug: str
    producer_id: int


class Cast:
    """People by handle: ana owns Kaltbach, bert owns Nordgarn, cleo and eva buy, dan is a
    stranger, gina moderates a closed group, max moderates the site, olga runs it.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app

    def id(self, handle: str) -> int:
        """A person's id."""
        from marketplace.foundation.database import db
        from marketplace.people.models import Person

        found = db.session.scalar(db.select(Person.id).where(Person.handle == handle))
        assert found is not None
        return found

    def browser(self, handle: str) -> FlaskClient:
        """A browser in which this person is signed in."""
        from marketplace.foundation.database import committing, db
        from marketplace.people.actions import start_login

        person_id = self.id(handle)
        with committing():
            key = start_login(person_id, "test")
        db.session.rollback()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = key, True
        return client

    def goods(self, slug: str) -> Goods:
        """A product by its address."""
        from marketplace.catalog.models import Product, Variant
        from marketplace.foundation.database import db

        row = db.session.execute(
            db.select(Product.id, Variant.id, Product.slug, Product.producer_id)
            .join(Variant, Variant.product_id == Product.id).where(Product.slug == slug)
            .order_by(Variant.position)).first()
        assert row is not None, slug
        return Goods(*row)

    def post(self, client: FlaskClient, path: str, **data: object):  # type: ignore[no-untyped-def]
        """Send a form as a page of this site would: same origin, and the token of the session."""
        from flask_wtf.csrf import generate_csrf

        with client.session_transaction() as session:
            kept = dict(session)
        if kept:
            with self.app.test_request_context():
                from flask import g
                from flask import session as here

                g.pop("csrf_token", None)
                here.update(kept)
                token = generate_csrf()
                field = here["csrf_token"]
            with client.session_transaction() as session:
                session["csrf_token"] = field
            data["csrf_token"] = token
        return client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})


def build(app: Flask) -> None:
    """Fill an empty database with people, two producers and their goods."""
    from marketplace.bundles.actions import ensure_boards
    from marketplace.catalog.actions import ensure_vocabulary
    from marketplace.foundation.database import committing
    from marketplace.foundation.jobs import run_due
    from marketplace.people.actions import hash_password

    hashed = hash_password(PASSWORD)
    with committing():
        ensure_vocabulary()
        ensure_boards()
    with committing():
        _people(hashed)
    with committing():
        _producers()
    _goods(app)
    with committing():
        _group()
    run_due()


def _people(hashed: str) -> None:
    from marketplace.foundation.database import db
    from marketplace.notify.actions import keep_pace
    from marketplace.notify.rules.pace import Pace
    from marketplace.people.actions import join, make_token
    from marketplace.people.actions.joining import CONFIRM_FOR, confirm, token_secret
    from marketplace.people.models import Person

    for handle in PEOPLE:
        who = join(handle, f"{handle}@example.org", hashed, "en" if handle == "eva" else "de")
        assert who is not None
        confirm(token_secret(make_token(who.id, "confirm", CONFIRM_FOR), "confirm"))
        who.display_name = handle.title()
        who.trust_level = 1
        keep_pace(who.id, Pace(quiet_from=0, quiet_to=0))  # tests run at every hour of the day
    for handle, right in (("max", "is_moderator"), ("olga", "is_operator")):
        person = db.session.scalar(db.select(Person).where(Person.handle == handle))
        setattr(person, right, True)
    db.session.flush()


def _producers() -> None:
    from marketplace.foundation.database import db
    from marketplace.people.models import Person

    people = dict(db.session.execute(db.select(Person.handle, Person.id)).all())
    open_house(people["ana"], House("weingut-kaltbach", "Weingut Kaltbach", "wine", "Mosel",
                                    "Kaltbach", "DE89370400440532013000", 690))
    open_house(people["bert"], House("nordgarn", "Nordgarn", "fashion", "Friesland", "Norden",
                                     "DE02120300000000202051", 490))


@dataclass(frozen=True)
class House:
    """What a producer of the prepared market says; flat shipping in minor units."""

    slug: str
    name: str
    subject: str
    region: str
    place: str
    iban: str
    shipping_minor: int


def open_house(owner_id: int, house: House) -> int:
    """A producer who may sell at once, to Germany and Austria; the id."""
    from marketplace.foundation import clock
    from marketplace.foundation.database import db
    from marketplace.orders.actions import add_flat_rate
    from marketplace.payments.actions import keep_account
    from marketplace.people.models import Subject
    from marketplace.producers.actions import go_public, open_producer, promise
    from marketplace.producers.models import Registration, Trader
    from marketplace.producers.queries import own_role

    subject = db.session.scalar(db.select(Subject.id).where(Subject.slug == house.subject))
    who = open_producer(owner_id, house.slug, house.name, subject, house.region, house.place, "DE")
    who.teaser_de = f"{house.name} aus {house.place}"
    who.teaser_en = f"{house.name} from {house.place}"
    trader = db.session.get_one(Trader, who.id)
    trader.street, trader.postcode, trader.city = "Dorfstraße 1", "54321", house.place
    trader.state, trader.e_mail = "checked", f"{house.slug}@example.org"
    keep_account(who.id, house.name, house.iban)
    add_flat_rate(who.id, ["DE", "AT"], house.shipping_minor, 6000)
    role = own_role(owner_id, who.id)
    promise(role, "answer_hours", 8)
    promise(role, "dispatch_days", 2)
    go_public(who.id)
    db.session.add_all(
        Registration(producer_id=who.id, country=country, kind=kind, number=number,
                     confirmed_at=clock.now())
        for country, kind, number in (
            ("DE", "packaging", "DE1234567890123"), ("AT", "packaging", "AT-4711"),
            ("AT", "excise", "ATX-4711")))
    return int(who.id)


GOODS = (
    ("ana", "white-wine", "Riesling vom Schiefer", "Slate Riesling", "K-RIE", 1140, 750, "ml", 20,
     {"kind": "Weißwein", "alcohol": "12", "origin": "Mosel", "allergens": "Sulfite",
      "grape": ["Riesling"], "sweetness": "trocken", "vintage": "2022"}),
    ("ana", "red-wine", "Spätburgunder Dorfkern", "Village Pinot Noir", "K-SPB", 1450, 750, "ml",
     7, {"kind": "Rotwein", "alcohol": "13", "origin": "Mosel", "allergens": "Sulfite",
         "grape": ["Pinot Noir"], "vintage": "2021"}),
    ("ana", "white-wine", "Literwein für alle Tage", "Everyday litre", "K-LIT", 690, 1000, "ml",
     60, {"kind": "Weißwein", "alcohol": "11", "origin": "Mosel", "allergens": "Sulfite",
         "vintage": "ohne", "made_before": "ja"}),
    ("bert", "knitwear", "Fischerpullover", "Fisherman's jumper", "N-PUL", 14900, 1, "piece", 5,
     {"fibre": "100 % Schurwolle", "sizes": "S bis XL", "animal": "nein", "no_warnings": "ja"}),
    ("bert", "knitwear", "Mütze Deichwind", "Dyke wind hat", "N-MUE", 3900, 1, "piece", 9,
     {"fibre": "100 % Schurwolle", "sizes": "Einheitsgröße", "animal": "nein",
      "no_warnings": "ja"}),
)


def _goods(app: Flask) -> None:
    from marketplace.adapters.doors import doors
    from marketplace.adapters.storage import svg_picture
    from marketplace.foundation.database import committing, db
    from marketplace.people.models import Person

    file = svg_picture(PICTURE, doors().storage)
    with committing():
        for owner, *row in GOODS:
            put_on_sale(db.session.scalar(db.select(Person.id).where(Person.handle == owner)),
                        file, *row)


def put_on_sale(owner_id: int, file: str, shelf: str, german: str, english: str, sku: str,
                price: int, amount: int, unit: str, stock: int, facts: dict[str, object]) -> int:
    """A product with this picture, on sale at its owner's house; the id of its variant."""
    from marketplace.catalog.actions import (
        NewProduct,
        NewVariant,
        add_picture,
        create,
        publish,
    )
    from marketplace.catalog.models import Variant
    from marketplace.catalog.queries import category_by_slug, occasions
    from marketplace.foundation.database import db
    from marketplace.producers.queries import own_role

    fish = [o.id for o in occasions().values() if o.slug == "fish"]
    category = category_by_slug(shelf)
    assert category is not None
    product = create(own_role(owner_id).producer_id, NewProduct(
        category.id, {"de": (german, f"{german}, kurz gesagt", "Eine Geschichte."),
                      "en": (english, f"{english}, in short", "A story.")},
        [NewVariant(sku, price, stock, amount, unit, "Flasche" if unit == "ml" else "", "",
                    weight_g=1200)],
        "Nichts für Eilige.", "Not for the hasty.", "Kaltbach", facts=facts,
        occasion_ids=fish if unit == "ml" else ()), owner_id)
    add_picture(product.id, file, "drawn", (800, 1000), "#F1EADF", german, english)
    publish(product.id)
    return int(db.session.scalar(db.select(Variant.id).where(Variant.product_id == product.id)))


def _group() -> None:
    from marketplace.foundation.database import db
    from marketplace.groups.actions import found
    from marketplace.people.models import Person, Subject

    gina = db.session.scalar(db.select(Person.id).where(Person.handle == "gina"))
    wine = db.session.scalar(db.select(Subject.id).where(Subject.slug == "wine"))
    for name, kind in (("Weißwein zu Gemüse", "open"), ("Stiller Keller", "closed"),
                       ("Geheime Runde", "secret")):
        found(gina, name, f"{name}: wir reden über Wein und Essen.", kind, wine, "de"
              ).routed = True
