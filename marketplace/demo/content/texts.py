"""Every text of the content with its place, for the rules of language."""

from __future__ import annotations

from collections.abc import Iterator

from marketplace.demo.content.kinds import Content, Group, Producer, Product, Review, Words
from marketplace.demo.content.language import Text


def all_texts(content: Content) -> Iterator[Text]:
    """All words that are shown, in the order of the files."""
    for producer in content.producers:
        yield from _of_producer(producer)
    for review in content.reviews:
        yield from _of_review(review)
    for group in content.groups:
        yield from _of_group(group)
    yield from _of_people(content)
    yield from _of_talk(content)


def _both(file: str, place: str, voice: str, words: Words) -> Iterator[Text]:
    yield Text(file, f"{place}.de", voice, words.de)
    yield Text(file, f"{place}.en", voice, words.en)


def _of_producer(producer: Producer) -> Iterator[Text]:
    file = f"producers/{producer.slug}.toml"
    for name in ("teaser", "story", "method", "paused_words"):
        yield from _both(file, name, "producer", getattr(producer, name))
    for face in producer.faces:
        yield from _both(file, f"faces[{face.name}]", "producer", face.words)
    for news in producer.news:
        yield Text(file, f"news[{news.title}]", "producer", news.words)
    for product in producer.products:
        yield from _of_product(file, product)


def _of_product(file: str, product: Product) -> Iterator[Text]:
    place = f"products[{product.slug}]"
    yield from _both(file, f"{place}.title", "label", product.title)
    yield from _both(file, f"{place}.teaser", "producer", product.teaser)
    yield from _both(file, f"{place}.not_for", "producer", product.not_for)
    yield Text(file, f"{place}.story_de", "producer", product.story_de)
    yield Text(file, f"{place}.story_en", "producer", product.story_en)


def _of_review(review: Review) -> Iterator[Text]:
    place = f"{review.product} by {review.by}"
    yield Text("reviews", place, "member", review.words)
    if review.reply:
        yield Text("reviews", f"{place}, reply", "producer", review.reply.words)
    if review.reply_told:
        yield Text("reviews", f"{place}, remark", "member", review.reply_told.words)


def _of_group(group: Group) -> Iterator[Text]:
    file = f"groups/{group.slug}.toml"
    yield Text(file, "purpose", "member", group.purpose)
    yield Text(file, "rules", "member", group.rules)
    for topic in group.topics:
        yield Text(file, f"topics[{topic.title}]", "label", topic.title)
        for number, post in enumerate(topic.posts):
            yield Text(file, f"topics[{topic.title}][{number}]", "member", post.words)
    for kept in group.lists:
        for item in kept.items:
            yield Text(file, f"lists[{kept.title}][{item.product}]", "member", item.why)
    for request in group.requests:
        yield Text(file, f"requests[{request.by}]", "member", request.words)


def _of_people(content: Content) -> Iterator[Text]:
    for writer in content.writers:
        yield Text("people.toml", f"writers[{writer.handle}]", "member", writer.about)
    for member in content.cast:
        yield Text("cast.toml", f"cast[{member.handle}]", "member", member.about)


def _of_talk(content: Content) -> Iterator[Text]:
    for thread in content.threads:
        yield Text("threads.toml", f"{thread.title}", "member", thread.words)
        if thread.answer:
            yield Text("threads.toml", f"{thread.title}, answer", "producer", thread.answer.words)
    for one in content.recommendations:
        yield Text("recommendations.toml", f"{one.product} by {one.by}", "member", one.reason)
    for ask in content.asks:
        yield Text("asks.toml", f"{ask.wish[:20]} by {ask.by}", "member", ask.wish)
        for said in ask.answers:
            yield Text("asks.toml", f"{said.product} by {said.by}", "member", said.words)
    for bundle in content.bundles:
        yield Text("bundles.toml", bundle.slug, "member", bundle.words)
        for number, post in enumerate(bundle.comments):
            yield Text("bundles.toml", f"{bundle.slug}[{number}]", "member", post.words)
    for case in content.cases:
        yield Text("cases.toml", f"report by {case.by}", "member", case.words)
        if case.decision:
            yield Text("cases.toml", f"decision for {case.by}", "member", case.decision.words)
