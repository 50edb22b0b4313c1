"""Reads of `producers`."""

from marketplace.producers.queries.evidence import Proof, evidence_kinds, valid_evidence
from marketplace.producers.queries.facts import Fact, facts_of
from marketplace.producers.queries.listing import Wanted, directory, regions
from marketplace.producers.queries.pages import (
    FaceView,
    ProducerCard,
    ProducerPage,
    card_and_seller,
    cards,
    names,
    producer_page,
    texts_of,
)
from marketplace.producers.queries.staff import (
    Role,
    acts_for,
    hours_of,
    is_concerned,
    is_staff,
    lead_of,
    names_of_houses,
    own_role,
    promise_of,
    promises_of,
    role_at,
    roles_of,
    same_subject,
    seen_refs,
    seller_block,
    staff_ids,
    staff_of,
)

__all__ = [
    "FaceView", "Fact", "ProducerCard", "ProducerPage", "Proof", "Role", "Wanted", "acts_for",
    "card_and_seller", "cards", "directory", "evidence_kinds", "facts_of", "hours_of",
    "is_concerned", "is_staff", "lead_of", "names", "names_of_houses", "own_role",
    "producer_page", "promise_of", "promises_of", "regions", "role_at", "roles_of",
    "same_subject", "seen_refs", "seller_block", "staff_ids", "staff_of", "texts_of",
    "valid_evidence",
]
