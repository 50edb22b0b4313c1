"""What happens to and between persons."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """Somebody opened an account; the token row is for the confirmation mail."""

    person_id: int
    token_id: int


@dataclass(frozen=True, slots=True)
class JoinedTwice(Event):
    """Somebody tried to join with an address that has an account."""

    person_id: int


@dataclass(frozen=True, slots=True)
class EmailConfirmed(Event):
    """The address is the person's."""

    person_id: int


@dataclass(frozen=True, slots=True)
class ResetAsked(Event):
    """A link for a new password was asked for."""

    person_id: int
    token_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """The password is another one; all other logins ended."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    """Fields of the public profile changed."""

    person_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """One follows another."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class Unfollowed(Event):
    """One follows another no longer."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class TrustGiven(Event):
    """One trusts another's judgement in a subject."""

    truster_id: int
    trusted_id: int
    subject_id: int


@dataclass(frozen=True, slots=True)
class TrustWithdrawn(Event):
    """That trust ended."""

    truster_id: int
    trusted_id: int
    subject_id: int


@dataclass(frozen=True, slots=True)
class Blocked(Event):
    """One wants no contact with another."""

    owner_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class Unblocked(Event):
    """One takes a block back."""

    owner_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class ConsentChanged(Event):
    """A consent was given or withdrawn."""

    person_id: int
    purpose: str
    given: bool


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """Somebody signed in who had a guest's basket."""

    person_id: int
    guest_key: str


@dataclass(frozen=True, slots=True)
class CodeAsked(Event):
    """A code has to go to somebody's address, for this purpose."""

    person_id: int
    code_id: int
    purpose: str


@dataclass(frozen=True, slots=True)
class FactorChanged(Event):
    """A passkey or a code app came or went; which says `what`."""

    person_id: int
    what: str


@dataclass(frozen=True, slots=True)
class TokenMade(Event):
    """A program may act for somebody from now on, with a key of this name."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class EmailChangeAsked(Event):
    """Another address is to be confirmed; the letter goes to the new one."""

    person_id: int
    token_id: int
    email: str


@dataclass(frozen=True, slots=True)
class EmailChanged(Event):
    """The account has another address; the former one is told."""

    person_id: int
    former: str


@dataclass(frozen=True, slots=True)
class WishChanged(Event):
    """A wish was told, changed or taken back; its kinds, never its words."""

    person_id: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckInAnswered(Event):
    """The yearly question was answered: fits, change, less or leave."""

    person_id: int
    answer: str


@dataclass(frozen=True, slots=True)
class AccountClosing(Event):
    """An account is invisible now and erased in seven days; the token is for coming back."""

    person_id: int
    token_id: int
    by: str


@dataclass(frozen=True, slots=True)
class AccountReopened(Event):
    """Somebody came back within the seven days."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """Somebody is being erased: every room forgets them now; `choice` is about their words."""

    person_id: int
    handle: str
    choice: str


@dataclass(frozen=True, slots=True)
class TakeoutReady(Event):
    """A person's own data lie ready."""

    person_id: int


@dataclass(frozen=True, slots=True)
class InactiveWarned(Event):
    """Nobody signed in for two years: a month from now the account is closed."""

    person_id: int


@dataclass(frozen=True, slots=True)
class LevelChanged(Event):
    """Somebody may speak more, or less, than before."""

    person_id: int
    level: int


@dataclass(frozen=True, slots=True)
class AgeClassStated(Event):
    """Somebody said from which age on they are."""

    person_id: int
    age_class: str
