"""Ten minutes in which a login may do what is dangerous, and another address for an account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.people.actions.joining import is_email, make_token
from marketplace.people.actions.signing import STRONG
from marketplace.people.events import EmailChangeAsked, EmailChanged
from marketplace.people.models import Account, Login, MailToken
from marketplace.people.queries.login import by_email, open_token
from marketplace.people.rules.factors import OWNERS_GET

CHANGE_FOR = timedelta(days=1)


def strengthen(login_id: int) -> None:
    """The person has just shown who they are: ten minutes from now on. Changes logins."""
    db.session.execute(update(Login).where(Login.id == login_id)
                       .values(strong_until=clock.now() + STRONG))


def demand_factor(person_ids: Collection[int]) -> None:
    """These people need a second factor a week from now; a day that is set stays.

    Changes accounts.
    """
    db.session.execute(
        update(Account).where(Account.person_id.in_(list(person_ids)),
                              Account.second_factor_by.is_(None))
        .values(second_factor_by=clock.today() + OWNERS_GET))


def ask_email(person_id: int, email: str) -> None:
    """Send a link to the new address; a taken one gets no link, and nothing here tells which.

    Raises Invalid. Changes mail_tokens; announces EmailChangeAsked.
    """
    if not is_email(email):
        raise Invalid({"email": _("This does not look like an e-mail address.")})
    if by_email(email) is not None:
        return
    token_id = make_token(person_id, "change", CHANGE_FOR)
    db.session.execute(update(MailToken).where(MailToken.id == token_id)
                       .values(new_email=email.strip()))
    announce(EmailChangeAsked(person_id, token_id, email.strip()))


def change_email(secret: str) -> int:
    """The new address is theirs; the person's id. Raises NotFound for a used or foreign link.

    Changes accounts, mail_tokens; announces EmailChanged.
    """
    token = open_token(secret, "change")
    if token is None or token.new_email is None or by_email(token.new_email) is not None:
        raise NotFound(_("This link was used or is too old."))
    token.used_at = clock.now()
    former = db.session.scalar(select(Account.email).where(Account.person_id == token.person_id))
    db.session.execute(update(Account).where(Account.person_id == token.person_id).values(
        email=token.new_email, email_folded=token.new_email.lower(), confirmed_at=clock.now()))
    db.session.flush()
    announce(EmailChanged(token.person_id, former or ""))
    return token.person_id
