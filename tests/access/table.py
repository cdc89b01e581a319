"""Who gets what at which address: one row per address, one answer per role.

Roles, in this order: anonymous, outsider (staff elsewhere), newcomer, agent, coordinator,
facilitator, staff, admin. An answer is a status; "in" means that anonymous people are sent to sign
in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

ROLES = (
    "anonymous", "outsider", "newcomer", "agent", "coordinator", "facilitator", "staff", "admin",
)  # fmt: skip

STAFF_ONLY = ("in", 404, 403, 403, 403, 403, 200, 404)
EVERYBODY_IN_COHORT = ("in", 404, 200, 200, 200, 200, 200, 404)


@dataclass(frozen=True)
class Row:
    """`make(world)` returns the address's arguments; `world` is a dict of the cast (conftest)."""

    name: str
    answers: tuple
    make: Callable = lambda world: [world["cohort"].slug]
    method: str = "get"
    data: dict = field(default_factory=dict)
    is_page: bool = True  # False for a file or a redirect, which no browser shows as a page
