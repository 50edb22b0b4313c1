"""How the age of buyers is checked beside a date that is typed: what the operator plugs in."""

from __future__ import annotations

from importlib.metadata import entry_points

from marketplace.adapters.age.at_the_door import AtTheDoor
from marketplace.adapters.age.contract import AgeCheck

__all__ = ["AgeCheck", "AtTheDoor", "age_check_for"]
PLUGS = "zuruf.age_check"


def age_check_for(name: str) -> AgeCheck | None:
    """The check of this name: none for `declared`, ours, or one that another package brings.

    Raises LookupError where no installed package has one of this name.
    """
    if name == "declared":
        return None
    if name == "door":
        return AtTheDoor()
    for plug in entry_points(group=PLUGS, name=name):
        made: AgeCheck = plug.load()()
        return made
    raise LookupError(f"ZURUF_AGE_CHECK: no package brings an age check called {name}; "
                      "example: ZURUF_AGE_CHECK=declared")
