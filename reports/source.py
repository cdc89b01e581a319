"""What the report's figures count, in true numbers: read here, told only by `reports.figures`."""

from django.db.models import Count, Q
from django.utils.functional import cached_property

from cohorts.models import Participant
from workshops.models import Action, Attendance, Testimony, Workshop


class Source:
    """The rows that the figures of one cohort count, each kind read once."""

    def __init__(self, cohort):
        self.cohort = cohort

    @cached_property
    def people(self):
        return list(
            Participant.objects.filter(cohort=self.cohort)
            .present()
            .select_related("organisation")
            .only("track", "gender", "age_band", "languages", "organisation__name")
        )

    @cached_property
    def workshop_states(self):
        return list(self.cohort.workshops.values_list("status", flat=True))

    @cached_property
    def sizes(self):
        """How many people came to each held workshop: true numbers, by workshop key."""
        came = Count(
            "registrations",
            filter=Q(registrations__attendances__state=Attendance.State.PRESENT),
            distinct=True,
        )
        held = Workshop.objects.filter(cohort=self.cohort).held()
        return dict(held.annotate(came=came).values_list("pk", "came"))

    @cached_property
    def testimony_tracks(self):
        kept = Testimony.objects.of_cohort(self.cohort).kept().numbered()
        return list(kept.values_list("track", flat=True))

    @cached_property
    def idea_states(self):
        return list(self.cohort.ideas.values_list("status", flat=True))

    @cached_property
    def proposed_actions(self):
        proposed = self.cohort.actions.exclude(status=Action.Status.DRAFT)
        return list(proposed.prefetch_related("answers"))
