"""Staff's home for a cohort: where it stands, what is next and what needs doing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.dates import date_range
from cohorts.models import Phase, Track
from embrace.todos import written_sections
from reports.models import Section
from workshops.models import Testimony, Workshop
from workshops.seats import seats_of

TOGETHER = {
    Phase.Kind.JOINT_MEETING,
    Phase.Kind.CO_CREATION,
    Phase.Kind.REPORTING,
    Phase.Kind.FOLLOW_UP,
}


class Dot(NamedTuple):
    """A workshop on the band: its lane's letter (n, a or t), and whether it was held."""

    letter: str
    held: bool


@dataclass(frozen=True)
class Stage:
    """A phase on the band; the lanes run apart, meet once, and go on together."""

    name: str
    dates_text: str
    lines: list[str]
    lane: str
    who: str
    is_ahead: bool
    is_current: bool
    is_first_of_lane: bool
    dots: list[Dot]
    url: str
    today: int | None


def stages(cohort, today):
    """Return the cohort's phases as `Stage`s, in order."""
    phases = list(cohort.phases.all())
    workshops = defaultdict(list)
    kept = Count("testimonies", filter=Q(testimonies__status=Testimony.Status.KEPT))
    for workshop in cohort.workshops.not_cancelled().annotate(heard=kept):
        workshops[workshop.phase_id].append(workshop)
    lanes = lanes_of(phases)
    current = current_phase(phases, today)
    return [
        Stage(
            name=str(phase),
            dates_text=date_range(phase.starts_on, phase.ends_on),
            lines=stage_lines(phase, workshops[phase.pk], today),
            lane=lane,
            who=who_meets(phase, lane),
            is_ahead=phase.is_ahead_on(today),
            is_current=phase == current,
            is_first_of_lane=index == 0 or (lane == "together" and "together" not in lanes[:index]),
            dots=sorted(map(dot_of, workshops[phase.pk]), key=lane_of),
            url=reverse("workshops:list", args=[cohort.slug]) + f"#phase-{phase.pk}",
            today=share_passed(phase, today) if phase == current else None,
        )
        for index, (phase, lane) in enumerate(zip(phases, lanes, strict=True))
    ]


def who_meets(phase, lane):
    """Say in words what the lanes draw, for whoever hears the page."""
    if phase.track:
        return capfirst(phase.get_track_display())
    if lane == "apart":
        return _("Newcomers and agents, each group on its own")
    return _("The two groups meet") if lane == "meet" else _("The two groups together")


def lanes_of(phases):
    """Return "apart", "meet" or "together" for each: they meet at the first that both share."""
    lanes = []
    for phase in phases:
        if phase.kind not in TOGETHER and not lanes.count("meet"):
            lanes.append("apart")
        else:
            lanes.append("together" if lanes.count("meet") else "meet")
    return lanes


def current_phase(phases, today):
    """The phase that is open today; where several are, the one that began last."""
    return next((phase for phase in reversed(phases) if phase.is_open_on(today)), None)


def share_passed(phase, today):
    """How much of an open phase is over, in per cent; half of one whose end is not known."""
    if phase.ends_on is None:
        return 50
    days = (phase.ends_on - phase.starts_on).days + 1
    return round(100 * ((today - phase.starts_on).days + 0.5) / days)


def dot_of(workshop):
    return Dot(workshop.letter, workshop.status == Workshop.Status.HELD)


def lane_of(dot):
    """Newcomers' dots first, then the agents', then those of both, each in order of time."""
    return "nat".index(dot.letter)


def stage_lines(phase, workshops, today):
    held = sum(workshop.status == Workshop.Status.HELD for workshop in workshops)
    heard = sum(workshop.heard for workshop in workshops)
    ahead = sum(
        workshop.status != Workshop.Status.HELD and workshop.local_end.date() >= today
        for workshop in workshops
    )
    lines = []
    if held:
        lines.append(ngettext("%(n)d workshop held", "%(n)d workshops held", held) % {"n": held})
    if ahead:
        lines.append(ngettext("%(n)d to come", "%(n)d to come", ahead) % {"n": ahead})
    if heard:
        lines.append(ngettext("%(n)d testimony", "%(n)d testimonies", heard) % {"n": heard})
    lines += [
        _("today, %(time)s") % {"time": date_format(workshop.local_start, "TIME_FORMAT")}
        for workshop in workshops
        if workshop.local_start.date() == today
    ]
    if phase.kind == Phase.Kind.REPORTING:
        written = written_sections(phase.cohort_id)
        lines.append(
            _("%(written)d of %(all)d sections written") % {"written": written, "all": len(Section)}
        )
    return lines


def people_by_track(cohort):
    """Return {"newcomers": 20, "agents": 7, "total": 27} of those who have not withdrawn."""
    tracks = Counter(cohort.participants.present().values_list("track", flat=True))
    return {track: tracks[track] for track in Track.values} | {"total": tracks.total()}


def next_workshop(cohort, at):
    """Return the next workshop and its `Seats`, as its page shows them, or (None, [])."""
    workshop = cohort.workshops.upcoming(at).select_related("cohort").first()
    return (workshop, seats_of(workshop)) if workshop else (None, [])
