"""What each operation of the API does in the world; parameters are checked before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.adapters.stripe_fake.world import No, Thing, World

Act = Callable[[World, tuple[str, ...], Thing], Thing]
ACTS: dict[tuple[str, str], Act] = {}
HALF_HOUR, DAY = 1_800, 86_400
PATHS = {"transfer_reversal": "transfers"}


def act(verb: str, path: str) -> Callable[[Act], Act]:
    """Register what an operation does."""
    def keep(function: Act) -> Act:
        ACTS[verb, path] = function
        return function
    return keep


@act("POST", "/v1/checkout/sessions")
def open_session(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """A hosted page; its life is between half an hour and a day."""
    lines = asked.get("line_items") or []
    if not lines:
        raise No(400, "parameter_missing", "You must pass line items.", "line_items")
    life = int(asked.get("expires_at") or world.now() + DAY) - world.now()
    if not HALF_HOUR - 5 <= life <= DAY + 5:
        raise No(400, "parameter_invalid_integer", "expires_at must be 30 minutes to 24 hours away",
                 "expires_at")
    total = sum(int(one.get("quantity", 1)) * int(one["price_data"]["unit_amount"])
                for one in lines)
    if total < 50:
        raise No(400, "amount_too_small", "The amount is too small.", "line_items")
    inner = asked.get("payment_intent_data") or {}
    suffix = inner.get("statement_descriptor_suffix", "")
    if suffix and (len(suffix) > 22 or not any(sign.isalpha() for sign in suffix)):
        raise No(400, "parameter_invalid_string", "The suffix needs a letter.", "suffix")
    made = world.new(
        "cs_test", "checkout.session", status="open", payment_status="unpaid", amount_total=total,
        currency=lines[0]["price_data"]["currency"], mode=asked["mode"], payment_intent=None,
        success_url=asked.get("success_url"), metadata=asked.get("metadata") or {},
        client_reference_id=asked.get("client_reference_id"), expires_at=world.now() + life)
    world.things[made["id"]]["_inner"] = inner
    made["url"] = f"{world.things['_host']['url']}/pay/{made['id']}"
    return made


@act("GET", "/v1/checkout/sessions/{session}")
def look_session(world: World, ids: tuple[str, ...], _asked: Thing) -> Thing:
    """How a page stands."""
    return world.get(ids[0], "checkout.session")


@act("POST", "/v1/checkout/sessions/{session}/expire")
def expire_session(world: World, ids: tuple[str, ...], _asked: Thing) -> Thing:
    """Only an open page can be closed."""
    session = world.get(ids[0], "checkout.session")
    if session["status"] != "open":
        raise No(400, "resource_missing", "Only open sessions can be expired.")
    world.close(session)
    return session


@act("POST", "/v1/payment_intents")
def charge_at_once(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """A test card that is charged at once, without a page."""
    if not str(asked.get("payment_method", "")).startswith("pm_card_"):
        raise No(400, "parameter_missing", "A payment method is needed.", "payment_method")
    intent = world.new("pi", "payment_intent", amount=int(asked["amount"]), status="processing",
                       currency=asked["currency"], transfer_group=asked.get("transfer_group"),
                       metadata=asked.get("metadata") or {}, latest_charge=None)
    world.charge(intent)
    return intent


@act("POST", "/v1/transfers")
def transfer(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """Out of a charge to an account that may receive, never more than the charge brought."""
    account = world.get(str(asked["destination"]), "v2.core.account")
    minor, charge_id = int(asked["amount"]), asked.get("source_transaction")
    if account["transfers"] != "active":
        raise No(400, "insufficient_capabilities_for_transfer",
                 "Your destination account needs transfers enabled.", "destination")
    if charge_id:
        charge = world.get(str(charge_id), "charge")
        gone = sum(one["amount"] for one in world.all("transfer", source_transaction=charge_id))
        if gone + minor > charge["amount"]:
            raise No(400, "parameter_invalid_integer",
                     "The transfers of a charge cannot exceed its amount.", "amount")
    elif world.platform < minor:
        raise No(400, "balance_insufficient", "Insufficient funds in your account.")
    account["balance"] += minor
    made = world.new(
        "tr", "transfer", amount=minor, amount_reversed=0, reversed=False,
        currency=asked["currency"], destination=account["id"], source_transaction=charge_id,
        transfer_group=asked.get("transfer_group"), metadata=asked.get("metadata") or {})
    world.entry("transfer", made, -minor)
    world.emit("transfer.created", made)
    return made


@act("POST", "/v1/transfers/{id}/reversals")
def reverse(world: World, ids: tuple[str, ...], asked: Thing) -> Thing:
    """Back to the platform, as far as the account still holds it."""
    made_before = world.get(ids[0], "transfer")
    left = made_before["amount"] - made_before["amount_reversed"]
    minor = int(asked.get("amount", left))
    account = world.get(made_before["destination"])
    if minor > left:
        raise No(400, "parameter_invalid_integer", "More than is left of the transfer.", "amount")
    if account["balance"] < minor:
        raise No(400, "balance_insufficient", "Insufficient funds in the connected account.")
    account["balance"] -= minor
    made_before["amount_reversed"] += minor
    made_before["reversed"] = made_before["amount_reversed"] == made_before["amount"]
    made = world.new("trr", "transfer_reversal", amount=minor, transfer=ids[0],
                     currency=made_before["currency"], metadata=asked.get("metadata") or {})
    world.entry("transfer_refund", made, minor)
    world.emit("transfer.reversed", made_before)
    return made


@act("POST", "/v1/refunds")
def refund(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """To the payer, never more than is left; without cover it stays pending."""
    charge = world.get(str(asked.get("charge")), "charge")
    left = charge["amount"] - charge["amount_refunded"]
    minor = int(asked.get("amount", left))
    if charge["disputed"]:
        raise No(400, "charge_disputed", "This charge has been charged back.", "charge")
    if minor > left or minor <= 0:
        raise No(400, "charge_already_refunded", "More than is left of the charge.", "amount")
    charge["amount_refunded"] += minor
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    covered = world.platform >= minor
    made = world.new(
        "re", "refund", amount=minor, charge=charge["id"], payment_intent=charge["payment_intent"],
        currency=charge["currency"], status="succeeded" if covered else "pending",
        metadata=asked.get("metadata") or {})
    if covered:
        world.entry("refund", made, -minor)
    world.emit("charge.refunded", charge)
    world.emit("refund.created", made)
    return made


def _listing(kind: str, *names: str) -> Act:
    def listed(world: World, ids: tuple[str, ...], asked: Thing) -> Thing:
        where = {name: asked[name] for name in names if name in asked}
        if ids:
            where[kind.partition("_")[0]] = ids[0]
        rows = [one for one in world.all(kind, **where) if _within(one, asked.get("created"))]
        start = asked.get("starting_after")
        if start:
            at = next((n for n, one in enumerate(rows) if one["id"] == start), len(rows))
            rows = rows[at + 1:]
        limit = int(asked.get("limit", 10))
        shown = [dict(one) for one in rows[:limit]]
        if "data.source" in (asked.get("expand") or []):
            shown = [{**one, "source": world.things[one["source"]]} for one in shown]
        return {"object": "list", "data": shown, "has_more": len(rows) > limit,
                "url": f"/v1/{PATHS.get(kind, kind + 's')}"}
    return listed


def _within(one: Thing, span: Any) -> bool:
    if not isinstance(span, dict):
        return True
    return (int(span.get("gte", 0)) <= one["created"]
            and one["created"] < int(span.get("lt", 1 << 40)))


ACTS["GET", "/v1/transfers"] = _listing("transfer", "transfer_group", "destination")
ACTS["GET", "/v1/transfers/{id}/reversals"] = _listing("transfer_reversal")
ACTS["GET", "/v1/refunds"] = _listing("refund", "charge", "payment_intent")
ACTS["GET", "/v1/charges"] = _listing("charge", "transfer_group")
@act("GET", "/v1/refunds/{refund}")
def look_refund(world: World, ids: tuple[str, ...], _asked: Thing) -> Thing:
    """One refund."""
    return world.get(ids[0], "refund")


ACTS["GET", "/v1/disputes"] = _listing("dispute", "charge")
ACTS["GET", "/v1/balance_transactions"] = _listing("balance_transaction", "type", "source")


@act("GET", "/v1/events")
def events(world: World, ids: tuple[str, ...], asked: Thing) -> Thing:
    """What happened; those that could not be told apart from the others."""
    told = asked.get("delivery_success")
    seen = _listing("event", "type")(world, ids, {**asked, "limit": 1_000_000})
    rows = [one for one in seen["data"] if told is None
            or (one["pending_webhooks"] == 0) is (str(told).lower() == "true")]
    limit = int(asked.get("limit", 10))
    return {**seen, "data": rows[:limit], "has_more": len(rows) > limit}


@act("POST", "/v1/disputes/{dispute}")
def answer(world: World, ids: tuple[str, ...], asked: Thing) -> Thing:
    """Evidence is handed in once; what is submitted is final."""
    dispute = world.get(ids[0], "dispute")
    if dispute["status"] != "needs_response":
        raise No(400, "dispute_already_submitted", "This dispute cannot be changed any more.")
    dispute["evidence"] = {**dispute["evidence"], **(asked.get("evidence") or {})}
    if str(asked.get("submit")).lower() == "true":
        dispute["status"] = "under_review"
        world.emit("charge.dispute.updated", dispute)
    return dispute


@act("POST", "/v2/core/accounts")
def open_account(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """An account that still has to be completed on the provider's page."""
    return world.new("acct", "v2.core.account", contact_email=asked.get("contact_email"),
                     transfers="restricted", balance=0, missing=["identity.individual.id_number"])


@act("GET", "/v2/core/accounts/{id}")
def look_account(world: World, ids: tuple[str, ...], _asked: Thing) -> Thing:
    """The parts that were asked for; events of accounts carry no state."""
    known = world.get(ids[0], "v2.core.account")
    return {**known, "configuration": {"recipient": {"capabilities": {"stripe_balance": {
        "stripe_transfers": {"status": known["transfers"], "requested": True}}}}},
        "requirements": {"entries": [{"description": one} for one in known["missing"]]}}


@act("POST", "/v2/core/account_links")
def account_link(world: World, _ids: tuple[str, ...], asked: Thing) -> Thing:
    """Where the producer completes the account."""
    known = world.get(asked["account"], "v2.core.account")
    return {"object": "v2.core.account_link", "account": known["id"],
            "url": f"{world.things['_host']['url']}/onboard/{known['id']}"}
