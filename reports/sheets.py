"""The attendance sheet: one line per person, one box to sign per half-day, lines for walk-ins."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from workshops.models import HalfDay, Workshop
from workshops.roll import Place, Roll

MOST_BOXES = 6  # more, and nobody's signature fits into one on A4
BLANK_LINES = 5
FEWEST_LINES = 12


@dataclass(frozen=True)
class Sheet:
    """What is printed; `boxes` are the half-days of each part, as many as fit beside the names."""

    workshop: Workshop
    facilitators: list
    places: list[Place]
    boxes: list[list[HalfDay]]
    blanks: range


def sheet_of(workshop):
    """Return the `Sheet` of a workshop, also of a draft that has nothing but a date.

    It holds names and nothing else about anybody: never a need, a language or a nationality.
    """
    roll = Roll(workshop)
    places, half_days = roll.for_sheet, roll.half_days
    parts = range(0, len(half_days), MOST_BOXES)
    first_blank = len(places) + 1
    last_blank = max(len(places) + BLANK_LINES, FEWEST_LINES)
    return Sheet(
        workshop=workshop,
        facilitators=[facilitation.user for facilitation in roll.facilitations],
        places=places,
        boxes=[half_days[start : start + MOST_BOXES] for start in parts],
        blanks=range(first_blank, last_blank + 1),
    )


def render_sheet(sheet):
    """Return the sheet as HTML, in the active language."""
    return render_to_string(
        "reports/attendance_sheet.html", {"sheet": sheet, "workshop": sheet.workshop}
    )
