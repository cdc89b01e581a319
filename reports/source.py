"""The rows of one cohort that its report counts and tells, each kind fetched once.

They hold true numbers and unreleased items: `reports.figures` and `reports.material` alone read
them, and let out what may be told.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Prefetch
from django.utils.functional import cached_property

from cohorts.models import Cohort, Organisation, Participant
from workshops.models import Action, Answer, Attendance, Testimony, Workshop
from workshops.thread import Links

ANSWERS = Prefetch("answers", Answer.objects.select_related("organisation"))


class Presence(NamedTuple):
    """One line of an attendance sheet: somebody expected at one half-day of a workshop."""

    workshop: int
    registration: int
    participant: int | None
    guest: int | None
    state: str

    @property
    def came(self):
        return self.state == Attendance.State.PRESENT


class Source:
    """What a cohort holds, read as it is asked for and then kept."""

    def __init__(self, cohort):
        self.cohort = cohort

    @cached_property
    def organisations(self):
        """Each of the programme once for every action that it partners, or once if none."""
        partners = Cohort.partners.through.objects.filter(cohort=self.cohort)
        return list(
            Organisation.objects.filter(programme=self.cohort.programme_id).annotate(
                action=F("partnered_actions"),
                is_partner=Exists(partners.filter(organisation=OuterRef("pk"))),
            )
        )

    @cached_property
    def people(self):
        return list(
            Participant.objects.filter(cohort=self.cohort)
            .present()
            .select_related("organisation")
            # No name is fetched: the report needs none.
            .only("track", "gender", "age_band", "languages", "organisation__name")
        )

    @cached_property
    def workshops(self):
        return list(self.cohort.workshops.annotate(half_day_count=Count("half_days")))

    @cached_property
    def held(self):
        return [each for each in self.workshops if each.status == Workshop.Status.HELD]

    @cached_property
    def presences(self):
        """The sheets of the workshops held."""
        rows = Attendance.objects.filter(
            registration__workshop__cohort=self.cohort,
            registration__workshop__status=Workshop.Status.HELD,
        ).order_by()
        names = ("workshop", "", "participant", "guest")
        keys = ["__".join(filter(None, ("registration", name))) for name in names]
        return [Presence(*row) for row in rows.values_list(*keys, "state")]

    @cached_property
    def sizes(self):
        """How many people came to each held workshop: true numbers, by workshop key."""
        # By registration: once a person is erased it has neither participant nor guest, and counts.
        came = defaultdict(set)
        for presence in self.presences:
            if presence.came:
                came[presence.workshop].add(presence.registration)
        return {workshop.pk: len(came[workshop.pk]) for workshop in self.held}

    @cached_property
    def testimonies(self):
        """Each testimony once for every theme that it is in, once if it is in none."""
        same = Testimony.objects.filter(pk=OuterRef("pk"))
        return list(
            Testimony.objects.of_cohort(self.cohort)
            .annotate(
                theme=F("theme_links__theme"),
                counts=Exists(same.sortable()),
                is_quote=Exists(same.quotes()),
            )
            .order_by("number", "pk", "theme")
        )

    @cached_property
    def testimony_tracks(self):
        """The track of each testimony that counts."""
        counted = {each.pk: each.track for each in self.testimonies if each.counts}
        return list(counted.values())

    @cached_property
    def themes(self):
        return list(self.cohort.themes.released())

    @cached_property
    def subjects(self):
        return list(self.cohort.subjects.all())

    @cached_property
    def ideas(self):
        return list(self.cohort.ideas.all())

    @cached_property
    def proposed_actions(self):
        return list(
            self.cohort.actions.exclude(status=Action.Status.DRAFT)
            .select_related("lead")
            .prefetch_related(ANSWERS, "progress")
        )

    @cached_property
    def links(self):
        heard = [(each.pk, each.theme, each.status) for each in self.testimonies if each.theme]
        return Links(self.cohort, heard)
