"""Staff's home for a cohort: where it stands, what is next and what needs doing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.dates import date_range
from cohorts.models import Phase, Track
from reports.models import ReportText, Section
from workshops.models import Action, Idea, Registration, Subject, Testimony, Workshop
from workshops.seats import seats_of

LOOK_AHEAD = timedelta(days=14)
PATIENCE = timedelta(days=30)  # for how long an institution's silence is no reason to call
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
    is_ahead: bool
    is_current: bool
    is_first_of_lane: bool
    dots: list[Dot]
    url: str
    today: int | None


@dataclass(frozen=True)
class Todo:
    count: int
    title: str
    text: str
    url: str
    label: str
    level: str = ""


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
            is_ahead=phase.is_ahead_on(today),
            is_current=phase == current,
            is_first_of_lane=index == 0 or (lane == "together" and "together" not in lanes[:index]),
            dots=sorted(map(dot_of, workshops[phase.pk]), key=lane_of),
            url=reverse("workshops:list", args=[cohort.slug]) + f"#phase-{phase.pk}",
            today=share_passed(phase, today) if phase == current else None,
        )
        for index, (phase, lane) in enumerate(zip(phases, lanes, strict=True))
    ]


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
    ahead = len(workshops) - held
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


def written_sections(cohort_id):
    texts = ReportText.objects.filter(cohort=cohort_id, language="fr").newest().exclude(body="")
    return texts.count()


def people_by_track(cohort):
    """Return {"newcomers": 20, "agents": 7, "total": 27} of those who have not withdrawn."""
    tracks = Counter(cohort.participants.present().values_list("track", flat=True))
    return {track: tracks[track] for track in Track.values} | {"total": tracks.total()}


def next_workshop(cohort, at):
    """Return the next workshop and its `Seats`, as its page shows them, or (None, [])."""
    workshop = cohort.workshops.upcoming(at).select_related("cohort").first()
    return (workshop, seats_of(workshop)) if workshop else (None, [])


def todos(cohort, at):
    """Return what needs doing, the most pressing first; nothing that needs nothing is listed."""
    found = [
        attendance_missing(cohort, at),
        notes_to_close(cohort, at),
        answers_overdue(cohort, at),
        group_not_registered(cohort, at),
        people_to_call(cohort, at),
        *testimonies_to_read(cohort),
        subject_to_choose(cohort, at),
        ideas_without_decision(cohort),
        actions_without_lead(cohort),
        sections_to_write(cohort, at),
    ]
    return [todo for todo in found if todo and todo.count]


def attendance_missing(cohort, at):
    workshops = list(cohort.workshops.with_attendance_missing(at).select_related("cohort"))
    return workshops and Todo(
        count=len(workshops),
        title=_("Attendance to complete"),
        text=names_of(workshops),
        url=reverse("workshops:attendance", args=[cohort.slug, workshops[0].pk]),
        label=_("Complete"),
        level="late",
    )


def notes_to_close(cohort, at):
    workshops = list(cohort.workshops.with_notes_to_close(at).select_related("cohort"))
    return workshops and Todo(
        count=len(workshops),
        title=_("Notes to read back and close"),
        text=names_of(workshops),
        url=reverse("workshops:notes", args=[cohort.slug, workshops[0].pk]),
        label=_("Read back"),
        level="late",
    )


def answers_overdue(cohort, at):
    today = cohort.today(at)
    actions = list(
        cohort.actions.not_answered()
        .filter(proposed_on__lt=today - PATIENCE, lead__isnull=False)
        .select_related("lead")
    )
    return actions and Todo(
        count=len(actions),
        title=_("Answers that do not come"),
        text=_(", ").join(f"{action.reference} {action.lead}" for action in actions[:3]),
        url=reverse("workshops:actions", args=[cohort.slug]),
        label=_("See the actions"),
        level="late",
    )


def group_not_registered(cohort, at):
    coming = Q(registrations__status=Registration.Status.CONFIRMED)
    soon = (
        cohort.workshops.upcoming(at)
        .filter(mode=Workshop.Mode.REGISTRATION, track="", starts_at__lt=at + LOOK_AHEAD)
        .annotate(
            newcomers=Count("pk", filter=coming & Q(registrations__participant__track="newcomers")),
            agents=Count("pk", filter=coming & Q(registrations__participant__track="agents")),
        )
        .filter(Q(newcomers=0) | Q(agents=0))
        .select_related("cohort")
    )
    workshops = list(soon)
    return workshops and Todo(
        count=len(workshops),
        title=_("Nobody registered from one of the two groups"),
        text=names_of(workshops),
        url=reverse("workshops:show", args=[cohort.slug, workshops[0].pk]),
        label=_("Open"),
    )


def people_to_call(cohort, at):
    workshop = (
        cohort.workshops.upcoming(at)
        .filter(
            mode=Workshop.Mode.EXPECTED,
            status=Workshop.Status.OPEN,
            starts_at__lt=at + LOOK_AHEAD,
        )
        .select_related("cohort")
        .first()
    )
    if not workshop:
        return None
    silent = workshop.expected_participants().exclude(registrations__workshop=workshop)
    return Todo(
        count=silent.count(),
        title=_("People who have not said whether they come"),
        text=_("%(workshop)s, %(date)s")
        % {"workshop": workshop, "date": date_format(workshop.local_start, "j F")},
        url=reverse("workshops:show", args=[cohort.slug, workshop.pk]),
        label=_("See the list"),
    )


def testimonies_to_read(cohort):
    """Quotes to check and testimonies to sort, counted together."""
    testimonies = Testimony.objects.of_cohort(cohort)
    counts = testimonies.aggregate(
        to_check=Count("pk", filter=Q(pk__in=testimonies.to_check())),
        to_sort=Count("pk", filter=Q(pk__in=testimonies.not_sorted())),
    )
    yield Todo(
        count=counts["to_check"],
        title=_("Quotes that a second person must check"),
        text=_("They may be quoted once it is sure that they name nobody."),
        url=reverse("workshops:listening", args=[cohort.slug]),
        label=_("Check"),
    )
    yield Todo(
        count=counts["to_sort"],
        title=_("Testimonies to sort into themes"),
        text=_("Not yet in any theme."),
        url=reverse("workshops:themes", args=[cohort.slug]),
        label=_("Sort"),
    )


def subject_to_choose(cohort, at):
    chosen = cohort.subjects.filter(status=Subject.Status.CHOSEN)
    met = cohort.workshops.filter(kind=Workshop.Kind.JOINT_MEETING, ends_at__lt=at)
    return Todo(
        count=cohort.subjects.candidates().filter(Exists(met), ~Exists(chosen)).count(),
        title=_("The common subject is not recorded"),
        text=_("The two groups have met."),
        url=reverse("workshops:subjects", args=[cohort.slug]),
        label=_("Record it"),
    )


def ideas_without_decision(cohort):
    return Todo(
        count=Idea.objects.filter(cohort=cohort).without_decision().count(),
        title=_("Ideas without a decision"),
        text=_("Keep each, or set it aside with a reason."),
        url=reverse("workshops:ideas", args=[cohort.slug]),
        label=_("Decide"),
        level="calm",
    )


def actions_without_lead(cohort):
    return Todo(
        count=Action.objects.filter(cohort=cohort).without_lead().count(),
        title=_("Actions without a lead"),
        text=_("Nobody can answer them."),
        url=reverse("workshops:actions", args=[cohort.slug]),
        label=_("Name one"),
    )


def sections_to_write(cohort, at):
    begun = cohort.phases.filter(kind=Phase.Kind.REPORTING, starts_on__lte=cohort.today(at))
    is_due = begun.filter(~Exists(cohort.editions.all())).exists()
    left = len(Section) - written_sections(cohort.pk) if is_due else 0
    return Todo(
        count=left,
        title=_("Sections of the report to write"),
        text=_("In French first; the numbers come by themselves."),
        url=reverse("reports:show", args=[cohort.slug]),
        label=_("Write"),
        level="calm",
    )


def names_of(workshops):
    return _(", ").join(
        f"{workshop} ({date_format(workshop.local_start, 'j F')})" for workshop in workshops[:3]
    )
