"""The public page of a house: people, place, work, pictures, films, and the way to ask."""

from __future__ import annotations

from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.producers.test_films import sent
from tests.producers.test_media import HOUSE, page, photo

TEXTS = {"place": "Kaltbach", "region": "Mosel", "teaser_de": "Wein vom Schiefer, von Hand.",
         "story_de": "Seit 1720 keltern wir.", "place_de": "Der Hang fällt steil zum Bach.",
         "method_de": "Spontan vergoren, ungeschönt.", "people_de": "Drei Menschen im Keller.",
         "returns_de": "An die Dorfstraße 1.", "terms_de": "Es gilt das Gesetz."}


def test_page_shows_people_place_work_and_the_way_to_ask(cast: Cast) -> None:
    """producers-10: all faces with consent, place, method, story, a photograph with its alt text, a
    film with its words, "ask the producer" with hours; returns and terms stand in the imprint.
    """
    ana = cast.browser("ana")
    assert cast.post(ana, "/studio/profile", **TEXTS).status_code == 303
    for name, role in (("Wanda", "Winzerin"), ("Jost", "Kellermeister")):
        assert cast.post(ana, "/studio/faces", face_name=name, face_role_de=role, consent="1",
                         face_words_de=f"{name} grüßt.").status_code == 303
    assert cast.post(ana, "/studio/pictures", picture=photo(), alt_de="Der Hang im Oktober"
                     ).status_code == 303
    assert sent(cast).status_code == 303
    run_due()
    html = page(cast)
    for words in ("Wein vom Schiefer, von Hand.", "Seit 1720 keltern wir.",
                  "Der Hang fällt steil zum Bach.", "Spontan vergoren, ungeschönt.",
                  "Drei Menschen im Keller.", "Wanda, Winzerin", "Jost", "Kellermeister",
                  "Jost grüßt.", 'alt="Der Hang im Oktober"', "Beere für Beere"):
        assert words in html, words
    said = html.split("In eigenen Worten")[1]
    assert said.index("Seit 1720") < said.index("Der Hang fällt") < said.index("Spontan")
    assert f"/threads/new?about={HOUSE}" in html.replace("%2F", "/")
    imprint = cast.app.test_client().get(f"{HOUSE}/imprint").get_data(as_text=True)
    assert "An die Dorfstraße 1." in imprint and "Es gilt das Gesetz." in imprint
