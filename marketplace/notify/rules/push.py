"""What a browser may be told, and by whom. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MOST_A_DAY = 3
MOST_FAILURES = 3
MOST_BROWSERS = 10
SERVICES = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com",
            "push.apple.com", "notify.windows.com")
"""Push services of the makers of browsers; nothing is ever sent to another address."""
KEY = re.compile(r"[\w-]{87}=?")
SECRET = re.compile(r"[\w-]{22}(==)?")


def is_service(endpoint: str) -> bool:
    """Whether an address belongs to the push service of a browser's maker."""
    if len(endpoint) > 600 or not endpoint.isascii() or "\\" in endpoint:
        return False
    try:
        where = urlsplit(endpoint)
        port = where.port
    except ValueError:
        return False
    host = where.hostname or ""
    return (where.scheme == "https" and port in (None, 443) and "@" not in where.netloc
            and any(host == one or host.endswith(f".{one}") for one in SERVICES))


def can_read(p256dh: str, auth: str) -> bool:
    """Whether these can be the keys of a browser: a point of P-256 and 16 random bytes."""
    return bool(KEY.fullmatch(p256dh) and SECRET.fullmatch(auth))
