"""Phase "panel": members who are asked, one question that was decided and one that is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from marketplace.demo.load.book import Book
from marketplace.foundation import clock
from marketplace.people.models import Consent
from marketplace.people.rules.consents import PANEL
from marketplace.touchpoints.actions.voting import TEXT_VERSION
from marketplace.touchpoints.models import Panel, PanelMember, PanelVote

MOST: Final = 22
JOINED, ENDED, OPENED, RUNS = 40.0, 12, 4.0, 9
DECIDED: Final = {
    "title_de": "Soll im Paket auf Füllung aus Kunststoff ganz verzichtet werden?",
    "title_en": "Shall parcels go without any plastic filling?",
    "words_de": "Drei Häuser füllen noch mit Luftkissen. Papier kostet sie rund 40 Cent mehr je "
                "Paket und wiegt ein wenig mehr.",
    "words_en": "Three houses still fill with air cushions. Paper costs them about 40 cents more a "
                "parcel and weighs a little more.",
    "about_de": "Ich packe aus", "about_en": "I unpack",
    "reason_de": "Ja, ab dem nächsten Monat. Acht von zehn im Mittel sind deutlich, und bei Glas "
                 "darf geformte Pappe an die Stelle der Kissen treten, das war euer häufigster "
                 "Einwand.",
    "reason_en": "Yes, from next month on. Eight of ten on average is clear, and for glass moulded "
                 "board may take the place of the cushions: that was your most frequent objection.",
}
OPEN: Final = {
    "title_de": "Sollen Häuser am Freitag zeigen, was vor dem Wochenende noch weg muss?",
    "title_en": "Shall houses show on Fridays what has to go before the weekend?",
    "words_de": "Eine Seite mit frischer Ware zum ehrlichen Preis, ohne durchgestrichene Zahlen "
                "und ohne Uhr. Sie stünde nur am Freitag da.",
    "words_en": "A page with fresh goods at an honest price, without struck-out figures and "
                "without a clock. It would stand there on Fridays only.",
    "about_de": "Ich suche etwas", "about_en": "I look for something", "link": "/products",
}
SAID: Final = (
    (10, "Endlich. Ich sammle die Kissen seit Jahren in einer Tüte."), (9, ""), (8, ""),
    (4, "Papier ist gut, aber bei Flaschen habe ich Angst um den Inhalt."), (10, ""), (9, ""),
    (7, "Fine with me, if the parcel does not get dearer by more than that."), (10, ""),
    (8, ""), (3, "Two bottles broke last winter, both in paper."), (10, ""), (9, ""), (8, ""),
    (7, "Lieber weniger Luft im Karton als anderes Füllmaterial."), (10, ""), (9, ""))
SAYING: Final = (
    (8, "Würde ich nutzen, wenn es nicht zur Jagd wird."), (6, ""), (9, ""),
    (2, "I buy less when something shouts at me. Even politely."), (7, ""), (8, ""),
    (5, "Erst fragen, ob die Erzeuger das stemmen."))


def load_panel(book: Book) -> None:
    """Members of the panel with their votes; cleo has not voted on the open question yet.

    Changes consents, panels, panel_members, panel_votes.
    """
    members = _members(book)
    for n, person in enumerate(members):
        at = book.days_ago(JOINED + n % 9)
        book.insert(Consent, [{
            "id": book.next_id(Consent), "person_id": person, "purpose": PANEL,
            "text_version": TEXT_VERSION, "given_at": at, "place": "panel"}])
        book.insert(PanelMember, [{"person_id": person, "joined_at": at}])
    others = [one for one in members if one != book.people["cleo"]]
    day = clock.in_zone(book.now).date()
    _ask(book, {**DECIDED, "state": "decided", "decision": "do",
                "closes_on": day - timedelta(days=ENDED),
                "decided_at": book.days_ago(ENDED - 3)}, book.days_ago(ENDED + 14), others, SAID)
    _ask(book, {**OPEN, "state": "open", "closes_on": day + timedelta(days=RUNS)},
         book.days_ago(OPENED), others[3:], SAYING)


def _members(book: Book) -> list[int]:
    """Cleo, gina and some more, those one signs in as left out."""
    shown = {book.people[who] for who in ("ana", "bert", "dan", "max", "olga")}
    rest = sorted(number for who, number in book.people.items()
                  if book.history.joined_days_ago[who] > JOINED + ENDED and number not in {
                      *shown, book.people["cleo"], book.people["gina"]})
    return [book.people["cleo"], book.people["gina"], *rest[::7][:MOST]]


def _ask(book: Book, words: dict[str, object], at: datetime, people: list[int],
         said: tuple[tuple[int, str], ...]) -> None:
    """A question put at a moment, with votes a few hours apart."""
    panel = book.next_id(Panel)
    book.insert(Panel, [{"id": panel, "made_by": book.people["olga"], "made_at": at,
                         "asked_at": at, **words}])
    book.insert(PanelVote, [
        {"id": book.next_id(PanelVote), "code": book.code(10), "panel_id": panel,
         "person_id": person, "number": n, "score": score, "words": comment,
         "at": at + timedelta(hours=5 * n)}
        for n, (person, (score, comment)) in enumerate(
            zip(people, said, strict=False), start=1)])
