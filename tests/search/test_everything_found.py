"""search-5 and search-13: everything is found by whom it is for, and by nobody else."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from marketplace.dialogue.models import Thread
from marketplace.foundation.database import committing, db
from marketplace.search.models import SearchDocument
from marketplace.search.queries import KINDS, audience_of, find_things
from tests.cast import Cast
from tests.groups.hands import SECRET, put_in
from tests.search.hands import ROLES, SEEN_BY, bundle, filled, indexed, settled, thread


@pytest.fixture
def told(app: Flask, cast: Cast) -> Cast:
    """The market with a thing for each audience."""
    filled(app, cast)
    return cast


def page(cast: Cast, who: str, path: str) -> str:
    """A page as somebody reads it."""
    client = cast.browser(who) if who else cast.app.test_client()
    answer = client.get(path)
    assert answer.status_code == 200, (who, path)
    return html.unescape(answer.get_data(as_text=True))


def tabs(text: str) -> dict[str, int]:
    """What the tabs of a search say: words and counts."""
    found = re.search(r'<nav class="tabs".*?</nav>', text, re.S)
    rows = re.findall(r'>([^<>]+) <span class="tabs-count">(\d+)<', found[0] if found else "")
    return {words.strip(): int(count) for words, count in rows}


@pytest.mark.parametrize("who", ROLES)
def test_each_role_finds_what_is_for_it(told: Cast, who: str) -> None:
    """search-5: results and counts of 5 roles; the table stands beside the things."""
    viewer = audience_of(told.id(who) if who else None)
    for word, roles in SEEN_BY.items():
        found = find_things(word, viewer)
        assert (sum(found.counts.values()) > 0) == (who in roles), (word, who, found)
        listed = [one for kind in KINDS for one in find_things(word, viewer, kind, 5).ids]
        assert bool(listed) == (who in roles), (word, who)
        assert len(listed) == sum(found.counts.values())
        text = page(told, who, f"/search?q={word}")
        assert (len(tabs(text)) > 1) == (who in roles), (word, who)


@pytest.mark.parametrize("who", ROLES)
def test_no_slip_of_the_pen_leads_to_what_is_hidden(told: Cast, who: str) -> None:
    """search-5: beginnings, missing, doubled and swapped letters of every word that somebody must
    not find bring nothing of it, no count and no correction.
    """
    viewer = audience_of(told.id(who) if who else None)
    for word, roles in SEEN_BY.items():
        if who in roles:
            continue
        slips = {word[:n] for n in range(3, len(word))}
        slips |= {word[:i] + word[i + 1:] for i in range(len(word))}
        slips |= {word[:i] + word[i] + word[i:] for i in range(len(word))}
        slips |= {word[:i] + word[i + 1] + word[i] + word[i + 2:] for i in range(len(word) - 1)}
        hidden = {(row.kind, row.object_id) for row in db.session.scalars(
            db.select(SearchDocument)) if word in f"{row.title} {row.body}".lower()}
        for typed in sorted(slips - {word}):
            counts = find_things(typed, viewer).counts
            listed = {(kind, one) for kind in KINDS if counts.get(kind)
                      for one in find_things(typed, viewer, kind, 20).ids}
            assert not listed & hidden and len(listed) == sum(counts.values()), (who, typed)
        text = page(told, who, f"/search?q={word[:-1]}").lower().replace("ü", "ue")
        assert word not in text, (who, word)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_rows(told: Cast, kind: str) -> None:
    """Spec, Pages: a tab for each kind, and rows as that kind is drawn elsewhere."""
    word = {"producer": "Kaltbach", "member": "Gina", "group": "Gemüse", "bundle": "Murmelnd",
            "thread": "perlender"}[kind]
    text = page(told, "dan", f"/search?q={word}&kind={kind}")
    title = {"producer": "Weingut Kaltbach", "member": "Gina", "group": "Weißwein zu Gemüse",
             "bundle": "Murmelnd durch den Mai", "thread": "Quirlig perlender Wein"}[kind]
    assert re.search(rf'class="card-title"[^>]*><a href="[^"]+">(<bdi>)?{title}', text), text
    assert 'aria-current="page"' in text


def test_solved_thread_is_found(app: Flask, cast: Cast) -> None:
    """search-13: an answered question comes up by the words of its answer."""
    from marketplace.dialogue.actions import say, set_outcome

    one = thread(cast, "cleo", "Wie lange haelt der offen?",
                 producer=cast.goods("riesling-vom-schiefer").producer_id)
    cleo, eva = cast.id("cleo"), cast.id("eva")
    db.session.rollback()
    indexed(app)
    with committing():
        row = db.session.get_one(Thread, one)
        say(row, eva, 2, "Im Kuehlschrank vakuumiert eine Woche.", None)
        set_outcome(row, cleo, "solved")
    settled(app)
    assert list(find_things("vakuumiert", audience_of(None), "thread", 5).ids) == [one]
    assert list(find_things("vakuumiert", audience_of(None), "thread", 5, 0,
                            "state=solved").ids) == [one]


def test_changes_are_found_and_what_goes_is_gone(app: Flask, cast: Cast) -> None:
    """search-5: published, renamed, hidden by a decision, closed and erased things follow by
    themselves; numbers by hand.
    """
    from marketplace.moderation.actions import decide, open_matter

    indexed(app)
    viewer = audience_of(None)
    made = bundle(cast, "gina", "Lampionabend", "public")
    asked = thread(cast, "dan", "Lampion kaufen",
                   producer=cast.goods("riesling-vom-schiefer").producer_id)
    settled(app)
    assert find_things("Lampion", viewer).counts == {"thread": 1}
    assert find_things("Lampionabend", viewer).counts == {"bundle": 1}
    max_id = cast.id("max")
    db.session.rollback()
    with committing():
        for kind, thing, measure in (("thread", asked, "remove"), ("bundle", made, "hold")):
            decide(open_matter(kind, thing).number, max_id, "insult", measure,
                   "Es beleidigt jemanden.", "Ein Hinweis hat nicht gereicht.")
    settled(app)
    assert find_things("Lampion", viewer).counts == {}
    assert find_things("Lampionabend", viewer).counts == {}


def test_erased_member_is_found_no_more(app: Flask, cast: Cast) -> None:
    """search-5: the member, and what the index kept of their words."""
    from marketplace.people.actions.closing import erase

    filled(app, cast)
    gina = cast.id("gina")
    assert find_things("schrullig", audience_of(cast.id("dan"))).counts == {"member": 1}
    db.session.rollback()
    with committing():
        db.session.execute(db.text(f"UPDATE people SET state = 'closing' WHERE id = {gina}"))
        erase(gina)
    settled(app)
    dan = audience_of(cast.id("dan"))
    assert find_things("schrullig", dan).counts == {}
    assert find_things("gina", dan).counts == {}
    assert not db.session.scalar(db.select(db.func.count()).select_from(SearchDocument).where(
        SearchDocument.author_id == gina, SearchDocument.kind == "member"))


def test_group_that_closes_takes_its_talk_along(app: Flask, cast: Cast) -> None:
    """search-5: what was said in an open group is found by its members alone once it is secret."""
    from marketplace.foundation.events import announce
    from marketplace.groups.events import KindChanged
    from tests.groups.hands import OPEN, group

    indexed(app)
    thread(cast, "gina", "Flunkerei am Tisch", "public", OPEN)
    settled(app)
    assert find_things("Flunkerei", audience_of(None)).counts == {"thread": 1}
    one = group(OPEN).id
    db.session.rollback()
    with committing():
        db.session.execute(db.text(f"UPDATE groups SET kind = 'secret' WHERE id = {one}"))
        announce(KindChanged(one, "open", "secret"))
    settled(app)
    assert find_things("Flunkerei", audience_of(None)).counts == {}
    assert find_things("Flunkerei", audience_of(cast.id("gina"))).counts == {"thread": 1}


def test_database_answers_for_the_same_people(app: Flask, told: Cast) -> None:
    """search-5, faults: while there is no index, titles are searched with the same audiences."""
    from marketplace.search.queries.things import _from_database

    for who in ROLES:
        viewer = audience_of(told.id(who) if who else None)
        for word in ("quirlig", "murmelnd", "kauzigst", "wunderlich", "verborgen"):
            counted = sum(_from_database(word, viewer, "", 0, 0).counts.values())
            assert (counted > 0) == (who in SEEN_BY[word]), (who, word)


def test_left_group_finds_nothing_of_it(app: Flask, told: Cast) -> None:
    """search-5: membership is asked at each search, not kept in the index."""
    from marketplace.groups.actions import leave

    put_in(told, SECRET, "member", "dan")
    dan = told.id("dan")
    assert find_things("wunderlich", audience_of(dan)).counts == {"thread": 1}
    group_id = db.session.scalar(db.text(f"SELECT id FROM groups WHERE slug = '{SECRET}'"))
    db.session.rollback()
    with committing():
        leave(group_id, dan)
    assert find_things("wunderlich", audience_of(dan)).counts == {}
