"""Ranking and its answers, where wishes go, and what stays with whoever was kept out."""

from __future__ import annotations

from flask import Flask

from marketplace.dialogue.models import Post
from marketplace.foundation.database import committing, db
from marketplace.groups.actions import leave
from marketplace.groups.models import Group, GroupTag, Membership, Tag
from marketplace.groups.queries import groups_for
from marketplace.reviews.queries import group_ranking
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, put_in
from tests.reviews.test_groups import answered, group

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
FIVE = ("bert", "cleo", "dan", "eva", "max")


def test_ranking_is_a_recount_of_members_and_leaving_takes_ones_answer_out(
    app: Flask, cast: Cast
) -> None:
    """groups-13: five members say 4 of 5 of the wine, one more says yes of the hat: the wine stands
    with (4, 5), the hat, below five, nowhere; who leaves takes the answer along, and with four the
    wine is absent too.
    """
    for who in FIVE:
        put_in(cast, OPEN, "member", who)
        answered(cast, who, who != "eva")
    answered(cast, "cleo", True, HAT)
    answered(cast, "gina", True, HAT)
    one, wine = group().id, cast.goods(WINE).product_id
    inside = [cast.id(who) for who in FIVE]
    counted = db.session.execute(db.text(
        "SELECT sum(CASE WHEN r.again THEN 1 ELSE 0 END), count(*) FROM ratings r JOIN memberships "
        "m ON m.person_id = r.person_id AND m.group_id = :one AND m.left_at IS NULL "
        "WHERE r.product_id = :wine"), {"one": one, "wine": wine}).one()
    db.session.rollback()
    assert len(inside) == 5 and tuple(counted) == (4, 5)
    assert group_ranking(one, 5) == [(wine, 4, 5)]
    db.session.rollback()
    with committing():
        leave(one, cast.id("eva"))
    assert group_ranking(one, 5) == []


def test_wishes_find_open_and_closed_groups_that_said_so(cast: Cast) -> None:
    """groups-22: by subject and by tag; not who never said so, never secret ones."""
    rows = {slug: db.session.scalar(db.select(Group).where(Group.slug == slug))
            for slug in (OPEN, CLOSED, SECRET)}
    ids = {slug: row.id for slug, row in rows.items() if row is not None}
    subject = rows[OPEN].subject_id  # type: ignore[union-attr]
    db.session.rollback()
    with committing():
        fish = Tag(slug="fisch", name_de="Fisch", name_en="Fish")
        db.session.add(fish)
        db.session.flush()
        tag = fish.id
        db.session.add_all(GroupTag(group_id=one, tag_id=tag)
                           for one in (ids[CLOSED], ids[SECRET]))
        db.session.execute(db.update(Group).values(routed=Group.slug == OPEN))
    assert groups_for(subject) == [ids[OPEN]]
    assert groups_for(None, [tag]) == []
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Group).values(routed=True))
    assert groups_for(None, [tag]) == [ids[CLOSED]]
    assert ids[SECRET] not in groups_for(subject, [tag])
    assert set(groups_for(subject, [tag])) == {ids[OPEN], ids[CLOSED]}


def test_who_is_kept_out_keeps_own_words(cast: Cast) -> None:
    """groups-24: kept out, the words stand where they stood, are the author's in the file of their
    data, and the notice leads to where one objects.
    """
    put_in(cast, OPEN, "member", "cleo")
    cleo = cast.browser("cleo")
    sent = cast.post(cleo, f"/threads/new?about=/groups/{OPEN}", kind="topic",
                     title="Welcher Fisch?", words="Ich nehme Zander.", step="send",
                     openness="public")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    told = cast.post(cast.browser("gina"), f"/groups/{OPEN}/people/cleo/exclude",
                     reason="advertising", words="Das war zum dritten Mal Werbung.", days="30")
    assert told.status_code == 303
    db.session.rollback()
    assert db.session.scalar(db.select(Membership.id).where(
        Membership.person_id == cast.id("cleo"), Membership.left_at.is_(None))) is None
    row = db.session.execute(db.select(Post.author_id, Post.words, Post.state)).one()
    assert tuple(row) == (cast.id("cleo"), "Ich nehme Zander.", "published")
    from marketplace.people.queries.personal import personal

    assert "Ich nehme Zander." in str(personal("dialogue", cast.id("cleo")))
    assert "Ich nehme Zander." in cleo.get(sent.location).get_data(as_text=True)
