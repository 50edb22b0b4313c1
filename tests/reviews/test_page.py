"""The page of an answer: blind, one tap, equal choices; draft, preview, passing on."""

from __future__ import annotations

import re

from marketplace.foundation.database import db
from marketplace.reviews.models import Invitation, Rating
from tests.cast import Cast
from tests.reviews.hands import WINE, answered, bought, counts, many, say


def test_page_is_blind(cast: Cast) -> None:
    """reviews-10: no score, count, stars or words of others; the same page as without them."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    before = cleo.get(line.url).get_data(as_text=True)
    many(cast, 11, 2, stars=4, words="Fremde Worte, die hier niemand lesen soll.")
    page = cleo.get(line.url).get_data(as_text=True)
    plain = re.compile(r'name="csrf_token" value="[^"]*"')
    assert plain.sub("", page) == plain.sub("", before)
    assert not re.search(r"\d+ von \d+|Fremde Worte|verdict|histogram|interval", page)


def test_three_answers_of_equal_weight_and_nothing_preselected(cast: Cast) -> None:
    """reviews-9: Ja, Nein, Nein danke alike; no countdown, no reward, nothing chosen."""
    page = cast.browser("cleo").get(bought(cast, "cleo").url).get_data(as_text=True)
    buttons = re.findall(r'<button name="again" value="(\w+)" aria-pressed="(\w+)">'
                         r"(?:<svg.*?</svg>)<span>([^<]+)</span></button>", page)
    assert [one[0] for one in buttons] == ["yes", "no", "none"]
    assert {one[1] for one in buttons} == {"false"}
    assert [one[2] for one in buttons] == ["Ja", "Nein", "Nein danke"]
    assert " checked" not in page.split('class="question"')[1].split("</main>")[0]
    for word in ("Gutschein", "Gewinn", "Punkte", "nur noch", "Countdown", "Rabattcode"):
        assert word not in page


def test_tap_stores_at_once_and_yes_and_no_get_the_same_page(cast: Cast) -> None:
    """reviews-14: public words and private note stand together for both; nobody is asked for
    stars first.
    """
    pages = []
    for who, said in (("cleo", "yes"), ("eva", "no")):
        line = bought(cast, who)
        browser = cast.browser(who)
        assert cast.post(browser, line.url, again=said).status_code == 303
        pages.append(browser.get(line.url, headers={"Accept-Language": "de"})
                     .get_data(as_text=True))
    for page in pages:
        fields = re.findall(r'<(?:textarea|select|input)[^>]* name="(\w+)"', page)
        assert fields.index("words") < fields.index("private_words") < fields.index("stars")
    assert counts(cast.goods(WINE).product_id) == (1, 2)


def test_rest_is_kept_beside_the_tap(cast: Cast) -> None:
    """Words, price, expectation, occasion, own use, stars, shown name, note: one form."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="yes")
    done = cast.post(cleo, line.url, words="Salzig und klar.", delight="delighted", value="no",
                     stars="4", used_for="fish", used_for_words="Muscheln", shown_as="buyer",
                     private_words="Der Korken war brüchig.", step="publish")
    assert done.status_code == 303
    row = db.session.scalar(db.select(Rating))
    assert row is not None
    assert (row.delight, row.value, row.stars, row.used_for, row.shown_as, row.to_producer) == (
        "delighted", False, 4, "Muscheln", "buyer", "Der Korken war brüchig.")
    page = cleo.get(line.url).get_data(as_text=True)
    for words in ("Salzig und klar.", "Muscheln", "Der Korken war brüchig."):
        assert words in page
    public = cast.browser("dan").get(f"/products/{WINE}").get_data(as_text=True)
    assert "Salzig" in public
    assert "Korken" not in public and "Cleo" not in public


def test_words_without_an_answer_are_not_lost(cast: Cast) -> None:
    """House: what was typed is never lost; the question comes first."""
    line = bought(cast, "cleo")
    answer = cast.post(cast.browser("cleo"), line.url, words="Schon getippt", step="publish")
    assert answer.status_code == 422
    assert "Schon getippt" in answer.get_data(as_text=True)
    assert counts(line.product_id) == (0, 0)


