"""The command line: `flask --app wsgi ...`."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from marketplace.commands.demo import demo
from marketplace.commands.doctor import doctor
from marketplace.commands.documents import documents
from marketplace.commands.exporting import export_all
from marketplace.commands.imports import import_
from marketplace.commands.letters import letters
from marketplace.commands.money import payments
from marketplace.foundation.database import committing


def register(app: Flask) -> None:
    """Add every command to the app."""
    for command in (settings_command, setup, jobs, recommend, search, import_, operator, people,
                    rooms, demo, doctor, documents, payments, letters, export_all):
        app.cli.add_command(command)


@click.command("settings")
def settings_command() -> None:
    """Print every setting with its value and origin; secrets are masked."""
    for name, value, origin in current_app.config["ZURUF"].printed():
        click.echo(f"{name:28} {value:48} {origin}")


@click.command("setup")
def setup() -> None:
    """Fill in the shipped vocabulary: subjects, categories, occasions, tags, boards, pages."""
    from marketplace.bundles.actions import ensure_boards
    from marketplace.catalog.actions import ensure_vocabulary
    from marketplace.groups.actions import ensure_tags

    with committing():
        ensure_vocabulary()
        ensure_tags()
        ensure_boards()


jobs = AppGroup("jobs", help="Background work.")


@jobs.command("work")
@click.option("--once", is_flag=True, help="Run what is due and stop.")
def work(once: bool) -> None:
    """Run background jobs until stopped."""
    from marketplace.foundation.jobs import Runner, run_due

    if once:
        click.echo(f"{run_due()} jobs run")
        return
    runner = Runner(current_app._get_current_object())  # type: ignore[attr-defined]
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    runner.work()


recommend = AppGroup("recommend", help="Suggestions.")


@recommend.command("for")
@click.argument("handle")
@click.option("-k", default=10, type=click.IntRange(1, 60))
def recommend_for(handle: str, k: int) -> None:
    """Print a person's suggestions with their reasons."""
    from marketplace.catalog.queries import cards
    from marketplace.people.queries import person_by_handle
    from marketplace.recommend.queries import suggestions

    who = person_by_handle(handle)
    if who is None:
        raise click.ClickException(f"there is nobody of the handle {handle}")
    with current_app.test_request_context():
        found = suggestions(who.id, who.lang, k)
        goods = cards([s.product_id for s in found], who.lang)
        for place, said in enumerate(found, 1):
            words = said.reason.words if said.reason else ""
            click.echo(f"{place:2} {goods[said.product_id].title:40} {words}")


@recommend.command("offline")
@click.option("--ratings", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--trust", type=click.Path(exists=True, path_type=Path))
@click.option("--people", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("-k", default=20, type=click.IntRange(1, 1000))
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--explain", is_flag=True)
def recommend_offline(
    ratings: Path, trust: Path | None, people: Path, k: int, out: Path, explain: bool
) -> None:
    """Lists for people from a file of ratings, learned as the running site learns."""
    from marketplace.recommend.offline import run_offline

    click.echo(json.dumps(run_offline(ratings, people, k, out, trust, explain)))


search = AppGroup("search", help="The search index.")


@search.command("offline")
@click.option("--products", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--queries", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("-k", default=50, type=click.IntRange(1, 1000))
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--signals", type=click.Path(exists=True, path_type=Path))
def search_offline(
    products: Path, queries: Path, k: int, out: Path, signals: Path | None
) -> None:
    """Results for queries over a file of products, found as the running site finds."""
    from marketplace.search.offline import run_offline

    click.echo(json.dumps(run_offline(products, queries, k, out, signals)))


@search.command("rebuild")
def search_rebuild() -> None:
    """Make every document and the index anew."""
    from marketplace.search.jobs import rebuild

    click.echo(f"{rebuild()} documents")


operator = AppGroup("operator", help="People who run the marketplace.")


@operator.command("create")
@click.argument("handle")
@click.argument("email")
@click.password_option()
def operator_create(handle: str, email: str, password: str) -> None:
    """Open an account that runs the marketplace, or make an existing one such."""
    from marketplace.people.actions import hash_password, make_operator

    hashed = hash_password(password)
    with committing():
        make_operator(handle, email, hashed)
    click.echo(f"{handle} may run the marketplace now.")


people = AppGroup("people", help="People of this marketplace.")


@people.command("claim")
@click.argument("handle")
@click.argument("email")
@click.password_option()
def claim(handle: str, email: str, password: str) -> None:
    """Give an imported person an address and a password, so that they can sign in."""
    from marketplace.people import actions

    hashed = actions.hash_password(password)
    with committing():
        actions.claim(handle, email, hashed)
    click.echo(f"{handle} can sign in now.")


@people.command("erase-again")
def erase_again() -> None:
    """After a restored backup: erase everybody once more who was erased since."""
    from marketplace.people import jobs as work

    click.echo(f"{work.erase_again()} people erased again")


@click.command("rooms")
def rooms() -> None:
    """Print each room's purpose, tables, routes, events and jobs, read from the code."""
    from marketplace.commands.plan import described

    for line in described(current_app._get_current_object()):  # type: ignore[attr-defined]
        sys.stdout.write(line + "\n")
