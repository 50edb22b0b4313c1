"""What members decide together: questions, challenges, and a bundle that became an offer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from marketplace.bundles.models import (
    Bundle,
    BundleOffer,
    Challenge,
    ChallengeEntry,
    ChallengeVote,
    OfferAgreement,
    Poll,
    PollOption,
    PollVote,
)
from marketplace.bundles.queries.bundles import rows_of
from marketplace.bundles.queries.offers import parts_now
from marketplace.checkout.models import Offer, OfferItem, OfferTerm
from marketplace.demo.load.book import Book
from marketplace.foundation.database import db

POLLS: Final = (
    ("dan", "Soll ich das für zwölf Leute nehmen?", "bundle", "zweiter-abend-mit-fenchel",
     ("Ja, unbedingt", "Nur mit mehr Brot", "Lieber nicht"), 2.0, ("ana", "gina", "max")),
    ("cleo", "Welcher zu den Linsen am Freitag?", "product", "garnacha-bush-vines",
     ("Der rote", "Ein weißer", "Bier"), 9.0, ("bert", "gina", "olga", "dan", "ana")),
)
"""Who asks, what, about what, the answers, how many days ago, and who answered, in turn."""
POLL_DAYS: Final = 7
CHALLENGES: Final = (
    ("geschenke-die-man-aufisst", "Geschenke, die man aufisst",
     "Alles, was in eine Schachtel passt und nach einer Woche nur noch Freude ist.", 40.0,
     ("hochzeit-zu-acht", "zweiter-abend-mit-fenchel", "rot-genug-fuer-lamm")),
    ("fruehstueck-fuer-gaeste", "Ein Frühstück für Gäste über Nacht",
     "Drei bis sechs Teile, höchstens 40 Euro, ohne Backofen.", 3.0, ()),
)
"""Address, theme, words, how many days ago it began, and what takes part."""
ENTRY_DAYS: Final = 14
VOTING_DAYS: Final = 7
VOICES: Final = (("dan", (0, 1)), ("ana", (0,)), ("max", (1, 2)), ("olga", (0, 1)))
OFFERED: Final = "hochzeit-zu-acht"
PERCENT_BP: Final = 500


def load_village(book: Book) -> None:
    """Two questions, two challenges and one offer. Changes eleven tables."""
    for poll in POLLS:
        _ask(book, *poll)
    for challenge in CHALLENGES:
        _call(book, *challenge)
    _offer(book)


def _ask(book: Book, by: str, question: str, kind: str, about: str, answers: tuple[str, ...],
         days: float, voices: tuple[str, ...]) -> None:
    poll_id, at = book.next_id(Poll), book.days_ago(days)
    ends = at + timedelta(days=POLL_DAYS)
    book.insert(Poll, [{
        "id": poll_id, "code": f"FRAGE{poll_id}", "author_id": book.people[by],
        "question": question, "lang": "de",
        "bundle_id": book.bundles[about] if kind == "bundle" else None,
        "product_id": book.products[about] if kind == "product" else None,
        "audience": "public", "made_at": at, "ends_at": ends,
        "ended_at": ends if ends < book.now else None}])
    options = [book.next_id(PollOption) for _words in answers]
    book.insert(PollOption, [
        {"id": option, "poll_id": poll_id, "pos": pos, "words": words}
        for pos, (option, words) in enumerate(zip(options, answers, strict=True), start=1)])
    book.insert(PollVote, [
        {"poll_id": poll_id, "person_id": book.people[who], "option_id": options[n % 2],
         "at": at + timedelta(hours=n + 1)} for n, who in enumerate(voices)])


def _call(book: Book, slug: str, theme: str, words: str, days: float, bundles: tuple[str, ...]
          ) -> None:
    challenge_id, begin = book.next_id(Challenge), book.days_ago(days)
    closes = begin + timedelta(days=ENTRY_DAYS)
    ends = closes + timedelta(days=VOTING_DAYS)
    book.insert(Challenge, [{
        "id": challenge_id, "slug": slug, "theme": theme, "words": words, "lang": "de",
        "opened_by": book.people["olga"], "opens_at": begin, "closes_at": closes,
        "voting_ends_at": ends, "max_entries": 1, "ended_at": ends if ends < book.now else None}])
    authors = {one.slug: one.by for one in book.content.bundles}
    entries = [book.next_id(ChallengeEntry) for _slug in bundles]
    for entry, bundle in zip(entries, bundles, strict=True):
        book.insert(ChallengeEntry, [{
            "id": entry, "challenge_id": challenge_id, "bundle_id": book.bundles[bundle],
            "person_id": book.people[authors[bundle]], "at": begin + timedelta(days=1)}])
        db.session.execute(update(Bundle).where(Bundle.id == book.bundles[bundle])
                           .values(blind_until=ends))
    if entries:
        book.insert(ChallengeVote, [
            {"entry_id": entries[n], "person_id": book.people[who],
             "at": closes + timedelta(days=1)} for who, some in VOICES for n in some])


def _offer(book: Book) -> None:
    """Five percent of each producer off its own goods; its author has nothing but the name."""
    bundle = rows_of([book.bundles[OFFERED]], None)[0]
    parts, at = parts_now(bundle), book.days_ago(12)
    author = next(one for one in book.content.bundles if one.slug == OFFERED)
    houses = sorted({part.producer_id for part in parts})
    owners = {book.producers[house.slug]: book.people[next(
        one.handle for one in house.staff if one.role == "owner")]
        for house in book.content.producers}
    offer_id, set_id = book.next_id(BundleOffer), book.next_id(Offer)
    book.insert(BundleOffer, [{
        "id": offer_id, "bundle_id": bundle.id, "producer_id": houses[0], "credit": "Martha",
        "benefit": "", "items": [[part.variant_id, part.qty] for part in parts],
        "state": "running", "offer_code": "HOCHZEIT", "asked_at": at}])
    book.insert(OfferAgreement, [
        {"id": book.next_id(OfferAgreement), "offer_id": offer_id,
         "party": "producer" if house else "author", "producer_id": house, "state": "agreed",
         "form": "percent" if house else None, "value": PERCENT_BP if house else None, "at": at,
         "person_id": owners[house] if house else book.people[author.by]}
        for house in (None, *houses)])
    book.insert(Offer, [{
        "id": set_id, "code": "HOCHZEIT", "title_de": bundle.title, "title_en": bundle.title,
        "set_key": f"bundle-{bundle.id}", "state": "running", "valid_from": at}])
    book.insert(OfferItem, [{"offer_id": set_id, "variant_id": part.variant_id, "qty": part.qty}
                            for part in parts])
    book.insert(OfferTerm, [
        {"offer_id": set_id, "producer_id": house, "form": "percent", "value": PERCENT_BP,
         "agreed_by": owners[house], "agreed_at": at} for house in houses])