def test_draft_is_seen_by_its_author_alone(cast: Cast) -> None:
    """Spec 4: the rest is kept as a draft; publishing ends it."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="yes")
    cast.post(cleo, line.url, words="Noch nicht fertig", stars="3", step="draft")
    assert "Noch nicht fertig" in cleo.get(line.url).get_data(as_text=True)
    assert "Noch nicht" not in cleo.get(f"/products/{WINE}").get_data(as_text=True)
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (row.words, row.stars, row.version) == ("", None, 1)
    cast.post(cleo, line.url, words="Jetzt fertig.", step="publish")
    db.session.expire_all()
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (row.words, row.draft) == ("Jetzt fertig.", None)


def test_preview_shows_what_will_be_hidden_and_saves_nothing(cast: Cast) -> None:
    """Spec 6: masks in words, title and occasion, with a preview."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="yes")
    words = "Ruf mich an: 0171-2345678 oder cleo@example.org"
    page = cast.post(cleo, line.url, words=words, step="preview").get_data(as_text=True)
    preview = page.split('id="preview"')[1].split("</section>")[0]
    assert "[Telefonnummer verborgen]" in preview and "[E-Mail verborgen]" in preview
    assert "0171" not in preview
    cast.post(cleo, line.url, words=words, used_for_words="bei cleo@example.org", step="publish")
    row = db.session.scalar(db.select(Rating).execution_options(populate_existing=True))
    assert row is not None
    assert row.words == "Ruf mich an: [Telefonnummer verborgen] oder [E-Mail verborgen]"
    assert "example" not in (row.used_for or "")


def test_no_thanks_ends_the_asking(cast: Cast) -> None:
    """Nein danke: no answer, the buyer is counted as asked, the order page asks no more."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    assert line.url in cleo.get(f"/orders/{line.number}").get_data(as_text=True)
    assert cast.post(cleo, line.url, again="none").status_code == 303
    row = db.session.scalar(db.select(Invitation))
    assert row is not None and row.declined_at is not None and row.answered_at is None
    todo = cleo.get(f"/orders/{line.number}").get_data(as_text=True)
    assert "Würdest du es wieder kaufen?" not in todo
    assert counts(line.product_id) == (0, 0)


def test_offer_to_pass_on_is_unticked_and_clean(cast: Cast) -> None:
    """reviews-32: unticked, editable, neither price nor address in it, also if typed."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    assert 'id="share-text"' not in cleo.get(line.url).get_data(as_text=True)
    row = say(cast, "cleo", line)
    page = cleo.get(line.url).get_data(as_text=True)
    offer = page.split(f"/ratings/{row.code}/share")[1].split("</form>")[0]
    assert 'name="share"' in offer and " checked" not in offer
    text = re.search(r'id="share-text"[^>]*>([^<]*)<', offer)
    assert text and not re.search(r"€|EUR|\d,\d\d|Feldweg|Berlin", text.group(1))
    url = f"/ratings/{row.code}/share"
    refused = cast.post(cleo, url, text="x")
    assert "mastodon" not in refused.location
    sent = cast.post(cleo, url, share="yes",
                     text="Für 11,40 € ein Fund, Musterweg 5, 10115 Berlin")
    assert "11" not in sent.location and "Musterweg" not in sent.location
    assert "Fund" in sent.location


def test_taking_back_on_the_page(cast: Cast) -> None:
    """The author takes the answer back; it leaves the score; a stub stays in the list."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="no", words="Nicht meins, zu süß im Abgang.")
    assert cast.post(cleo, line.url, step="undo").status_code == 303
    assert counts(line.product_id) == (0, 0)
    answered(cast, "eva", True, words="Mir schmeckt er sehr gut.")
    page = cleo.get(f"/products/{WINE}").get_data(as_text=True)
    assert "zu süß" not in page
    assert "Vom Autor zurückgenommen" in page
