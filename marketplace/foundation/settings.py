"""All settings of one process, read once from the environment and an optional `.env`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from marketplace.foundation.errors import MarketError

Origin = str


class SettingsFault(MarketError):
    """Settings that cannot be used; one sentence per fault."""


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


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text and not text.startswith(schemes):
            raise ValueError("does not begin with " + " or ".join(schemes))
        return text.rstrip("/")

    return parse


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
        _some_of("bank_transfer", "test_card"), ("bank_transfer",), "bank_transfer,test_card",
        "Ways to pay that are switched on; the test card works in demo mode only.",
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
    "rate_limits": Known(_boolean, True, "on", "Whether sign-in, posting and search are limited."),
    "trusted_proxies": Known(
        _whole(0, 5), 0, "1", "Reverse proxies in front whose forwarding headers are believed."
    ),
    "log_level": Known(
        _one_of("debug", "info", "warning", "error"), "info", "warning", "How much is logged."
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `origins` tells where each came from."""

    env: str
    secret_key: str
    instance: Path
    database_url: str
    url: str
    demo: bool
    payment: tuple[str, ...]
    mail: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: bool
    mail_from: str
    jobs: str
    page_cache_seconds: int
    journal_days: int
    journal_visitors: bool
    profiling_age: int
    suggestion_ms: int
    rate_limits: bool
    trusted_proxies: int
    log_level: str
    origins: Mapping[str, Origin]

    @property
    def production(self) -> bool:
        """Whether real people are served."""
        return self.env == "production"

    def printed(self) -> list[tuple[str, str, Origin]]:
        """Name, value and origin of every setting, secrets masked, in order of declaration."""
        rows = []
        for name in (field.name for field in fields(self) if field.name in KNOWN):
            value = str(getattr(self, name))
            shown = "****" if KNOWN[name].secret and value else value
            rows.append((f"ZURUF_{name.upper()}", shown, self.origins.get(name, "default")))
        return rows


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a `.env` file; comments and blank lines are skipped."""
    if not path.is_file():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text("utf-8").splitlines()
             if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def load(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Build the settings. Raises SettingsFault listing every fault at once."""
    base = folder or Path.cwd()
    sources = [("environment", dict(os.environ if environ is None else environ)),
               (".env", read_env_file(base / ".env"))]
    values: dict[str, object] = {name: known.default for name, known in KNOWN.items()}
    origins: dict[str, Origin] = {}
    faults: list[str] = []
    for origin, source in reversed(sources):
        for name, text in source.items():
            if name.startswith("ZURUF_"):
                _take(name, text, origin, values, origins, faults)
    values["instance"] = (base / str(values["instance"])).resolve()
    _complete(values, origins, faults)
    if faults:
        raise SettingsFault("\n".join(faults))
    return Settings(**values, origins=origins)  # type: ignore[arg-type]


def _take(
    name: str, text: str, origin: Origin,
    values: dict[str, object], origins: dict[str, Origin], faults: list[str],
) -> None:
    key = name.removeprefix("ZURUF_").lower()
    if key.endswith("_file") and key.removesuffix("_file") in KNOWN:
        key, path = key.removesuffix("_file"), Path(text)
        if not path.is_file():
            faults.append(f"{name}: there is no file {text}")
            return
        text, origin = path.read_text("utf-8").strip(), f"file {text}"
    if key not in KNOWN:
        faults.append(f"{name}: there is no such setting; `flask settings` lists all")
        return
    try:
        values[key], origins[key] = KNOWN[key].parse(text), origin
    except ValueError as fault:
        faults.append(f"{name}: {text!r} {fault}; example: {name}={KNOWN[key].example}")


def _complete(
    values: dict[str, object], origins: dict[str, Origin], faults: list[str]
) -> None:
    production, instance = values["env"] == "production", values["instance"]
    assert isinstance(instance, Path)
    if not values["database_url"]:
        values["database_url"] = f"sqlite:///{instance / 'zuruf.sqlite'}"
    if production and len(str(values["secret_key"])) < 32:
        faults.append("ZURUF_SECRET_KEY: production needs at least 32 random signs; example: "
                      "ZURUF_SECRET_KEY_FILE=/etc/zuruf/secret_key")
    if production and "test_card" in values["payment"]:  # type: ignore[operator]
        faults.append("ZURUF_PAYMENT: the test card is not for production; "
                      "example: ZURUF_PAYMENT=bank_transfer")
    if production and values["demo"]:
        faults.append("ZURUF_DEMO: demo mode is not for production; example: ZURUF_DEMO=off")
    if production and os.environ.get("FLASK_DEBUG", "") not in ("", "0"):
        faults.append("FLASK_DEBUG: debugging is not for production; example: FLASK_DEBUG=0")
    if not production and not values["secret_key"] and not faults:
        values["secret_key"] = _own_secret(instance)
        origins["secret_key"] = "file in the instance folder"


def _own_secret(instance: Path) -> str:
    """The secret key of this folder, made once with mode 0600."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("utf-8")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("utf-8")
