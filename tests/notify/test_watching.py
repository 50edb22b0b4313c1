"""Houses watch for words in what is said in public, and find them in their studio."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from marketplace.catalog.models import ProductText
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import Job, kinds, run_due
from marketplace.notify.actions import choose
from marketplace.notify.actions.watching import FINDS_KEPT
from marketplace.notify.models import Letter, Notice, WatchedWord, WordFind
from marketplace.notify.rules.watching import head_of, key_of, sentence_with, stands_in, too_many
from marketplace.people.actions import block, mute
from marketplace.producers.events import ProducerChanged
from marketplace.producers.models import Producer
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, put_in
from tests.notify.test_mentions import asks
from tests.reviews.hands import answered

ANA, BERT = "/studio/words?producer=weingut-kaltbach", "/studio/words?producer=nordgarn"
PRAISE = "Wer kennt das Weingut Kaltbach an der Mosel? Ich suche Wein dazu."


def adds(cast: Cast, who: str, words: str, house: str = "weingut-kaltbach") -> tuple[int, str]:
    """Watch for more words by the form of the studio; status and page."""
    sent = cast.post(cast.browser(who), f"/studio/words?producer={house}", words=words,
                     house=house)
    db.session.rollback()
    return sent.status_code, sent.get_data(as_text=True)


def shown(cast: Cast, who: str = "ana", page: str = ANA) -> list[dict[str, str]]:
    """What the page of mentions lists."""
    got = cast.browser(who).get(page, headers={"Accept": "application/json"})
    assert got.status_code == 200 and got.json is not None
    return list(got.json["finds"])


def elsewhere(cast: Cast, words: str, who: str = "cleo") -> None:
    """Ask bert's house in public."""
    assert asks(cast, cast.browser(who), words, "/producers/nordgarn")[0] == 303


@pytest.mark.parametrize(("watched", "said", "there"), [
    ("Kaltbach", "Der Wein vom KALTBACH schmeckt.", True),
    ("Käse", "Passt er zu Kaese?", True),
    ("Pullover", "Zwei Pullovers", True),
    ("Wein", "Weinberg und Schweinefleisch", False),
    ("Weingut Kaltbach", "Das Weingut. Kaltbach", True),
    ("Weingut Kaltbach", "Kaltbach, ein Weingut", False),
    ("Spitzkerzen", "eine Spitzkerze", True),
    ("Schiefer", "Der Tisch steht schief.", False),
    ("c.*t", "cat und cut", False),
])
def test_words_meet_whole_and_in_any_spelling(watched: str, said: str, there: bool) -> None:
    """notify-23: whole words, folded and stemmed as search does; no sign means anything."""
    assert stands_in(watched, said) is there


def test_what_cannot_be_watched_for() -> None:
    """notify-23, bad input: one letter, two, little words alone, signs alone; seven words."""
    assert [head_of(one) for one in ("x", "ab", "und der", "(.*)+$", "???", "")] == [""] * 6
    assert head_of("vom alten Schiefer") == key_of("Schiefer")
    assert too_many("a b c d e f g") and not too_many("a b c d e f") and too_many("x" * 61)
    assert sentence_with("Schiefer", "Guten Tag. Der vom Schiefer? Ja!") == "Der vom Schiefer?"


def test_names_of_house_and_goods_are_watched_for_from_the_start(cast: Cast) -> None:
    """notify-23, dialogue-34: the preset; a new title takes the place of the old one at once; what
    was set to rest goes on resting.
    """
    def words(kind: str) -> set[str]:
        db.session.rollback()
        house = cast.goods("riesling-vom-schiefer").producer_id
        return set(db.session.scalars(db.select(WatchedWord.words).where(
            WatchedWord.producer_id == house, WatchedWord.kind == kind)))

    run_due()
    assert words("house") == {"Weingut Kaltbach"}
    assert {"Riesling vom Schiefer", "Slate Riesling"} <= words("goods")
    row = db.session.scalars(db.select(WatchedWord).where(
        WatchedWord.words == "Slate Riesling")).one()
    assert cast.post(cast.browser("ana"), ANA, turn=row.id,
                     house="weingut-kaltbach").status_code == 303
    goods = cast.goods("riesling-vom-schiefer")
    with committing():
        db.session.execute(db.update(ProductText).where(
            ProductText.product_id == goods.product_id, ProductText.lang == "de")
            .values(title="Steiler Zahn"))
        announce(ProducerChanged(goods.producer_id, ("name",)))
    run_due()
    assert "Steiler Zahn" in words("goods") and "Riesling vom Schiefer" not in words("goods")
    assert not db.session.scalars(db.select(WatchedWord.on).where(
        WatchedWord.words == "Slate Riesling")).one()


