"""All settings of one process, read once from the environment and an optional `.env`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path

from marketplace.foundation.errors import MarketError
from marketplace.foundation.settings.known import KNOWN

Origin = str


class SettingsFault(MarketError):
    """Settings that cannot be used; one sentence per fault."""


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
    stripe_key: str
    stripe_hooks: tuple[str, ...]
    stripe_mode: str
    stripe_api: str
    advance_refunds: bool
    operator_name: str
    operator_street: str
    operator_postcode: str
    operator_city: str
    operator_country: str
    operator_vat_id: str
    operator_mail: str
    operator_iban: str
    mail: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: bool
    mail_from: str
    mail_replies: str
    push_key: str
    jobs: str
    page_cache_seconds: int
    journal_days: int
    journal_visitors: bool
    profiling_age: int
    suggestion_ms: int
    switzerland: bool
    age_check: str
    search_index: str
    search_memory: int
    rate_limits: bool
    trusted_proxies: int
    metrics_token: str
    log_level: str
    origins: Mapping[str, Origin]

    @property
    def production(self) -> bool:
        """Whether real people are served."""
        return self.env == "production"

    @property
    def operator(self) -> dict[str, str]:
        """Who runs the marketplace, as documents copy a seller; empty where nobody is named."""
        if not self.operator_name:
            return {}
        return {"name": self.operator_name, "street": self.operator_street,
                "postcode": self.operator_postcode, "city": self.operator_city,
                "country": self.operator_country, "vat_id": self.operator_vat_id,
                "e_mail": self.operator_mail, "iban": self.operator_iban}

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
    if values["search_index"] == "postgresql" and not str(
            values["database_url"]).startswith("postgresql"):
        faults.append("ZURUF_SEARCH_INDEX: there is no PostgreSQL database; example: "
                      "ZURUF_SEARCH_INDEX=files")
    if values["search_index"] == "tantivy" and find_spec("tantivy") is None:
        faults.append("ZURUF_SEARCH_INDEX: tantivy is not installed (pip install zuruf[tantivy]); "
                      "example: ZURUF_SEARCH_INDEX=files")
    _check_stripe(values, faults)
    if not production and not values["secret_key"] and not faults:
        values["secret_key"] = _own_secret(instance)
        origins["secret_key"] = "file in the instance folder"


def _check_stripe(values: dict[str, object], faults: list[str]) -> None:
    """The card needs a key, secrets and the mode of the key; demo mode takes no real one."""
    key = str(values["stripe_key"])
    if key.startswith(("sk_live_", "rk_live_")) and values["demo"]:
        faults.append("ZURUF_STRIPE_KEY: demo mode moves no money; example: sk_test_...")
    if "stripe" not in values["payment"]:  # type: ignore[operator]
        return
    if not key.startswith((f"sk_{values['stripe_mode']}_", f"rk_{values['stripe_mode']}_")):
        faults.append(f"ZURUF_STRIPE_KEY: does not begin with sk_{values['stripe_mode']}_; "
                      "ZURUF_STRIPE_MODE says which it has to be")
    if not values["stripe_hooks"]:
        faults.append("ZURUF_STRIPE_HOOKS: without a signing secret nobody hears of payments; "
                      "example: ZURUF_STRIPE_HOOKS=whsec_...")


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
