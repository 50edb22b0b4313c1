"""Checks that everything named exists: handles, products, lots, occasions, categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from marketplace.bundles.rules import BOARDS
from marketplace.catalog.rules.vocabulary import CATEGORIES, OCCASIONS, SUBJECTS
from marketplace.demo.content.faults import Fault
from marketplace.demo.content.kinds import Content

# file, place, kind of thing, name
Pointer = tuple[str, str, str, str]


def pointer_faults(content: Content) -> list[Fault]:
    """Names that lead nowhere, names given twice, people acting where they may not."""
    known = _known(content)
    faults = [
        Fault(file, place, f"no {kind} called {name!r}")
        for file, place, kind, name in _pointers(content)
        if name not in known[kind]
    ]
    return [*faults, *_twice(content), *_wrong_speakers(content)]


def _known(content: Content) -> dict[str, frozenset[str]]:
    """The names of each kind that exist."""
    lots = {f"{product.slug}/{lot.label}" for product in content.products for lot in product.lots}
    return {
        "person": content.handles,
        "product": frozenset(product.slug for product in content.products),
        "producer": frozenset(producer.slug for producer in content.producers),
        "group": frozenset(group.slug for group in content.groups),
        "bundle": frozenset(bundle.slug for bundle in content.bundles),
        "lot": frozenset(lots),
        "slot": frozenset(f"{board.slug}/{slot.key}" for board in BOARDS for slot in board.slots),
        "occasion": frozenset(one.slug for one in OCCASIONS),
        "category": frozenset(one.slug for one in CATEGORIES),
        "subject": frozenset(one.slug for one in SUBJECTS),
    }


def _pointers(content: Content) -> Iterator[Pointer]:
    """Every name that points to something."""
    yield from _of_producers(content)
    yield from _of_reviews(content)
    yield from _of_groups(content)
    yield from _of_bundles(content)
    yield from _of_talk(content)


def _of_producers(content: Content) -> Iterator[Pointer]:
    for producer in content.producers:
        file = f"producers/{producer.slug}.toml"
        yield file, "subject", "subject", producer.subject
        for product in producer.products:
            yield file, product.slug, "category", product.category
            for occasion in product.occasions:
                yield file, product.slug, "occasion", occasion
            for variant in product.variants:
                if variant.lot:
                    yield file, variant.sku, "lot", f"{product.slug}/{variant.lot}"


def _of_reviews(content: Content) -> Iterator[Pointer]:
    for review in content.reviews:
        place = f"{review.product} by {review.by}"
        yield "reviews", place, "person", review.by
        yield "reviews", place, "product", review.product
        if review.lot:
            yield "reviews", place, "lot", f"{review.product}/{review.lot}"
        for occasion in review.occasions:
            yield "reviews", place, "occasion", occasion
        if review.reply_told:
            yield "reviews", place, "person", review.reply_told.by


def _of_groups(content: Content) -> Iterator[Pointer]:
    for group in content.groups:
        file = f"groups/{group.slug}.toml"
        yield file, "subject", "subject", group.subject
        people = (group.founder, *group.moderators, *group.members)
        people += tuple(post.by for topic in group.topics for post in topic.posts)
        people += tuple(request.by for request in group.requests)
        for handle in people:
            yield file, "people", "person", handle
        items = [item for kept in group.lists for item in kept.items]
        for slug in (*(item.product for item in items), *(pick.product for pick in group.picks)):
            yield file, "lists and picks", "product", slug


def _of_bundles(content: Content) -> Iterator[Pointer]:
    for bundle in content.bundles:
        for handle in (bundle.by, *(post.by for post in bundle.comments)):
            yield "bundles.toml", bundle.slug, "person", handle
        for item in bundle.items:
            yield "bundles.toml", bundle.slug, "product", item.product
            yield "bundles.toml", bundle.slug, "slot", f"{bundle.template}/{item.slot}"
        yield "bundles.toml", bundle.slug, "occasion", bundle.occasion
        if bundle.parent:
            yield "bundles.toml", bundle.slug, "bundle", bundle.parent


def _of_talk(content: Content) -> Iterator[Pointer]:
    for thread in content.threads:
        yield "threads.toml", thread.title, "person", thread.by
        yield "threads.toml", thread.title, "product", thread.product
    for one in content.recommendations:
        place = f"{one.product} by {one.by}"
        yield "recommendations.toml", place, "person", one.by
        yield "recommendations.toml", place, "product", one.product
        yield "recommendations.toml", place, "occasion", one.occasion
        kind, _, name = one.to.partition(":")
        if kind != "all":
            yield "recommendations.toml", place, kind, name
    for ask in content.asks:
        yield "asks.toml", ask.wish, "person", ask.by
        yield "asks.toml", ask.wish, "subject", ask.subject
        kind, _, name = ask.to.partition(":")
        if kind != "all":
            yield "asks.toml", ask.wish, kind, name
        for said in ask.answers:
            yield "asks.toml", ask.wish, "person", said.by
            yield "asks.toml", ask.wish, "product", said.product
    for pair in content.pairings:
        yield "pairings.toml", pair.product, "person", pair.by
        yield "pairings.toml", pair.product, "product", pair.product
        kind, _, name = pair.to.partition(":")
        yield "pairings.toml", pair.product, kind, name
    for member in content.cast:
        for handle in (*member.follows, *member.trusts):
            yield "cast.toml", member.handle, "person", handle
        for slug in member.follows_producers:
            yield "cast.toml", member.handle, "producer", slug
        for slug in (member.parcel_under_way, member.to_rate):
            if slug:
                yield "cast.toml", member.handle, "product", slug


def _twice(content: Content) -> Iterator[Fault]:
    """Slugs, article numbers, handles, and one author's answers are given once."""
    quiet_and_named = [*content.quiet, *(one.handle for one in content.writers)]
    names = {
        "product": [product.slug for product in content.products],
        "sku": [one.sku for product in content.products for one in product.variants],
        "bundle": [bundle.slug for bundle in content.bundles],
        "person": [*quiet_and_named, *(one.handle for one in content.cast)],
        "answer": [f"{one.product}/{one.lot} by {one.by}" for one in content.reviews],
    }
    for kind, given in names.items():
        for name, count in Counter(given).items():
            if count > 1:
                yield Fault("all files", name, f"this {kind} is given {count} times")


def _wrong_speakers(content: Content) -> Iterator[Fault]:
    """Staff answer for their own house, and never judge or ask it; members of it do not review."""
    staff_of = {
        product.slug: {one.handle for one in producer.staff}
        for producer in content.producers
        for product in producer.products
    }
    for review in content.reviews:
        place, house = f"{review.product} by {review.by}", staff_of.get(review.product, set())
        if review.by in house:
            yield Fault("reviews", place, "staff cannot rate their own goods")
        if review.reply and review.reply.by not in house:
            yield Fault("reviews", place, f"{review.reply.by} does not act for the producer")
    for thread in content.threads:
        house = staff_of.get(thread.product, set())
        if thread.by in house or (thread.answer and thread.answer.by not in house):
            yield Fault("threads.toml", thread.title, "asked by staff, or answered by a stranger")
