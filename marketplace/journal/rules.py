"""The closed list of what is recorded, and the pseudonyms. Pure."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

VIAS = frozenset(("recommendation", "suggestion", "bundle", "group", "search", "ask", "feed",
                  "compare", "share", "mail", "member", "product", "qr", "reorder", "campaign",
                  "direct"))


@dataclass(frozen=True, slots=True)
class EntryType:
    """One kind of entry: number in the table, name, words, whether a person may stand in it."""

    number: int
    name: str
    de: str
    en: str
    actor: bool = True
    counted_only: bool = False
    extra: tuple[str, ...] = ()


_VIEWS = (
    ("view.home", "Startseite gelesen", "Home page read"),
    ("view.product", "Produktseite gelesen", "Product page read"),
    ("view.producer", "Erzeugerseite gelesen", "Producer page read"),
    ("view.bundle", "Bündel gelesen", "Bundle read"),
    ("view.group", "Gruppe gelesen", "Group read"),
    ("view.thread", "Gespräch gelesen", "Thread read"),
    ("error.shown", "Fehlerseite gezeigt", "Error page shown"),
)
_ACTS = (
    ("search.done", "Gesucht", "Searched"), ("search.empty", "Nichts gefunden", "Found nothing"),
    ("recommendation.made", "Empfohlen", "Recommended"),
    ("bundle.made", "Bündel gemacht", "Bundle made"),
    ("bundle.added", "Bündel in den Korb gelegt", "Bundle put into the basket"),
    ("basket.added", "In den Korb gelegt", "Put into the basket"),
    ("basket.removed", "Aus dem Korb genommen", "Taken out of the basket"),
    ("order.placed", "Bestellt", "Ordered"), ("order.paid", "Bezahlt", "Paid"),
    ("order.dispatched", "Versandt", "Dispatched"), ("order.delivered", "Angekommen", "Delivered"),
    ("order.cancelled", "Abbestellt", "Cancelled"),
    ("withdrawal.filed", "Widerrufen", "Withdrawn"),
    ("rating.invited", "Um Antwort gebeten", "Asked for an answer"),
    ("rating.given", "Geantwortet", "Answered"), ("rating.changed", "Antwort geändert",
                                                  "Answer changed"),
    ("rating.replied", "Erzeuger hat geantwortet", "Producer replied"),
    ("helpful.voted", "Hilfreich gefunden", "Found helpful"),
    ("thread.opened", "Gefragt", "Asked"), ("post.added", "Geschrieben", "Wrote"),
    ("thread.answered", "Frage beantwortet", "Question answered"),
    ("report.filed", "Gemeldet", "Reported"), ("decision.taken", "Entschieden", "Decided"),
    ("account.opened", "Beigetreten", "Joined"),
    ("group.joined", "Gruppe betreten", "Joined a group"),
    ("group.left", "Gruppe verlassen", "Left a group"),
    ("follow.made", "Folgt", "Follows"), ("follow.ended", "Folgt nicht mehr", "Unfollowed"),
    ("mail.sent", "Mail gesendet", "Letter sent"),
    ("tap.given", "Gefallen oder nicht gezeigt", "Liked the look, or not"),
    ("view.recommendation", "Empfehlung geöffnet", "Recommendation opened"),
    ("ask.opened", "Um Rat gefragt", "Asked for advice"),
    ("signal.sent", "Etwas stimmt nicht", "Something is wrong"),
    ("thread.solved", "Gelöst", "Solved"), ("thread.unsolved", "Nicht gelöst", "Not solved"),
    ("refund.done", "Geld zurückgezahlt", "Money sent back"),
    ("order.delayed", "Später als versprochen", "Later than promised"),
    ("order.reordered", "Wieder bestellt", "Ordered again"),
    ("checkout.seen", "Schritt der Kasse erreicht", "Came to a step of the checkout"),
    ("checkout.failed", "Bestellung nicht möglich", "Could not order"),
    ("demand.signalled", "Etwas gewollt, das nicht zu haben war", "Wanted what could not be had"),
    ("mail.failed", "Mail kam nicht an", "Letter came back"),
    ("mail.unsubscribed", "Mails beendet", "Letters stopped"),
    ("mail.complained", "Über Mail beschwert", "Complained about a letter"),
    ("survey.answered", "Kurze Frage beantwortet", "Answered a short question"),
    ("survey.declined", "Kurze Frage abgelehnt", "Declined a short question"),
    ("appeal.filed", "Widersprochen", "Appealed"),
    ("appeal.decided", "Widerspruch entschieden", "Appeal decided"),
)
TYPES = {
    name: EntryType(n, name, de, en, actor=not name.startswith(("view.", "error.")),
                    counted_only=name.startswith(("view.", "error.")),
                    extra=("class",) if name.startswith("mail.") else ())
    for n, (name, de, en) in enumerate((*_VIEWS, *_ACTS), start=1)
}


def pseudonym(secret: bytes, message: str) -> bytes:
    """The first 16 bytes of HMAC-SHA256; the message is `m:<id>` or `v:<network>|<agent>`."""
    return hmac.new(secret, message.encode(), sha256).digest()[:16]


def quarter(year: int, month: int) -> str:
    """The calendar quarter whose key members' pseudonyms use, as 2026-Q4."""
    return f"{year}-Q{(month - 1) // 3 + 1}"


def least_people(members_by_quarter: list[int], visitors_by_day: list[int]) -> int:
    """Different people that are certain: the largest quarter and the largest day, not the sums."""
    return max(members_by_quarter, default=0) + max(visitors_by_day, default=0)
