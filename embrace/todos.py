"""What needs doing in a cohort: the list on its board, each line with the page where it is done."""

from datetime import timedelta

from django.db.models import Count, Exists, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.dates import date_text
from cohorts.models import Phase
from reports.checklist import ToDo
from reports.models import ReportText, Section
from workshops.models import Idea, Registration, Subject, Testimony, Workshop

# Late enough that people know whether they come, early enough to call them.
LOOK_AHEAD = timedelta(days=14)
PATIENCE = timedelta(days=30)  # for how long an institution's silence is no reason to call


def todos(cohort, at):
    """Return what needs doing, the most pressing first; nothing that needs nothing is listed."""
    actions = actions_to_look_at(cohort, at)
    found = [
        attendance_missing(cohort, at),
        notes_to_close(cohort, at),
        answers_overdue(cohort, [action for action in actions if action.lead_id]),
        group_not_registered(cohort, at),
        people_to_call(cohort, at),
        *testimonies_to_read(cohort),
        subject_to_choose(cohort, at),
        ideas_without_decision(cohort),
        actions_without_lead(cohort, sum(action.lead_id is None for action in actions)),
        sections_to_write(cohort, at),
    ]
    return [todo for todo in found if todo and todo.count]


def attendance_missing(cohort, at):
    workshops = list(cohort.workshops.with_attendance_missing(at).select_related("cohort"))
    return workshops and ToDo(
        count=len(workshops),
        title=_("Attendance to complete"),
        text=names_of(workshops),
        url=reverse("workshops:attendance", args=[cohort.slug, workshops[0].pk]),
        label=_("Complete"),
        level="late",
    )


def notes_to_close(cohort, at):
    workshops = list(cohort.workshops.with_notes_to_close(at).select_related("cohort"))
    return workshops and ToDo(
        count=len(workshops),
        title=_("Notes to read back and close"),
        text=names_of(workshops),
        url=reverse("workshops:notes", args=[cohort.slug, workshops[0].pk]),
        label=_("Read back"),
        level="late",
    )


def actions_to_look_at(cohort, at):
    """Those without a lead, and those whose lead has been silent for long."""
    since = cohort.today(at) - PATIENCE
    silent = cohort.actions.not_answered().filter(proposed_on__lt=since, lead__isnull=False)
    return list((silent | cohort.actions.without_lead()).select_related("lead"))


def answers_overdue(cohort, actions):
    return actions and ToDo(
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
    return workshops and ToDo(
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
    return ToDo(
        count=silent.count(),
        title=_("People who have not said whether they come"),
        text=_("%(workshop)s, %(date)s")
        % {"workshop": workshop, "date": date_text(workshop.local_start, "j F")},
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
    yield ToDo(
        count=counts["to_check"],
        title=_("Quotes that a second person must check"),
        text=_("They may be quoted once it is sure that they name nobody."),
        url=reverse("workshops:listening", args=[cohort.slug]),
        label=_("Check"),
    )
    yield ToDo(
        count=counts["to_sort"],
        title=_("Testimonies to sort into themes"),
        text=_("Not yet in any theme."),
        url=reverse("workshops:themes", args=[cohort.slug]),
        label=_("Sort"),
    )


def subject_to_choose(cohort, at):
    chosen = cohort.subjects.filter(status=Subject.Status.CHOSEN)
    met = cohort.workshops.filter(kind=Workshop.Kind.JOINT_MEETING, ends_at__lt=at)
    return ToDo(
        count=cohort.subjects.candidates().filter(Exists(met), ~Exists(chosen)).count(),
        title=_("The common subject is not recorded"),
        text=_("The two groups have met."),
        url=reverse("workshops:subjects", args=[cohort.slug]),
        label=_("Record it"),
    )


def ideas_without_decision(cohort):
    return ToDo(
        count=Idea.objects.filter(cohort=cohort).without_decision().count(),
        title=_("Ideas without a decision"),
        text=_("Keep each, or set it aside with a reason."),
        url=reverse("workshops:ideas", args=[cohort.slug]),
        label=_("Decide"),
        level="calm",
    )


def actions_without_lead(cohort, count):
    return ToDo(
        count=count,
        title=_("Actions without a lead"),
        text=_("Nobody can answer them."),
        url=reverse("workshops:actions", args=[cohort.slug]),
        label=_("Name one"),
    )


def sections_to_write(cohort, at):
    begun = cohort.phases.filter(kind=Phase.Kind.REPORTING, starts_on__lte=cohort.today(at))
    due = begun.filter(~Exists(cohort.editions.all()))
    written = written_texts(cohort.pk).order_by().values("cohort").annotate(n=Count("pk"))
    counted = due.annotate(written=Subquery(written.values("n"))).first()
    left = len(Section) - (counted.written or 0) if counted else 0
    return ToDo(
        count=left,
        title=_("Sections of the report to write"),
        text=_("In French first; the numbers come by themselves."),
        url=reverse("reports:show", args=[cohort.slug]),
        label=_("Write"),
        level="calm",
    )


def names_of(workshops):
    return _(", ").join(
        f"{workshop} ({date_text(workshop.local_start, 'j F')})" for workshop in workshops[:3]
    )


def written_sections(cohort_id):
    return written_texts(cohort_id).count()


def written_texts(cohort_id):
    # Written in French first; the other languages follow from it.
    return ReportText.objects.filter(cohort=cohort_id, language="fr").newest().exclude(body="")
