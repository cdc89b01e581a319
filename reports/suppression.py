"""What may be told of small groups: the one door from a true count to whoever is not staff.

A cohort has seven to thirty people, so most breakdowns point at somebody. Sources of the rules: the
product (the section "Small numbers about people stay hidden"), and for full cells, for what remains
after a subtraction and for two editions laid side by side: Hundepool et al., Statistical Disclosure
Control (Wiley, 2012), chapter 5 on frequency tables (threshold, group disclosure, differencing).

- `publish`: a breakdown that splits people. A cell of 1 to 4 hides all cells; the total stays.
- `publish_answers`: people who gave several answers. Each answer splits them into who gave it and
  who did not, and is shown where neither side is 1 to 4.
- `publish_size`: how many people there are, with nothing to compare them with. Told from five on.
- `publish_range`: how many came of those expected. Told in steps of five, since the exact number
  splits them into who came and who did not.

What cannot be shown is not made: a `Published` that tells too much raises `ValueError`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NOT_STATED = "not_stated"
SHOWN_FROM = 5
STEP = 5
BROKEN_DOWN_FROM = 10


def is_small(count):
    """Whether a count is one to four, so that it, or what it leaves over, points at somebody."""
    return 0 < count < SHOWN_FROM


@dataclass(frozen=True)
class Published:
    """A breakdown as it may be read: cells and total, or only the total.

    `total` is None below five, zero included: nobody learns which. `cells` is None where hidden.
    """

    total: int | None
    cells: tuple[tuple[str, int], ...] | None = None

    def __post_init__(self):
        if self.total is not None and self.total < SHOWN_FROM:
            raise ValueError("A total below five is not told.")
        if self.cells is not None:
            self.refuse_unsafe_cells()

    def refuse_unsafe_cells(self):
        if (self.total or 0) < BROKEN_DOWN_FROM:
            raise ValueError("Fewer than ten are not broken down.")
        if any(map(is_small, dict(self.cells).values())):
            raise ValueError("A cell of one to four is not told.")
        if sum(dict(self.cells).values()) != self.total:
            raise ValueError("The cells of a breakdown add up to its total.")

    @property
    def is_broken_down(self):
        return self.cells is not None


@dataclass(frozen=True)
class PublishedAnswers(Published):
    """Answers of which a person gives several: `cells` holds those that may be told, maybe none."""

    def refuse_unsafe_cells(self):
        if (self.total or 0) < BROKEN_DOWN_FROM:
            raise ValueError("Fewer than ten are not broken down.")
        for count in dict(self.cells).values():
            if is_small(count) or is_small(self.total - count):
                raise ValueError("An answer of one to four, or of all but those, is not told.")


@dataclass(frozen=True)
class PublishedRange(Published):
    """How many came together: from `total` to `last`, or, without a total, fewer than five."""

    def __post_init__(self):
        super().__post_init__()
        if self.cells is not None:
            raise ValueError("A range is not broken down.")
        if (self.total or 0) % STEP:
            raise ValueError("A range is told in steps of five.")

    @property
    def last(self):
        return (self.total or 0) + STEP - 1


def publish(cells: Mapping[str, int], *, before: Published | None = None) -> Published:
    """Return what may be told of people split into `cells` (category → count, with "not stated").

    Only the total is told when a cell is 1 to 4; when fewer than ten people are split, since a full
    cell then speaks of each of them and a missing table says that it is not full; when the edition
    `before` told only the total; or when a cell moved by 1 to 4 since then, since the difference of
    two editions is a breakdown of those who came and left. The total itself is told from five on.
    """
    if NOT_STATED not in cells:
        raise ValueError("Every breakdown has a category for what was not stated.")
    total = sum(cells.values())
    if total < SHOWN_FROM:
        return Published(None)
    hidden = (
        total < BROKEN_DOWN_FROM
        or any(map(is_small, cells.values()))
        or (before is not None and moved_a_little(cells, before))
    )
    return Published(total, None if hidden else tuple(cells.items()))


def publish_answers(
    cells: Mapping[str, int], people: int, *, before: Published | None = None
) -> PublishedAnswers:
    """Return which answers (answer → how many of the `people` gave it) may be told.

    An answer is a breakdown of its own: those who gave it and those who did not. Answers that
    nobody gave are left out, so that a missing one may have been given by nobody or by one to four.
    """
    if people < SHOWN_FROM:
        return PublishedAnswers(None)
    if people < BROKEN_DOWN_FROM:
        return PublishedAnswers(people)
    shown = tuple(
        (answer, count)
        for answer, count in cells.items()
        if count and may_tell_answer(answer, count, people, before)
    )
    return PublishedAnswers(people, shown)


def publish_size(count: int) -> Published:
    """Return how many people there are: told from five on, with no split."""
    return Published(count if count >= SHOWN_FROM else None)


def publish_range(count: int) -> PublishedRange:
    """Return how many people came together, in steps of five: 5 to 9, 10 to 14."""
    return PublishedRange(count - count % STEP or None)


def moved_a_little(cells, before):
    if before.cells is None:
        return True
    then = dict(before.cells)
    categories = cells.keys() | then.keys()
    return any(is_small(abs(cells.get(name, 0) - then.get(name, 0))) for name in categories)


def may_tell_answer(answer, count, people, before):
    now = {"given": count, NOT_STATED: people - count}
    if before is None:
        return publish(now).is_broken_down
    given_then = dict(before.cells or ()).get(answer)
    if given_then is None:
        return False
    then = Published(before.total, (("given", given_then), (NOT_STATED, before.total - given_then)))
    return publish(now, before=then).is_broken_down
