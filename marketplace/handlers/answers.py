"""Invitations to answer, cases out of criticism, what decisions and answers lead to."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.dialogue.actions import (
    NewThread,
    close_case,
    hide_board,
    open_case,
    open_thread,
    settle_ask,
    topic_of_proposal,
)
from marketplace.dialogue.events import TalkCared
from marketplace.dialogue.models import TalkAct, Thread
from marketplace.dialogue.queries.care import why_of
from marketplace.dialogue.rules import MOST_TITLE
from marketplace.foundation.database import db
from marketplace.groups.events import ManyInvited, ProposalOpened
from marketplace.moderation.actions import log_care, open_matter
from marketplace.moderation.events import AppealDecided, AuthorAsked, DecisionTaken
from marketplace.moderation.rules import TOUCHES_NOTHING
from marketplace.notify.actions import letter, tell
from marketplace.notify.actions.telling import TOLD
from marketplace.orders.events import (
    ComplaintClosed,
    ComplaintMoved,
    ComplaintOpened,
    LineDelivered,
    SignalGiven,
    SignalsAnswered,
)
from marketplace.people.models import Account, Person
from marketplace.recommend.actions import keep_board
from marketplace.recommend.events import AskTurned, AskUnanswered
from marketplace.recommend.models import Ask
from marketplace.reviews.actions import decide_flags, invite
from marketplace.reviews.events import (
    LinkFound,
    RatingFlagged,
    RatingGiven,
    RatingWithdrawn,
    ReplyPublished,
    StandingChanged,
)
from marketplace.web.shapes import plain_words

NO_LIMIT = 3
"""The trust level of acts that a person agreed to before: no daily limit stops them."""


def plan_invitation(event: LineDelivered) -> None:
    """Every buyer of a delivered line is asked once, whoever it is."""
    invite(event.order_line_id)


def case_of_rating(event: RatingGiven) -> None:
    """A no or a disappointment waits for the producer; a yes does not."""
    if not event.again or event.delight == "disappointed":
        open_case("rating", event.rating_id, event.producer_id)


def case_answered(event: ReplyPublished) -> None:
    """The reply answers the case."""
    close_case("rating", event.rating_id)


def case_of_complaint(event: ComplaintOpened) -> None:
    """A complaint about an order is a case with an owner and a due time."""
    open_case("complaint", event.complaint_id, event.producer_id)


def complaint_heard(event: ComplaintMoved | ComplaintClosed) -> None:
    """The seller's first word answers the case; so does its end."""
    if isinstance(event, ComplaintClosed) or event.by == "staff":
        close_case("complaint", event.complaint_id)


def case_of_signal(event: SignalGiven) -> None:
    """Something is wrong: a case of its own; those of one buyer are shown together."""
    open_case("signal", event.signal_id, event.producer_id)


def signals_heard(event: SignalsAnswered) -> None:
    """A person answered."""
    for signal_id in event.signal_ids:
        close_case("signal", signal_id)


def case_withdrawn(event: RatingWithdrawn) -> None:
    """An answer that was taken back needs no reply."""
    close_case("rating", event.rating_id)


def look_at_flags(event: RatingFlagged) -> None:
    """A person looks at an answer with many signs; none is punished by a machine."""
    open_matter("rating", event.rating_id)


def look_at_link(event: LinkFound) -> None:
    """A person looks at a link that sells without a declared relation."""
    open_matter("rating", event.rating_id)


def look_at_inviter(event: ManyInvited) -> None:
    """A person looks at who reached the limit of invitations; of the group nothing is said."""
    open_matter("person", event.person_id)


def decide_on_flags(event: DecisionTaken | AppealDecided) -> None:
    """What people decided of a rating also decides about its signs."""
    if event.object_kind == "rating":
        decide_flags(event.object_id, event.reason == "sham_review"
                     and event.measure not in TOUCHES_NOTHING)


def ask_decided(event: DecisionTaken | AppealDecided) -> None:
    """What a decision took away as an ask does not stay to be read as its thread; what came back
    stands there again.
    """
    hidden = event.measure in ("hold", "remove")
    if event.object_kind == "ask" and (hidden or event.measure == "restore"):
        hide_board(event.object_id, hidden)


def state_standing(event: StandingChanged) -> None:
    """The author hears why an answer waits, or that it counts again."""
    if event.person_id is None or event.reason not in ("check", "counts"):
        return
    title = "aside" if event.reason == "check" else "counts_again"
    tell(event.person_id, "statement", f"standing {event.rating_id}", title,
         "/how-reviews-are-checked#checks")
    if event.reason == "check":
        lang = db.session.scalar(select(Person.lang).where(Person.id == event.person_id)) or "de"
        letter("statement", "aside", lang, person_id=event.person_id)


def ask_author(event: AuthorAsked) -> None:
    """The author of a text hears of a complaint and can answer; by letter too."""
    if event.author_id is None or db.session.get(Account, event.author_id) is None:
        return
    url = f"/moderation/answers/{event.number}"
    tell(event.author_id, "statement", f"asked {event.matter_id}", "author_asked", url,
         mail="author_asked")


CARED = {"fold": "collapse"}
"""What the public log calls an act of a group's moderators, where it has a word of its own."""


def talk_cared(event: TalkCared) -> None:
    """The public log gets an entry, the author hears what was done and why."""
    act = db.session.get_one(TalkAct, event.act_id)
    log_care(event.by_id, "restore" if event.ended else CARED.get(event.act, event.act),
             event.reason, "post" if act.post_id else "thread")
    if event.author_id is None or event.author_id == event.by_id:
        return
    thread = db.session.get_one(Thread, event.thread_id)
    heavy = event.act in ("fold", "away", "lock")
    tell(event.author_id, "statement", f"care {act.id}{' end' if event.ended else ''}",
         "care_ended" if event.ended else f"care_{event.act}", f"/threads/{thread.code}",
         TOLD if heavy else None, title=thread.title, why=why_of(act))


def to_request_board(event: AskUnanswered) -> None:
    """A wish nobody answered: a thread of wishes for all, or a topic of the group it was put to."""
    ask = db.session.get_one(Ask, event.ask_id)
    kind, seen = ("topic", "group") if ask.audience == "group" else ("wish", "public")
    thread = open_thread(event.person_id, NO_LIMIT, NewThread(
        kind, plain_words(ask.wish, MOST_TITLE - 2), ask.wish, seen, ask.lang,
        group_id=ask.group_id, ask_id=ask.id))
    keep_board(ask.id, thread.code)


def ask_turned(event: AskTurned) -> None:
    """What stands on the request board ends, or opens, with its ask."""
    ended = "solved" if event.helped else "unsolved"
    settle_ask(event.ask_id, None if event.state == "open" else ended,
               gone=event.state == "withdrawn")


def proposal_talk(event: ProposalOpened) -> None:
    """A proposal has a topic where the group talks about it."""
    topic_of_proposal(event.proposal_id)
