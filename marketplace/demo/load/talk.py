"""Phase "words": threads with producers, news, topics of groups, comments on bundles."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from marketplace.demo.content.kinds import Ask, Bundle, Group, Topic
from marketplace.demo.content.kinds import Thread as Written
from marketplace.demo.load.book import MINUTES_A_DAY, Book, Row
from marketplace.dialogue.models import Case, Post, Support, Thread, ThreadPerson
from marketplace.dialogue.queries import answer_due
from marketplace.dialogue.rules import MOST_TITLE
from marketplace.web.shapes import plain_words

NEWEST: Final = 7
"""The newest topic was written in so many minutes ago."""


def load_words(book: Book) -> None:
    """Write everything said outside ratings. Changes threads, posts and what hangs on them."""
    pages = _Pages(book)
    for thread in book.content.threads:
        pages.of_producer(thread)
    for house in book.content.producers:
        owner = next(one.handle for one in house.staff if one.role == "owner")
        for news in house.news:
            begun = book.days_ago(news.days_ago + book.draw.uniform(0.1, 0.6))
            row = pages.thread("news", news.title, owner, news.lang, begun, producer=house.slug)
            row["matter"] = "news"
            pages.say(row, owner, news.words, begun, "staff", house.slug)
    for group in book.content.groups:
        for topic in group.topics:
            pages.of_group(group, topic)
    for bundle in book.content.bundles:
        pages.of_bundle(bundle)
    for ask in book.content.asks:
        pages.of_ask(ask)
    pages.write()


class _Pages:
    """Collects threads with their posts and people."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.threads: list[Row] = []
        self.posts: list[Row] = []
        self.people: dict[tuple[int, int], str] = {}
        self.supports: list[Row] = []
        self.cases: list[Row] = []
        self.staff = {one.handle: one for house in book.content.producers for one in house.staff}

    def thread(
        self,
        kind: str,
        title: str,
        by: str,
        lang: str,
        at: datetime,
        *,
        product: str = "",
        producer: str = "",
        group: str = "",
        bundle: str = "",
        visibility: str = "public",
    ) -> Row:
        """A thread without posts; the row stays open for counts."""
        book = self.book
        row = {
            "id": book.next_id(Thread),
            "code": book.secret(),
            "kind": kind,
            "matter": None,
            "title": title,
            "author_id": book.people[by],
            "lang": lang,
            "visibility": visibility,
            "state": "open",
            "outcome": None,
            "product_id": book.products.get(product),
            "producer_id": book.producers.get(producer),
            "group_id": book.groups.get(group),
            "bundle_id": book.bundles.get(bundle),
            "ask_id": None,
            "pinned": False,
            "supports": 0,
            "replies": -1,
            "made_at": at,
            "last_post_at": at,
            "first_answer_at": None,
            "promised_by": None,
        }
        self.threads.append(row)
        return row

    def say(
        self, thread: Row, by: str, words: str, at: datetime, role: str, staff_of: str = ""
    ) -> Row:
        """A post; staff sign with name and role."""
        book, one = self.book, self.staff.get(by)
        signed = f"{one.shown_name}, {one.title}"[:80] if staff_of and one else None
        row = {
            "id": book.next_id(Post),
            "code": book.secret(),
            "thread_id": thread["id"],
            "author_id": book.people[by],
            "staff_of": book.producers.get(staff_of),
            "signed": signed,
            "role": role,
            "lang": thread["lang"],
            "words": words,
            "at": at,
        }
        self.posts.append(row)
        thread["replies"] += 1
        thread["last_post_at"] = max(thread["last_post_at"], at)
        part = {"asker": "asker", "staff": "staff"}.get(role, "follower")
        self.people.setdefault((thread["id"], book.people[by]), part)
        return row

    def of_producer(self, written: Written) -> None:
        """A question, complaint, praise, idea or wish, with its answer if there is one."""
        book, house = self.book, self.book.producer_of(written.product)
        hours = written.answer.hours if written.answer else 0
        age = max(written.days_ago * MINUTES_A_DAY + book.draw.randint(30, 500), hours * 60 + 40)
        begun = book.ago(age)
        row = self.thread(
            written.kind,
            written.title,
            written.by,
            written.lang,
            begun,
            product=written.product,
            producer=house,
        )
        row |= {
            "pinned": written.pinned,
            "outcome": written.outcome or None,
            "promised_by": answer_due(book.producers[house], begun),
        }
        self.say(row, written.by, written.words, begun, "asker")
        self._staff_of(row, house)
        if written.answer:
            at = begun + timedelta(hours=hours)
            self.say(row, written.answer.by, written.answer.words, at, "staff", house)
            row |= {"state": "answered", "first_answer_at": at}
        if written.kind == "complaint":
            self._case(row, house, begun, answered=written.answer is not None)
        self._support(row, written)

    def _staff_of(self, row: Row, house: str) -> None:
        """All staff take part in what is said to their house."""
        written = next(one for one in self.book.content.producers if one.slug == house)
        for one in written.staff:
            self.people.setdefault((row["id"], self.book.people[one.handle]), "staff")

    def _case(self, row: Row, house: str, begun: datetime, answered: bool) -> None:
        """A complaint has to be answered by a time."""
        self.cases.append(
            {
                "id": self.book.next_id(Case),
                "source": "thread",
                "source_id": row["id"],
                "producer_id": self.book.producers[house],
                "due_at": row["promised_by"],
                "state": "answered" if answered else "open",
                "opened_at": begun,
            }
        )

    def _support(self, row: Row, written: Written) -> None:
        """So many quiet members say that it concerns them too."""
        quiet = self.book.draw.sample(self.book.content.quiet, written.supports)
        row["supports"] = written.supports
        age = (self.book.now - row["made_at"]).total_seconds() / 60
        for handle in quiet:
            self.supports.append(
                {
                    "thread_id": row["id"],
                    "person_id": self.book.people[handle],
                    "at": self.book.ago(self.book.draw.uniform(1, age)),
                }
            )

    def of_group(self, group: Group, topic: Topic) -> None:
        """A topic; what closed groups say stays in the group."""
        book = self.book
        latest = topic.posts[-1].after_hours * 60
        jitter = 0 if topic.days_ago == 0 else book.draw.randint(20, 400)
        age = max(topic.days_ago * MINUTES_A_DAY + jitter, latest + NEWEST)
        begun = book.ago(age)
        visibility = "public" if group.kind == "open" else "group"
        row = self.thread(
            "topic",
            topic.title,
            topic.by,
            group.lang,
            begun,
            group=group.slug,
            visibility=visibility,
        )
        row["pinned"] = topic.pinned
        for place, post in enumerate(topic.posts):
            minutes = book.draw.randint(1, 50) if place else 0
            at = min(begun + timedelta(hours=post.after_hours, minutes=minutes), book.ago(NEWEST))
            role = "asker" if post.by == topic.by else "bystander"
            said = self.say(row, post.by, post.words, max(at, row["last_post_at"]), role)
            book.posts.setdefault((group.slug, topic.title, post.by), said["id"])

    def of_bundle(self, bundle: Bundle) -> None:
        """Each comment on a bundle is a thread of its own."""
        book = self.book
        begun = book.days_ago(bundle.days_ago)
        for post in bundle.comments:
            at = begun + timedelta(hours=post.after_hours, minutes=book.draw.randint(1, 50))
            at = min(at, book.ago(NEWEST))
            row = self.thread("comment", bundle.title, post.by, bundle.lang, at, bundle=bundle.slug)
            self.say(row, post.by, post.words, at, "asker")

    def of_ask(self, written: Ask) -> None:
        """A wish that nobody answered in two days stands on the request board."""
        ask = self.book.asks[written.wish]
        if ask["board_at"] is None:
            return
        title = plain_words(written.wish, MOST_TITLE - 2)
        row = self.thread("wish", title, written.by, written.lang, ask["board_at"])
        row |= {"code": ask["board_code"], "ask_id": ask["id"]}
        self.say(row, written.by, written.wish, ask["board_at"], "asker")

    def write(self) -> None:
        """Write everything collected."""
        book = self.book
        book.insert(Thread, self.threads)
        book.insert(Post, self.posts)
        book.insert(
            ThreadPerson,
            [
                {"thread_id": thread, "person_id": person, "part": part}
                for (thread, person), part in self.people.items()
            ],
        )
        book.insert(Support, self.supports)
        book.insert(Case, self.cases)