def test_a_mention_stands_in_the_studio_within_a_minute(cast: Cast) -> None:
    """notify-23: the job is due at once, ana reads it here, bert, to whom it was said, has it as a
    question; no mail unless chosen.
    """
    run_due()
    client = cast.browser("cleo")
    cast.post(client, "/threads/new?about=/producers/nordgarn", kind="question",
              openness="public", step="send", title="Ein Wein zum Pullover", words=PRAISE)
    db.session.rollback()
    due = db.session.scalars(db.select(Job.due_at).where(
        Job.kind == "notify.heard", Job.state == "waiting")).one()
    assert due <= clock.now() + timedelta(minutes=1)
    run_due()
    found, = shown(cast)
    assert found["watched"] == "Weingut Kaltbach"
    assert found["words"] == "Wer kennt das Weingut Kaltbach an der Mosel?"
    assert found["url"].startswith("/threads/") and "#post-" in found["url"]
    assert shown(cast, "bert", BERT) == []
    notice = db.session.scalars(db.select(Notice).where(Notice.class_ == "words")).one()
    assert notice.person_id == cast.id("ana") and notice.url == ANA
    assert db.session.scalar(db.select(Letter.id).where(Letter.class_ == "words")) is None
    for page in ("/studio", "/account/notices"):
        assert "„Weingut Kaltbach“ wird erwähnt" in cast.browser("ana").get(page).text


def test_mail_only_if_chosen(cast: Cast) -> None:
    """notify-23: ana asked for the mail; two mentions are one letter."""
    run_due()
    with committing():
        choose(cast.id("ana"), "words", "mail", True)
    elsewhere(cast, PRAISE)
    elsewhere(cast, "Noch einmal: Weingut Kaltbach, taugt das?", "eva")
    letter = db.session.scalars(db.select(Letter).where(Letter.class_ == "words")).one()
    assert letter.person_id == cast.id("ana") and letter.args["times"] == 2


def test_own_words_come_and_go(cast: Cast) -> None:
    """notify-23, dialogue-34: a house adds a word, finds it in an answer and in a review of other
    goods, takes it out, and is told of it no more.
    """
    assert adds(cast, "bert", "Schiefer", "nordgarn")[0] == 303
    assert adds(cast, "bert", " SCHIEFER ", "nordgarn")[0] == 303, "once"
    answered(cast, "cleo", words="Nach nassem Schiefer. Sehr gut!")
    run_due()
    found, = shown(cast, "bert", BERT)
    assert (found["watched"], found["words"]) == ("Schiefer", "Nach nassem Schiefer.")
    assert found["url"].startswith("/products/") and "#review-" in found["url"]
    own = db.session.scalars(db.select(WatchedWord.id).where(WatchedWord.kind == "own")).one()
    assert cast.post(cast.browser("bert"), BERT, turn=own, house="nordgarn").status_code == 303
    assert asks(cast, cast.browser("eva"), "Und dieser Schiefer?")[0] == 303
    assert len(shown(cast, "bert", BERT)) == 1
    assert cast.post(cast.browser("bert"), BERT, turn=own, house="nordgarn").status_code == 404


def test_what_was_said_to_the_house_or_by_it_is_no_mention(cast: Cast) -> None:
    """notify-23: questions to the house stand in its studio anyway; its own people's words too."""
    run_due()
    assert asks(cast, cast.browser("cleo"), PRAISE)[0] == 303
    elsewhere(cast, "Euer Nachbar vom Weingut Kaltbach grüßt.", "ana")
    assert shown(cast) == []


@pytest.mark.parametrize("way", ["she blocks", "house blocks", "they block", "mute"])
def test_blocks_let_nothing_through(cast: Cast, way: str) -> None:
    """notify-23, people-8: a block either way, messages the house takes none of, and a mute; later
    ones take what was found out of sight.
    """
    run_due()
    ana, cleo = cast.id("ana"), cast.id("cleo")
    if way == "mute":
        elsewhere(cast, PRAISE)
        assert len(shown(cast)) == 1
        with committing():
            mute(ana, cleo)
    elif way == "house blocks":
        assert cast.post(cast.browser("ana"), "/studio/blocks", handle="cleo", reason="Beleidigt.",
                         house="weingut-kaltbach").status_code == 303
    else:
        with committing():
            block(*((cleo, ana) if way == "she blocks" else (ana, cleo)))
    elsewhere(cast, f"Noch einmal. {PRAISE}")
    assert shown(cast) == []
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(WordFind.id))) == (2 if way == "mute" else 0)


@pytest.mark.parametrize(("slug", "found"), [(OPEN, 1), (CLOSED, 0), (SECRET, 0)])
def test_only_open_groups_are_heard(cast: Cast, slug: str, found: int) -> None:
    """notify-18, notify-23, groups-2: closed and secret groups never, and so none that asks houses
    not to read; not even where ana herself is a member.
    """
    run_due()
    if slug != OPEN:
        put_in(cast, slug, "member", "eva")
    assert asks(cast, cast.browser("gina"), PRAISE, f"/groups/{slug}", "topic")[0] == 303
    assert len(shown(cast)) == found
    with committing():
        db.session.execute(db.text("UPDATE groups SET kind = 'closed' WHERE slug = :slug"),
                           {"slug": slug})
    assert shown(cast) == []


