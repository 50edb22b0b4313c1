"""Every column says what it is about people; the page and the take-out go by that."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from marketplace.people.queries.packing import packed
from marketplace.people.queries.personal import declared, personal, rooms_with_people
from marketplace.people.rules.personal import FACTS, Declared, faults
from marketplace.people.views.data_words import fact_words, forget_words, room_words
from tests.cast import Cast

FORBIDDEN = re.compile(r"birth|income|salary|contact_list|address_book|inferred|social|facebook|"
                       r"instagram|gender|religion")


def columns() -> dict[str, list[str]]:
    """Every table there is, with its columns."""
    return {table.name: [column.name for column in table.columns]
            for table in db.metadata.tables.values()}


def test_every_column_is_declared(app: Flask) -> None:
    """people-19: every column of every model has its facts or is marked not personal."""
    assert not faults(declared(), columns())


def test_a_new_column_without_a_word_fails(app: Flask) -> None:
    """people-19: planted, a column and a table that no declaration names."""
    there = {**columns(), "addresses": [*columns()["addresses"], "door_code"], "spies": ["id"]}
    assert faults(declared(), there) == ["addresses.door_code is not declared",
                                         "spies is not declared"]


def test_declarations_are_checked_themselves() -> None:
    """people-19: an unknown fact, a column twice or made up, an unknown way of forgetting."""
    one = Declared("people", "t", "", "", "burn", (), ("id", "id"), {"whim": ("name", "gone")})
    assert faults([one], {"t": ["id", "name"]}) == [
        "t.gone is no column", "t.id is declared twice", "t: cannot forget by burn",
        "t: no fact whim"]


def test_page_equals_the_declarations(cast: Cast) -> None:
    """people-19: the page names every declared kind and every personal column."""
    page = cast.browser("cleo").get("/account/data?lang=en").get_data(as_text=True)
    with force_locale("en"):
        words = {key: str(said[0]) for key, said in fact_words().items()}
    for one in declared():
        for key, names in one.facts.items():
            assert words[key] in page.replace("&#39;", "'"), key
            assert f"{one.table}: {', '.join(names)}" in page, one.table
    assert set(words) == set(FACTS)
    assert {one.forget for one in declared()} <= set(forget_words())
    assert {one.room for one in declared() if one.facts} <= set(room_words())


def test_schema_knows_no_such_thing(app: Flask) -> None:
    """people-18: no column for outside profiles, inferred traits, income, contacts, birth dates
    of members (the date of a trader that § 22 PStTG asks for is not a member's).
    """
    found = [f"{table}.{name}" for table, names in columns().items() for name in names
             if FORBIDDEN.search(name)]
    assert found == ["traders.birth_date"]


def test_secrets_stay_out_of_the_take_out(cast: Cast) -> None:
    """3.9: no password hash, token, login key or passkey is in anybody's file."""
    mine = json.dumps([personal(room, cast.id("cleo")) for room in rooms_with_people()])
    hashed = db.session.scalar(sa.text("SELECT password_hash FROM accounts WHERE email_folded = "
                                       "'cleo@example.org'"))
    assert "cleo@example.org" in mine and hashed not in mine
    assert "id_hash" not in mine and "mail_tokens" not in mine


def test_take_out_by_the_page(cast: Cast) -> None:
    """people-20: asked for, made by a job, fetched by its owner alone, one a day."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    assert cast.post(cleo, "/account/export").status_code == 303
    assert "/account/data/takeout/" not in cleo.get("/account/data").get_data(as_text=True)
    run_due()
    found = re.search(r'"(/account/data/takeout/\d+)"',
                      cleo.get("/account/data").get_data(as_text=True))
    assert found
    file = cleo.get(found.group(1))
    assert file.mimetype == "application/zip" and eva.get(found.group(1)).status_code == 404
    with ZipFile(BytesIO(file.data)) as whole:
        assert {"about.json", "people.json", "index.html"} <= set(whole.namelist())
        assert json.loads(whole.read("people.json"))["people"][0]["handle"] == "cleo"
    assert cast.post(cleo, "/account/export").status_code == 429


def test_a_room_that_fails_leaves_the_rest(cast: Cast, monkeypatch: object) -> None:
    """6: the ZIP carries the other rooms and faults.txt."""
    import marketplace.people.queries.packing as packing

    def broken(room: str, person_id: int) -> object:
        if room == "reviews":
            raise sa.exc.OperationalError("x", {}, Exception("gone"))
        return personal(room, person_id)

    monkeypatch.setattr(packing, "personal", broken)  # type: ignore[attr-defined]
    body, told = packed(cast.id("cleo"), doors().storage)
    with ZipFile(BytesIO(body)) as whole:
        assert "people.json" in whole.namelist() and "reviews.json" not in whole.namelist()
        assert whole.read("faults.txt").decode() == "reviews could not be read\n"
    assert told == ["reviews could not be read"]


def test_health_is_in_no_job_log_or_count(cast: Cast) -> None:
    """people-16: without a consent nothing is kept; withdrawn, it is gone; no other table has it.
    """
    cleo = cast.browser("cleo")
    refused = cast.post(cleo, "/account/wishes/health", kind="allergy", health="Haselnuss")
    assert refused.status_code == 403 and not everywhere("Haselnuss")
    cast.post(cleo, "/account/wishes/health", act="agree")
    cast.post(cleo, "/account/wishes/health", kind="allergy", health="Haselnuss")
    run_due()
    assert everywhere("Haselnuss") == ["health_wishes"]
    cast.post(cleo, "/account/privacy/consents/health/withdraw")
    assert not everywhere("Haselnuss")
    consent = db.session.execute(sa.text(
        "SELECT purpose, withdrawn_at IS NOT NULL FROM consents")).one()
    assert tuple(consent) == ("health", 1) or tuple(consent) == ("health", True)


def everywhere(word: str) -> list[str]:
    """Tables in which a word stands, however it is written inside."""
    found = []
    for table in db.metadata.tables.values():
        for row in db.session.execute(sa.select(table)):
            if word.lower() in " ".join(str(value).lower() for value in row):
                found.append(table.name)
                break
    db.session.rollback()
    return sorted(found)


def test_consents_are_never_overwritten(cast: Cast) -> None:
    """people-24: who, what, when, where, text; a second yes after a no is another row."""
    cleo = cast.id("cleo")
    with committing():
        actions.give_consent(cleo, "taste_matching", "2026-11", "network")
        actions.give_consent(cleo, "taste_matching", "2026-12", "network")
        actions.withdraw_consent(cleo, "taste_matching")
        actions.give_consent(cleo, "taste_matching", "2026-12", "taste")
    rows = db.session.execute(sa.text(
        "SELECT text_version, place, withdrawn_at IS NULL FROM consents ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("2026-11", "network", False), ("2026-12", "taste",
                                                                            True)]
