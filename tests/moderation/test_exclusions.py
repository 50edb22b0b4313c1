"""groups-24: who is kept out of a group appeals to the moderation of the market."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.models import Exclusion, Membership
from marketplace.moderation.models import AuditEntry, ExclusionAppeal, ModerationLogEntry
from marketplace.moderation.queries import broken_at
from marketplace.notify.actions import stop_person
from marketplace.notify.models import Notice
from marketplace.people.actions import erase
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, group, page, put_in, role, topic
from tests.moderation.appealed import WHY, moderate, one
from tests.moderation.test_letters import letters

TOLD = "Hat dreimal für den eigenen Laden geworben."
AGAINST = "Ich habe keinen Laden und nur gefragt."


def excluded(cast: Cast, slug: str = OPEN, who: str = "cleo", member: str = "member",
             days: str = "30") -> str:
    """Gina keeps somebody out of her group; the address of the page for them."""
    if member:
        put_in(cast, slug, member, who)
    sent = cast.post(cast.browser("gina"), f"/groups/{slug}/people/{who}/exclude",
                     reason="advertising", words=TOLD, days=days)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return f"/moderation/exclusions/{one(sa.select(sa.func.max(Exclusion.id)))}"


def appealed(cast: Cast, url: str, who: str = "cleo") -> str:
    """The address where the appeal of somebody is decided."""
    sent = cast.post(cast.browser(who), url, words=AGAINST)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return f"/moderation/appeals/groups/{one(sa.select(ExclusionAppeal.number))}"


def judged(cast: Cast, who: str, url: str, result: str = "restore", why: str = WHY) -> int:
    """What somebody's decision is answered."""
    return int(cast.post(cast.browser(who), url, result=result, why=why).status_code)


@pytest.mark.parametrize("slug", [OPEN, CLOSED, SECRET])
def test_excluded_appeals_without_being_a_member(cast: Cast, slug: str) -> None:
    """groups-24: from the notice to a page of reason, end and form, also where the group cannot be
    seen any more; decided within 14 days; nobody else sees the page.
    """
    url = excluded(cast, slug)
    cleo = cast.browser("cleo")
    assert one(sa.select(Notice.url).where(Notice.title == "excluded")) == url
    assert url in page(cleo, "/account/groups") and TOLD in page(cleo, "/account/groups")
    seen = page(cleo, url)
    assert TOLD in seen and 'name="words"' in seen and group(slug).name in seen
    assert (f'href="/groups/{slug}"' in seen) is (slug != SECRET)
    for who in ("dan", "gina", "max", "olga"):
        assert cast.browser(who).get(url).status_code == 404
        assert cast.post(cast.browser(who), url, words=AGAINST).status_code == 404
    assert cast.post(cleo, url, words="Nein.").status_code == 422
    assert one(sa.select(sa.func.count(ExclusionAppeal.id))) == 0
    second = appealed(cast, url)
    assert cast.post(cleo, url, words=AGAINST).status_code == 409
    row = db.session.execute(sa.select(ExclusionAppeal.at, ExclusionAppeal.due_at)).one()
    assert row.due_at - row.at == timedelta(days=14)
    queue = page(cast.browser("max"), "/moderation/appeals")
    assert second in queue and group(slug).name in queue and AGAINST in queue


@pytest.mark.parametrize("slug", [OPEN, CLOSED, SECRET])
def test_changed_lets_the_person_belong_again(cast: Cast, slug: str) -> None:
    """groups-24: the exclusion ends, who belonged belongs again; both sides read the reason in a
    letter whatever they stopped; the log's line names that of the exclusion.
    """
    before = group(slug).member_count
    second = appealed(cast, excluded(cast, slug))
    with committing():
        for who in ("cleo", "gina"):
            stop_person(cast.id(who), "digest", "click", everything=True)
    assert group(slug).member_count == before and role(cast, "cleo", slug) is None
    assert judged(cast, "max", second) == 303
    assert role(cast, "cleo", slug) == "member" and group(slug).member_count == before + 1
    assert one(sa.select(Exclusion.ended_at)) is not None
    sent = letters("exclusion_judged")
    assert set(sent) == {"cleo@example.org", "gina@example.org"}
    for _subject, text, html in sent.values():
        assert WHY in text and WHY in html and "max" not in text and "/unsubscribe/" not in html
    assert set(letters("appeal")) == {"cleo@example.org"}
    log = db.session.scalars(sa.select(ModerationLogEntry.entry)
                             .order_by(ModerationLogEntry.n)).all()
    assert [(row["kind"], row["measure"], row["reason"], row.get("of")) for row in log] == [
        ("group", "exclude", "advertising", None), ("appeal", "restore", "advertising", 1)]
    public = page(cast.app.test_client(), "/moderation/log?lang=en&reason=advertising")
    assert "appeal about no. 1" in public and "cleo" not in public
    assert group(slug).name not in public
    assert one(sa.select(AuditEntry.action)) == "appeal.restore"
    assert set(broken_at().values()) == {None}


