"""Commands about invoices."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from marketplace.foundation.database import committing, db

documents = AppGroup("documents", help="Invoices and corrections.")
BATCH = 100


@documents.command("issue")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True,
              help="Parts that left on this day or later.")
def issue(since: datetime) -> None:
    """Issue invoices, dated today, for parts that were sent and have none; repeatable."""
    from marketplace.orders.actions.documents import invoice
    from marketplace.orders.models import Document, SellerOrder
    from marketplace.orders.queries.exporting import month_range

    begin = month_range(since.year, since.month)[0].replace(day=since.day)
    known = select(Document.id).where(Document.seller_order_id == SellerOrder.id).exists()
    parts = db.session.scalars(
        select(SellerOrder.id).where(SellerOrder.dispatched_at >= begin, ~known)
        .order_by(SellerOrder.dispatched_at, SellerOrder.id)).all()
    db.session.rollback()
    count = 0
    for start in range(0, len(parts), BATCH):
        with committing():
            count += sum(invoice(part) is not None for part in parts[start:start + BATCH])
    click.echo(f"{count} invoices issued")