def test_private_and_hidden_words_are_not_heard(cast: Cast) -> None:
    """notify-18, notify-23: a private thread never; what is hidden later is out of sight."""
    run_due()
    assert asks(cast, cast.browser("cleo"), PRAISE, "/producers/nordgarn",
                openness="private")[0] == 303
    assert shown(cast) == []
    elsewhere(cast, PRAISE, "eva")
    assert len(shown(cast)) == 1
    with committing():
        db.session.execute(db.update(Post).where(Post.author_id == cast.id("eva"))
                           .values(state="hidden"))
    assert shown(cast) == []


@pytest.mark.parametrize("words", [
    "", "x", "ab", "und", "(.*)+$", "[a-z]{1,999}", "\\b\\b", " ".join(f"wort{n}"
                                                                      for n in range(200)),
    "x" * 401])
def test_bad_words_are_refused_with_what_was_typed(cast: Cast, words: str) -> None:
    """notify-23, bad input: 200 words, one letter, regex signs: 422, nothing is kept."""
    status, page = adds(cast, "ana", words)
    assert status == 422 and "aria-invalid" in page
    assert db.session.scalar(db.select(WatchedWord.id).where(WatchedWord.kind == "own")) is None


def test_signs_in_words_mean_nothing(cast: Cast) -> None:
    """notify-23: a word with signs is the word; a star finds nobody's words but the word."""
    assert adds(cast, "ana", "Glüh.*wein")[0] == 303
    elsewhere(cast, "Glühlampe, Frostwein, Glühwein?")
    assert shown(cast) == []
    elsewhere(cast, "Erst Glüh, dann Wein, oder Glüh-Wein?", "eva")
    assert [one["watched"] for one in shown(cast)] == ["Glüh.*wein"]


def test_fifty_own_words_are_the_most(cast: Cast) -> None:
    """notify-23: the fifty-first is refused; a foreign house's page is not there."""
    house = cast.goods("riesling-vom-schiefer").producer_id
    with committing():
        db.session.add_all(WatchedWord(
            producer_id=house, kind="own", words=f"wort{n}", key=f"wort{n}", head=f"wort{n}",
            at=clock.now()) for n in range(50))
    assert adds(cast, "ana", "Glühwein")[0] == 422
    assert cast.browser("bert").get(ANA).status_code == 404
    assert adds(cast, "bert", "Glühwein")[0] == 404


def test_a_job_that_comes_twice_tells_once(cast: Cast) -> None:
    """notify-23: one find for a house and post, also where two of its words stand in it."""
    run_due()
    adds(cast, "ana", "Mosel")
    elsewhere(cast, PRAISE)
    post = db.session.scalars(db.select(Post.id).order_by(Post.id.desc())).first()
    kinds()["notify.heard"].run(thing="post", thing_id=post)
    db.session.rollback()
    assert db.session.scalars(db.select(WordFind.words)).all() == ["Mosel"]
    assert db.session.scalars(db.select(Notice.count).where(Notice.class_ == "words")).all() == [1]


def test_houses_that_ended_watch_no_more_and_finds_go(cast: Cast) -> None:
    """notify-23: a house that ended hears nothing; finds go after 180 days."""
    run_due()
    house = cast.goods("riesling-vom-schiefer").producer_id
    elsewhere(cast, PRAISE)
    with committing():
        db.session.execute(db.update(Producer).where(Producer.id == house).values(state="ended"))
    elsewhere(cast, f"Nochmals. {PRAISE}", "eva")
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(WordFind.id))) == 1
    with committing():
        db.session.execute(db.update(WordFind).values(
            at=clock.now() - FINDS_KEPT - timedelta(days=1)))
    kinds()["notify.sweep"].run()
    kinds()["notify.all_names"].run()
    db.session.rollback()
    assert db.session.scalar(db.select(WordFind.id)) is None
    assert db.session.scalar(db.select(WatchedWord.id).where(
        WatchedWord.producer_id == house)) is None


def test_erased_words_take_their_finds_out_of_sight(cast: Cast) -> None:
    """people-21: a find holds no words of anybody; with the words it is gone from the page."""
    run_due()
    elsewhere(cast, PRAISE)
    with committing():
        db.session.execute(db.update(Thread).values(standing="erased"))
    assert shown(cast) == []


def test_the_form_of_the_page(cast: Cast, client: FlaskClient) -> None:
    """R-000-7: plain forms without script; a visitor is led to sign in."""
    run_due()
    page = cast.browser("ana").get(ANA).get_data(as_text=True)
    assert 'name="turn"' in page and 'name="words"' in page and "Ruhen lassen" in page
    assert client.get(ANA).status_code == 303
