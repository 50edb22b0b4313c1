"""Phase "producers": public pages, people, promises, trader's data, shipping, bank accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from marketplace.demo.content.kinds import Producer as Written
from marketplace.demo.load.book import Book, Row
from marketplace.orders.models import ShippingRate, ShippingZone
from marketplace.payments.models import BankAccount
from marketplace.producers.models import (
    Evidence,
    Face,
    Pause,
    Producer,
    ProducerFollow,
    ProducerText,
    Promise,
    Registration,
    ServiceHours,
    Staff,
    Trader,
)

WORKDAYS: Final = range(5)
OPENS, CLOSES = 9 * 60, 17 * 60
CHECKER: Final = "olga"


def load_producers(book: Book) -> None:
    """Write all producers. Changes fourteen tables."""
    houses = book.content.producers
    for house in houses:
        book.producers[house.slug] = book.next_id(Producer)
    book.insert(Producer, [_producer(book, house) for house in houses])
    book.insert(ProducerText, [row for house in houses for row in _texts(book, house)])
    book.insert(Face, [row for house in houses for row in _faces(book, house)])
    book.insert(Staff, [row for house in houses for row in _staff(book, house)])
    book.insert(Trader, [_trader(book, house) for house in houses])
    book.insert(Evidence, [row for house in houses for row in _evidence(book, house)])
    book.insert(Pause, [row for house in houses for row in _pauses(book, house)])
    book.insert(Registration, [row for house in houses for row in _registrations(book, house)])
    book.insert(Promise, [row for house in houses for row in _promises(book, house)])
    book.insert(ServiceHours, [row for house in houses for row in _hours(book, house)])
    book.insert(BankAccount, [_account(book, house) for house in houses])
    _shipping(book)
    _follows(book)


def _producer(book: Book, house: Written) -> Row:
    """The public row; a pause says until when and why, in both languages."""
    until = house.paused_until_days
    words = " / ".join(part for part in (house.paused_words.de, house.paused_words.en) if part)
    return {
        "id": book.producers[house.slug],
        "slug": house.slug,
        "name": house.name,
        "subject_id": book.subjects[house.subject],
        "region": house.region,
        "country": house.country,
        "place": house.place,
        "teaser_de": house.teaser.de,
        "teaser_en": house.teaser.en,
        "header_picture": book.files[f"header:{house.slug}"],
        "palette": list(house.palette),
        "state": house.state,
        "paused_until": (book.now + timedelta(days=until)).date() if until else None,
        "paused_words": words[:200] or None,
        "opened_on": book.days_ago(house.opened_days_ago).date(),
        "holiday_region": house.country,
    }


def _owner(book: Book, house: Written) -> int:
    return book.people[next(one.handle for one in house.staff if one.role == "owner")]


def _texts(book: Book, house: Written) -> list[Row]:
    """Story and method in the languages they were written in."""
    return [
        {
            "id": book.next_id(ProducerText),
            "producer_id": book.producers[house.slug],
            "lang": lang,
            "part": part,
            "version": 1,
            "words": words,
            "person_id": _owner(book, house),
            "at": book.days_ago(house.opened_days_ago),
        }
        for part, both in (("story", house.story), ("method", house.method))
        for lang, words in (("de", both.de), ("en", both.en))
        if words
    ]


def _faces(book: Book, house: Written) -> list[Row]:
    """The people shown, drawn, with their consent."""
    return [
        {
            "id": book.next_id(Face),
            "producer_id": book.producers[house.slug],
            "name": face.name,
            "role_de": face.role.de,
            "role_en": face.role.en,
            "picture_file": book.files[f"face:{house.slug}:{face.name}"],
            "picture_seed": book.draw.randrange(1, 10**9),
            "words_de": face.words.de,
            "words_en": face.words.en,
            "consent_at": book.days_ago(house.opened_days_ago),
        }
        for face in house.faces
    ]


def _staff(book: Book, house: Written) -> list[Row]:
    """Who may act for the producer."""
    return [
        {
            "id": book.next_id(Staff),
            "producer_id": book.producers[house.slug],
            "person_id": book.people[one.handle],
            "role": one.role,
            "shown_name": one.shown_name,
            "title": one.title,
            "since": book.days_ago(book.history.joined_days_ago[one.handle]).date(),
        }
        for one in house.staff
    ]


def _trader(book: Book, house: Written) -> Row:
    """Invented trader's data, checked by the operator soon after opening."""
    data = house.trader
    opened = house.opened_days_ago
    return {
        "producer_id": book.producers[house.slug],
        "legal_name": data.legal_name,
        "representative": data.representative,
        "street": data.street,
        "postcode": data.postcode,
        "city": data.city,
        "country": data.country,
        "legal_form": legal_form(data.legal_name),
        "e_mail": data.e_mail,
        "phone": data.phone,
        "vat_status": data.vat_status,
        "self_certified_at": book.days_ago(opened),
        "state": "checked",
        "checked_by": book.people[CHECKER],
        "checked_at": book.days_ago(opened - 2),
    }


