"""Every known setting: how it is read, what it is without it, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """One known setting: how it is read and what it is for."""

    parse: Callable[[str], object]
    default: object
    example: str
    purpose: str
    secret: bool = False


def _boolean(text: str) -> bool:
    words = {"1": True, "on": True, "true": True, "0": False, "off": False, "false": False}
    if text.lower() not in words:
        raise ValueError("is neither on nor off")
    return words[text.lower()]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.lstrip("-").isdigit() or not low <= int(text) <= high:
            raise ValueError(f"is no whole number from {low} to {high}")
        return int(text)

    return parse


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError("is none of " + ", ".join(words))
        return text

    return parse


def _some_of(*words: str) -> Callable[[str], tuple[str, ...]]:
    def parse(text: str) -> tuple[str, ...]:
        chosen = tuple(part.strip() for part in text.split(",") if part.strip())
        if not chosen or any(part not in words for part in chosen):
            raise ValueError("is no list of " + ", ".join(words))
        return chosen

    return parse


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text and not text.startswith(schemes):
            raise ValueError("does not begin with " + " or ".join(schemes))
        return text.rstrip("/")

    return parse


def _mailbox(text: str) -> str:
    name, at, domain = text.partition("@")
    if text and not (at and name and "." in domain and len(name) <= 16 and "+" not in text):
        raise ValueError("is no address of a mailbox with at most 16 signs before the @")
    return text


def _private_key(text: str) -> str:
    if text and not re.fullmatch(r"[\w-]{43}", text):
        raise ValueError("is no key of 43 signs")
    return text


def _token(text: str) -> str:
    if text and not re.fullmatch(r"[\x21-\x7e]{16,200}", text):
        raise ValueError("is no token of 16 to 200 signs without blanks")
    return text


KNOWN: dict[str, Known] = {
    "env": Known(
        _one_of("development", "test", "production"),
        "development",
        "production",
        "What this process is for; production refuses weak secrets and the test card.",
    ),
    "secret_key": Known(
        str, "", "64 random signs", "Signs sessions and links; made by itself outside production.",
        secret=True,
    ),
    "instance": Known(
        str, "instance", "/var/lib/zuruf", "Folder of everything written: data, files, index, mail."
    ),
    "database_url": Known(
        _url("sqlite://", "postgresql://"), "", "postgresql://zuruf@localhost/zuruf",
        "The database; without it SQLite in the instance folder.", secret=True,
    ),
    "url": Known(
        _url("http://", "https://"), "http://127.0.0.1:8000", "https://markt.example.org",
        "The address under which people reach the site; used in mails, feeds and QR codes.",
    ),
    "demo": Known(_boolean, False, "on", "Demo mode: banner, noindex, test card, demo sign-ins."),
    "payment": Known(
        _some_of("bank_transfer", "stripe", "test_card"), ("bank_transfer",),
        "bank_transfer,stripe",
        "Ways to pay that are switched on; the test card works in demo mode only.",
    ),
    "stripe_key": Known(
        str, "", "sk_live_...",
        "Secret key of the platform at Stripe; sk_test_ keys move no money.",
        secret=True,
    ),
    "stripe_hooks": Known(
        _words, (), "whsec_...,whsec_...",
        "Signing secrets of the webhook endpoints: platform, connected accounts, former ones.",
        secret=True,
    ),
    "stripe_mode": Known(
        _one_of("test", "live"), "test", "live", "Has to fit the key, so that nobody mixes them up."
    ),
    "stripe_api": Known(
        _url("http://127.0.0.1", "https://"), "", "http://127.0.0.1:12111",
        "Another address for Stripe's API, for tests on this machine.",
    ),
    "advance_refunds": Known(
        _boolean, False, "on",
        "Whether the operator advances refunds of card payments that a producer's account does "
        "not cover, and keeps them back from the next transfers.",
    ),
    "operator_name": Known(
        str, "", "Markt Genossenschaft eG",
        "Who runs the marketplace, as on its invoices for commission; without it none is issued.",
    ),
    "operator_street": Known(str, "", "Hafenstraße 1", "Street and number of the operator."),
    "operator_postcode": Known(str, "", "20457", "Postcode of the operator."),
    "operator_city": Known(str, "", "Hamburg", "Town of the operator."),
    "operator_country": Known(
        _one_of("DE", "AT"), "DE", "DE",
        "Country of the operator, whose VAT its invoices carry.",
    ),
    "operator_vat_id": Known(str, "", "DE136695976", "VAT number of the operator."),
    "operator_mail": Known(str, "", "buero@markt.example.org", "Where the operator is reached."),
    "operator_iban": Known(
        str, "", "DE02120300000000202051",
        "Where producers transfer commission on orders that buyers paid to them directly.",
    ),
    "mail": Known(
        _one_of("file", "smtp"), "file", "smtp",
        "Where mail goes: files with the viewer /outbox, or an SMTP relay.",
    ),
    "smtp_host": Known(str, "localhost", "mail.example.org", "The SMTP relay."),
    "smtp_port": Known(_whole(1, 65535), 25, "587", "Port of the SMTP relay."),
    "smtp_user": Known(str, "", "zuruf", "User name at the SMTP relay; empty: none."),
    "smtp_password": Known(str, "", "...", "Password at the SMTP relay.", secret=True),
    "smtp_tls": Known(_boolean, True, "on", "Whether STARTTLS is demanded of the relay."),
    "mail_from": Known(str, "Zuruf <zuruf@example.org>", "Markt <post@example.org>", "The sender."),
    "mail_replies": Known(
        _mailbox, "", "answers@markt.example.org",
        "Where answers by mail go, to a mailbox that passes +signs on to `flask notify incoming`; "
        "empty: letters take no answers.",
    ),
    "push_key": Known(
        _private_key, "", "a line of flask notify push-key",
        "Private key with which the market signs push messages to browsers; empty: no push.",
        secret=True,
    ),
    "jobs": Known(
        _one_of("embedded", "worker"), "embedded", "worker",
        "Who runs background jobs: threads of the web process, or `flask jobs work`.",
    ),
    "page_cache_seconds": Known(
        _whole(0, 600), 30, "30", "How long a finished visitor page is kept; 0 switches it off."
    ),
    "journal_days": Known(_whole(7, 90), 90, "60", "How long single journal entries are kept."),
    "journal_visitors": Known(
        _boolean, True, "off", "Whether visitors get a pseudonym of one day in the journal."
    ),
    "profiling_age": Known(
        _whole(16, 18), 16, "18",
        "From which known age on suggestions are computed of what a person said: who stated no age "
        "is known to be 16, and nobody who stated to be under 18 is ever profiled.",
    ),
    "suggestion_ms": Known(
        _whole(0, 60_000), 300, "300",
        "How many thousandths of a second a page waits for suggestions before stored ones serve.",
    ),
    "switzerland": Known(
        _boolean, False, "on",
        "Whether producers may send to Switzerland; the operator answers for customs there.",
    ),
    "age_check": Known(
        str, "declared", "door",
        "How buyers show their age: a date of birth that is compared and thrown away (declared), "
        "stated and checked at the door (door), or the name of a check that a package brings.",
    ),
    "search_index": Known(
        _one_of("files", "postgresql", "tantivy"), "files", "postgresql",
        "Where search keeps its index: files of this host, the market's PostgreSQL database "
        "(several hosts), or files by tantivy (very many goods; the extra `tantivy`).",
    ),
    "search_memory": Known(
        _whole(1, 65_536), 128, "512",
        "How many MB of lists of words each process keeps ready while the index is in files; "
        "beyond 500,000 products more makes frequent words faster.",
    ),
    "rate_limits": Known(_boolean, True, "on", "Whether sign-in, posting and search are limited."),
    "trusted_proxies": Known(
        _whole(0, 5), 0, "1", "Reverse proxies in front whose forwarding headers are believed."
    ),
    "metrics_token": Known(
        _token, "", "openssl rand -hex 24",
        "What a monitoring system sends as bearer token to read /metrics; without it nothing is "
        "measured and the address does not exist.", secret=True,
    ),
    "log_level": Known(
        _one_of("debug", "info", "warning", "error"), "info", "warning", "How much is logged."
    ),
}