def test_upheld_keeps_the_person_out(cast: Cast) -> None:
    """groups-24: it stays, with a reason; a second appeal is not possible."""
    url = excluded(cast, CLOSED)
    second = appealed(cast, url)
    assert judged(cast, "max", second, "upheld", "Kurz.") == 422
    assert judged(cast, "max", second, "nothing") == 422
    assert one(sa.select(ExclusionAppeal.result)) is None
    assert judged(cast, "max", second, "upheld") == 303
    assert judged(cast, "max", second) == 409
    assert role(cast, "cleo", CLOSED) is None
    assert cast.post(cast.browser("cleo"), f"/groups/{CLOSED}/join").status_code == 403
    seen = page(cast.browser("cleo"), url)
    assert WHY in seen and 'name="words"' not in seen


def test_group_and_tied_people_do_not_decide(cast: Cast) -> None:
    """groups-24, moderation-8: not who excluded, not the group's moderators, nobody who follows or
    trusts one of them or the person, and the operator only where no moderator can.
    """
    put_in(cast, OPEN, "moderator", "eva")
    second = appealed(cast, excluded(cast))
    moderate(cast, "max", False)
    for who in ("gina", "eva", "cleo", "dan", "bert"):
        moderate(cast, who)
    assert cast.post(cast.browser("dan"), "/members/eva/follow").status_code == 303
    assert cast.post(cast.browser("cleo"), "/members/bert/follow").status_code == 303
    moderate(cast, "ana")
    for who in ("gina", "eva", "cleo", "dan", "bert"):
        assert 'name="result"' not in page(cast.browser(who), second), who
        assert judged(cast, who, second) == 403, who
    assert judged(cast, "olga", second) == 403
    assert one(sa.select(ExclusionAppeal.result)) is None and role(cast, "cleo") is None
    moderate(cast, "ana", False)
    assert judged(cast, "olga", second) == 303
    assert one(sa.select(ExclusionAppeal.decided_by)) == cast.id("olga")


def test_the_table_refuses_who_excluded(cast: Cast) -> None:
    """groups-24: CHECK decided_by <> who excluded."""
    appealed(cast, excluded(cast))
    with pytest.raises(IntegrityError), committing():
        db.session.execute(sa.text("UPDATE exclusion_appeals SET decided_by = first_by, "
                                   "result = 'upheld', decided_at = at"))
    assert one(sa.select(ExclusionAppeal.result)) is None


def test_moderators_let_in_and_nothing_is_left_to_decide(cast: Cast) -> None:
    """groups-24: the group ends it itself: the person hears it, the appeal closes, the log has a
    line; nobody can decide it any more.
    """
    url = excluded(cast)
    second = appealed(cast, url)
    assert cast.post(cast.browser("gina"), f"/groups/{OPEN}/people/cleo/let-in").status_code == 303
    assert one(sa.select(ExclusionAppeal.result)) == "ended"
    assert judged(cast, "max", second) == 409
    assert one(sa.select(sa.func.count(Notice.id)).where(Notice.title == "let_in_again")) == 1
    assert 'name="words"' not in page(cast.browser("cleo"), url)
    assert second not in page(cast.browser("max"), "/moderation/appeals")
    assert cast.post(cast.browser("cleo"), f"/groups/{OPEN}/join").status_code == 303
    lines = db.session.scalars(sa.select(ModerationLogEntry.entry)
                               .order_by(ModerationLogEntry.n)).all()
    assert [row["measure"] for row in lines] == ["exclude", "restore"]


