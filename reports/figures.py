"""Every number in the report: what it counts, of whom, from where, and by which rule it is told.

A function marked `@figure` counts from a `Source`; nobody outside this module sees what it returns.
`measure` is the way out, and it lets each figure through the door of its rule in
`reports.suppression`, so that a page or a file can only hold `Published` counts of people and exact
`Count`s of things.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.models import AgeBand, Gender, Track
from reports.suppression import (
    NOT_STATED,
    SHOWN_FROM,
    Published,
    publish,
    publish_answers,
    publish_range,
    publish_size,
)
from workshops.models import Idea, Workshop


class Unit(StrEnum):
    PEOPLE = "people"
    TESTIMONIES = "testimonies"
    THINGS = "things"


class Rule(StrEnum):
    EXACT = "exact"
    BREAKDOWN = "breakdown"
    ANSWERS = "answers"
    SIZE = "size"


UNITS = {
    Unit.PEOPLE: _("people"),
    Unit.TESTIMONIES: _("testimonies"),
    Unit.THINGS: _("things"),
}
RULES = {
    Rule.EXACT: _("as counted"),
    Rule.BREAKDOWN: _("only the total when a group has fewer than five people"),
    Rule.ANSWERS: _("answers given, and not given, by five people or more"),
    Rule.SIZE: _("from five people on"),
}


@dataclass(frozen=True)
class Count:
    """An exact number of things."""

    value: int


@dataclass(frozen=True)
class Definition:
    id: str
    title: Promise
    words: Promise
    unit: Unit
    population: Promise
    source: Promise
    rule: Rule
    count: Callable


FIGURES: dict[str, Definition] = {}


def figure(name, *, title, words, population, source, unit=Unit.THINGS, rule=Rule.EXACT):
    """Enter the decorated function, which counts from a `Source`, under `name`."""

    def enter(count):
        FIGURES[name] = Definition(name, title, words, unit, population, source, rule, count)

    return enter


def measure(source, before=None):
    """Return {figure id: Published or Count} of what a `reports.source.Source` holds.

    `before` is the same of the edition before: what the difference of the two would tell is hidden.
    """
    earlier = before or {}
    told = {name: tell(FIGURES[name], source, earlier.get(name)) for name in FIGURES}
    if not told["participants"].is_broken_down:
        told["organisations"] = Published(None)  # its total is how many public agents there are
    return told


def tell(definition, source, before):
    counted = definition.count(source)
    match definition.rule:
        case Rule.BREAKDOWN:
            return publish(counted, before=before)
        case Rule.ANSWERS:
            return publish_answers(*counted, before=before)
        case Rule.SIZE:
            return publish_size(counted)
        case _:
            return Count(counted)


def sizes_of_gatherings(source):
    """Return {workshop key: PublishedRange} with how many people came to each held workshop."""
    return {pk: publish_range(size) for pk, size in source.sizes.items()}


def split(categories, values):
    """Count `values` into all of `categories`, and into "not stated"."""
    counted = Counter(values)
    return {name: counted[name] for name in dict.fromkeys([*categories, NOT_STATED])}


EVERYBODY = _("people who take part and have not withdrawn")
REGISTER = _("the list of participants")
SHEETS = _("attendance by half-day, closed after each workshop")
DIARY = _("the list of workshops")
DESK = _("notes of the listening workshops, once closed")
THREAD = _("the thread from testimonies to actions")


@figure(
    "participants",
    title=_("Participants"),
    words=_("People of the cohort, by group."),
    unit=Unit.PEOPLE,
    population=EVERYBODY,
    source=REGISTER,
    rule=Rule.BREAKDOWN,
)
def participants(source):
    return split(Track.values, [person.track for person in source.people])


@figure(
    "gender",
    title=_("Gender"),
    words=_("People of the whole cohort by the gender that they stated, if they did."),
    unit=Unit.PEOPLE,
    population=EVERYBODY,
    source=REGISTER,
    rule=Rule.BREAKDOWN,
)
def gender(source):
    return split(Gender.values, [person.gender for person in source.people])


@figure(
    "age_band",
    title=_("Age"),
    words=_("People of the whole cohort by the age band that they stated, if they did."),
    unit=Unit.PEOPLE,
    population=EVERYBODY,
    source=REGISTER,
    rule=Rule.BREAKDOWN,
)
def age_band(source):
    return split(AgeBand.values, [person.age_band for person in source.people])


@figure(
    "languages",
    title=_("Languages spoken"),
    words=_("People of the whole cohort by language; most speak several."),
    unit=Unit.PEOPLE,
    population=EVERYBODY,
    source=REGISTER,
    rule=Rule.ANSWERS,
)
def languages(source):
    spoken = [person.languages for person in source.people]
    counted = Counter(code for codes in spoken for code in dict.fromkeys(codes))
    counted[NOT_STATED] = sum(not codes for codes in spoken)
    return dict(counted.most_common()), len(spoken)


@figure(
    "organisations",
    title=_("Organisations of the public agents"),
    words=_("Public agents by the organisation that they work for."),
    unit=Unit.PEOPLE,
    population=_("public agents who take part and have not withdrawn"),
    source=REGISTER,
    rule=Rule.BREAKDOWN,
)
def organisations(source):
    agents = [person for person in source.people if person.track == Track.AGENTS]
    counted = Counter(
        person.organisation.name if person.organisation else NOT_STATED for person in agents
    )
    return split(sorted(counted), counted.elements())


@figure(
    "attended",
    title=_("Came at least once"),
    words=_("People of the cohort who were present at one half-day or more."),
    unit=Unit.PEOPLE,
    population=EVERYBODY,
    source=SHEETS,
    rule=Rule.BREAKDOWN,
)
def attended(source):
    there = {presence.participant for presence in source.presences if presence.came}
    came_once = sum(person.pk in there for person in source.people)
    return {"came": came_once, "did_not": len(source.people) - came_once, NOT_STATED: 0}


@figure(
    "guests",
    title=_("Guests"),
    words=_("People from outside the cohort who came to a workshop."),
    unit=Unit.PEOPLE,
    population=_("guests who were present at one half-day or more"),
    source=SHEETS,
    rule=Rule.SIZE,
)
def guests(source):
    return len({each.guest for each in source.presences if each.came and each.guest})


@figure(
    "attendance",
    title=_("Attendance"),
    words=_(
        "Half-days attended out of those expected: one person at one half-day counts once. "
        "Gatherings of fewer than five people are left out."
    ),
    unit=Unit.PEOPLE,
    population=_("participants on the attendance sheets of the workshops held"),
    source=SHEETS,
    rule=Rule.BREAKDOWN,
)
def attendance(source):
    told = {pk for pk, size in source.sizes.items() if size >= SHOWN_FROM}
    present = [each.came for each in source.presences if each.participant and each.workshop in told]
    return {"attended": sum(present), "missed": len(present) - sum(present), NOT_STATED: 0}


@figure(
    "workshops_planned",
    title=_("Workshops planned"),
    words=_("All workshops that were ever planned, cancelled ones included."),
    population=_("workshops of the cohort, drafts left out"),
    source=DIARY,
)
def workshops_planned(source):
    return sum(each.status != Workshop.Status.DRAFT for each in source.workshops)


@figure(
    "workshops_held",
    title=_("Workshops held"),
    words=_("Workshops that took place and whose attendance is closed."),
    population=_("workshops of the cohort"),
    source=DIARY,
)
def workshops_held(source):
    return len(source.held)


@figure(
    "half_days",
    title=_("Half-days"),
    words=_("Mornings and afternoons of the workshops held."),
    population=_("workshops held"),
    source=DIARY,
)
def half_days(source):
    return sum(workshop.half_day_count for workshop in source.held)


@figure(
    "testimonies",
    title=_("Testimonies"),
    words=_("Things heard in listening workshops and kept."),
    unit=Unit.TESTIMONIES,
    population=_("testimonies of closed notes, withdrawn ones left out"),
    source=DESK,
)
def testimonies(source):
    return len(source.testimony_tracks)


@figure(
    "testimonies_by_track",
    title=_("Testimonies by group"),
    words=_("Things heard, by the group that said them."),
    unit=Unit.TESTIMONIES,
    population=_("testimonies of closed notes, withdrawn ones left out"),
    source=DESK,
    rule=Rule.BREAKDOWN,
)
def testimonies_by_track(source):
    return split(Track.values, source.testimony_tracks)


@figure(
    "themes",
    title=_("Themes"),
    words=_("Themes validated with newcomers and released."),
    population=_("themes of the cohort"),
    source=THREAD,
)
def themes(source):
    return len(source.themes)


@figure(
    "ideas",
    title=_("Ideas"),
    words=_("Ideas noted at the tables of the co-creation workshop."),
    population=_("ideas of the cohort"),
    source=THREAD,
)
def ideas(source):
    return len(source.ideas)


@figure(
    "ideas_retained",
    title=_("Ideas retained"),
    words=_("Ideas that became part of an action, or may."),
    population=_("ideas of the cohort"),
    source=THREAD,
)
def ideas_retained(source):
    return sum(idea.status == Idea.Status.RETAINED for idea in source.ideas)


@figure(
    "actions",
    title=_("Actions"),
    words=_("Actions proposed to an institution."),
    population=_("actions of the cohort, drafts left out"),
    source=THREAD,
)
def actions(source):
    return len(source.proposed_actions)


@figure(
    "actions_answered",
    title=_("Actions answered"),
    words=_("Actions that their institution has answered, whatever it said."),
    population=_("actions proposed"),
    source=THREAD,
)
def actions_answered(source):
    return sum(action.latest_answer is not None for action in source.proposed_actions)


@figure(
    "commitments",
    title=_("Commitments"),
    words=_("Actions that an institution accepted, as they are or with changes."),
    population=_("actions answered"),
    source=THREAD,
)
def commitments(source):
    answers = [action.latest_answer for action in source.proposed_actions]
    return sum(answer is not None and answer.is_commitment for answer in answers)