def _evidence(book: Book, house: Written) -> list[Row]:
    """Invented confirmations, compared by the operator soon after opening."""
    opened = house.opened_days_ago
    return [{"id": book.next_id(Evidence), "producer_id": book.producers[house.slug],
             "kind": one.kind, "issuer": one.issuer, "number": one.number,
             "until": (book.now + timedelta(days=one.until_days)).date(),
             "handed_in_at": book.days_ago(opened), "checked_by": book.people[CHECKER],
             "checked_at": book.days_ago(opened - 2)} for one in house.evidence]


def _pauses(book: Book, house: Written) -> list[Row]:
    """The days of a pause, begun a few days ago."""
    until = house.paused_until_days
    return [] if not until else [{
        "id": book.next_id(Pause), "producer_id": book.producers[house.slug],
        "from_on": book.days_ago(3).date(), "until_on": (book.now + timedelta(days=until)).date()}]


def legal_form(legal_name: str) -> str:
    """The form of a business as its name tells it; a person's name is a sole trader."""
    ends = (("GbR", "partnership"), ("KG", "partnership"), ("GmbH", "company"),
            ("eG", "cooperative"), ("e. V.", "association"))
    return next((form for end, form in ends if legal_name.endswith(end)), "sole")


def _registrations(book: Book, house: Written) -> list[Row]:
    """Invented numbers for each country that is sent to; wine abroad has its excise number."""
    producer = book.producers[house.slug]
    wanted = [(country, "packaging", f"{country}{10 ** 12 + 7919 * producer}")
              for country in dict.fromkeys((house.country, *house.shipping.countries))]
    if house.subject == "wine":
        wanted += [(country, "excise", f"{country}00000{10 ** 7 + 7919 * producer}")
                   for country in house.shipping.countries if country != house.country]
    return [{"id": book.next_id(Registration), "producer_id": producer, "country": country,
             "kind": kind, "number": number,
             "confirmed_at": book.days_ago(house.opened_days_ago)}
            for country, kind, number in wanted]


def _promises(book: Book, house: Written) -> list[Row]:
    """What is promised since opening."""
    return [
        {
            "id": book.next_id(Promise),
            "producer_id": book.producers[house.slug],
            "kind": kind,
            "value": value,
            "from_at": book.days_ago(house.opened_days_ago),
        }
        for kind, value in sorted(house.promise.items())
    ]


def _hours(book: Book, house: Written) -> list[Row]:
    """Open on weekdays from nine to five."""
    return [
        {
            "id": book.next_id(ServiceHours),
            "producer_id": book.producers[house.slug],
            "weekday": day,
            "opens_minute": OPENS,
            "closes_minute": CLOSES,
        }
        for day in WORKDAYS
    ]


def _account(book: Book, house: Written) -> Row:
    """An account that cannot exist."""
    return {
        "id": book.next_id(BankAccount),
        "producer_id": book.producers[house.slug],
        "holder": house.trader.legal_name[:70],
        "iban": house.trader.iban,
        "valid_from": book.days_ago(house.opened_days_ago),
    }


def _shipping(book: Book) -> None:
    """One zone with one flat rate each. Changes shipping_zones, shipping_rates."""
    zones, rates = [], []
    for house in book.content.producers:
        zone = book.next_id(ShippingZone)
        producer = book.producers[house.slug]
        countries = list(house.shipping.countries)
        zones.append({"id": zone, "producer_id": producer, "countries": countries})
        rates.append(
            {
                "id": book.next_id(ShippingRate),
                "zone_id": zone,
                "minor": house.shipping.flat_minor,
                "free_from_minor": house.shipping.free_from_minor,
                "handover_age": 16 if house.subject == "wine" else 0,
                "days_min": 1,
                "days_max": 4,
            }
        )
    book.insert(ShippingZone, zones)
    book.insert(ShippingRate, rates)


def _follows(book: Book) -> None:
    """Members who follow producers; counts are made by the room afterwards."""
    book.insert(
        ProducerFollow,
        [
            {
                "person_id": book.people[handle],
                "producer_id": book.producers[slug],
                "at": book.days_ago(book.draw.uniform(1, 250)),
            }
            for handle, slug in book.ties.producer_follows
        ],
    )