def test_an_exclusion_that_ran_out(cast: Cast) -> None:
    """groups-24: nothing to appeal against any more; the same person can be excluded anew; an
    appeal made in time is decided, and who came back on their own stays once.
    """
    url = excluded(cast, days="7")
    second = appealed(cast, url)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert cast.post(cast.browser("cleo"), f"/groups/{OPEN}/join").status_code == 303
        assert judged(cast, "max", second) == 303
        assert one(sa.select(sa.func.count(Membership.id)).where(
            Membership.person_id == cast.id("cleo"), Membership.left_at.is_(None))) == 1
        again = excluded(cast, days="7", member="")
        assert again != url and role(cast, "cleo") is None
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert cast.post(cast.browser("cleo"), again, words=AGAINST).status_code == 409
        assert excluded(cast, days="30", member="") != again
    assert one(sa.select(sa.func.count(ExclusionAppeal.id))) == 1


def test_only_the_exclusion_in_question_ends(cast: Cast) -> None:
    """groups-24: the appeal was against one that ran out; a newer one still holds, and who came
    back and left on their own is not put in again.
    """
    put_in(cast, OPEN, "member", "dan")
    first = appealed(cast, excluded(cast, days="7"))
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        excluded(cast, days="30", member="")
        assert judged(cast, "max", first) == 303
        assert role(cast, "cleo") is None
        assert cast.post(cast.browser("cleo"), f"/groups/{OPEN}/join").status_code == 403
        url = excluded(cast, days="7", who="dan", member="")
        sent = cast.post(cast.browser("dan"), url, words=AGAINST)
        assert sent.status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=16), tick=False):
        for step in ("join", "leave"):
            assert cast.post(cast.browser("dan"), f"/groups/{OPEN}/{step}").status_code == 303
        second = one(sa.select(sa.func.max(ExclusionAppeal.id)))
        number = one(sa.select(ExclusionAppeal.number).where(ExclusionAppeal.id == second))
        assert judged(cast, "max", f"/moderation/appeals/groups/{number}") == 303
        assert role(cast, "dan") is None


def test_who_never_belonged_is_not_put_in(cast: Cast) -> None:
    """groups-24: who was kept out before they came may come in, and is not made a member."""
    second = appealed(cast, excluded(cast, CLOSED, member=""))
    assert judged(cast, "max", second) == 303
    assert role(cast, "cleo", CLOSED) is None
    assert cast.post(cast.browser("cleo"), f"/groups/{CLOSED}/join",
                     words_0="Bitte.").status_code == 303


def test_after_six_months_it_is_too_late(cast: Cast) -> None:
    """groups-24, moderation-9: six months, as for every appeal."""
    url = excluded(cast, days="0")
    with time_machine.travel(clock.now() + timedelta(days=190), tick=False):
        cleo = cast.browser("cleo")
        assert cast.post(cleo, url, words=AGAINST).status_code == 409
        assert 'name="words"' not in page(cleo, url)
    assert one(sa.select(sa.func.count(ExclusionAppeal.id))) == 0


def test_excluded_keeps_own_words_and_export(cast: Cast) -> None:
    """groups-24: what one wrote in a closed group stands in one's own data after the exclusion, and
    nobody changed it.
    """
    from marketplace.people.queries.personal import personal

    put_in(cast, CLOSED, "member", "cleo")
    topic(cast, "cleo", CLOSED, "Was zu Rotkohl?")
    excluded(cast, CLOSED, member="")
    own = str([personal(room, cast.id("cleo")) for room in ("dialogue", "groups")])
    db.session.rollback()
    assert "Was zu Rotkohl? Ich suche etwas Leichtes." in own and TOLD in own
    assert "Was zu Rotkohl?" in page(cast.browser("gina"), f"/groups/{CLOSED}")


def test_an_erased_person_leaves_no_appeal(cast: Cast) -> None:
    """moderation-30: words and exclusion go with the person, the logs are whole."""
    second = appealed(cast, excluded(cast, CLOSED))
    assert judged(cast, "max", second, "upheld") == 303
    with committing():
        erase(cast.id("cleo"))
    assert one(sa.select(sa.func.count(ExclusionAppeal.id))) == 0
    assert one(sa.select(sa.func.count(Exclusion.id))) == 0
    assert set(broken_at().values()) == {None}
