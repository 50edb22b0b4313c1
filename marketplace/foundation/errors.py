"""Errors that people may read: a sentence, a status, and nothing about machines."""

from __future__ import annotations

from collections.abc import Mapping


class MarketError(Exception):
    """A refusal with a sentence for the person; `status` is the HTTP status it becomes."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(MarketError):
    """Something typed cannot be taken; `faults` maps a field name to its sentence."""

    status = 422

    def __init__(self, faults: Mapping[str, str], sentence: str = "") -> None:
        super().__init__(sentence or next(iter(faults.values()), ""))
        self.faults = dict(faults)


class NotSignedIn(MarketError):
    """The page needs a person."""

    status = 401


class NotYours(MarketError):
    """The person may know that it exists, but not do this."""

    status = 403


class NotFound(MarketError):
    """It does not exist, or may not be known to exist."""

    status = 404


class Conflict(MarketError):
    """The state moved on: somebody was faster, or the step is not possible any more."""

    status = 409


class Gone(MarketError):
    """It existed and was ended for good."""

    status = 410


class TooMany(MarketError):
    """A limit was reached; `retry_seconds` says when to come back."""

    status = 429

    def __init__(self, sentence: str, retry_seconds: int = 60) -> None:
        super().__init__(sentence)
        self.retry_seconds = retry_seconds


class OutsideDown(MarketError):
    """A service outside, or the database, does not answer now; `retry_seconds` from now."""

    status = 503

    def __init__(self, sentence: str, retry_seconds: int = 5) -> None:
        super().__init__(sentence)
        self.retry_seconds = retry_seconds
