"""Commands that fill an empty marketplace with demo content."""

from __future__ import annotations

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

demo = AppGroup("demo", help="Invented content to look at.")


@demo.command("load")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that is now.")
@click.option("--seed", type=int, help="Other numbers out of the same texts.")
def load(today: datetime | None, seed: int | None) -> None:
    """Turn an empty marketplace into one that is three years old; refuses a filled one."""
    from marketplace.demo.history.happening import SEED
    from marketplace.demo.load import load_demo
    from marketplace.foundation.errors import MarketError

    if current_app.config["ZURUF"].production:
        raise click.ClickException("demo content is not for production")
    try:
        load_demo(today.astimezone() if today else None, SEED if seed is None else seed, _tell)
    except MarketError as fault:
        raise click.ClickException(fault.sentence) from fault


def _tell(phase: str, rows: int, seconds: float) -> None:
    click.echo(f"  {phase:20} {rows:7} rows {seconds:6.2f} s")
