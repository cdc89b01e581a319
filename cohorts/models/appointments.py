from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded


class Role(models.TextChoices):
    STAFF = "staff", _("staff")
    COORDINATOR = "coordinator", _("coordinator")


class AppointmentQuerySet(models.QuerySet):
    def of_staff(self):
        return self.filter(role=Role.STAFF)

    def of_coordinators(self):
        return self.filter(role=Role.COORDINATOR)

    def held_for(self, *, programme=None, cohort=None, organisation=None):
        return self.filter(programme=programme, cohort=cohort, organisation=organisation)


class Appointment(Recorded):
    """Makes somebody staff of a programme or cohort, or an institution's coordinator for one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="appointments",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    programme = models.ForeignKey(
        "cohorts.Programme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="appointments",
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="appointments",
    )
    organisation = models.ForeignKey(
        "cohorts.Organisation",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    # As typed: the account may exist elsewhere, under a name that is not ours to tell.
    known_as = models.CharField(max_length=200, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["user__name_folded", "id"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_has_its_place",
                condition=(
                    Q(
                        role="staff",
                        programme__isnull=False,
                        cohort=None,
                        organisation=None,
                    )
                    | Q(
                        role="staff",
                        programme=None,
                        cohort__isnull=False,
                        organisation=None,
                    )
                    | Q(
                        role="coordinator",
                        programme=None,
                        cohort__isnull=False,
                        organisation__isnull=False,
                    )
                ),
                violation_error_message=_(
                    "Staff belong to a programme or a cohort; "
                    "a coordinator to an institution in a cohort."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "programme"],
                condition=Q(programme__isnull=False),
                name="staff_once_per_programme",
                violation_error_message=_("This person already has this role."),
            ),
            models.UniqueConstraint(
                fields=["user", "cohort"],
                condition=Q(role="staff", cohort__isnull=False),
                name="staff_once_per_cohort",
                violation_error_message=_("This person already has this role."),
            ),
            models.UniqueConstraint(
                fields=["user", "cohort", "organisation"],
                condition=Q(role="coordinator"),
                name="coordinator_once_per_institution",
                violation_error_message=_("This person already has this role."),
            ),
        ]

    def __str__(self):
        place = self.programme or self.organisation or self.cohort
        return f"{self.user}, {self.get_role_display()} ({place})"

    @property
    def shown_name(self):
        """The person's own name once they have signed in; until then the one that was typed."""
        is_own = self.has_signed_in or not self.known_as
        return self.user.name if is_own else self.known_as

    @property
    def has_signed_in(self):
        """Whether they have signed in since, and so have said that the e-mail is theirs."""
        return bool(self.user.last_login and self.user.last_login > self.recorded_at)

    def is_held_for(self, *, programme=None, cohort=None, organisation=None):
        place = (self.programme, self.cohort, self.organisation)
        return place == (programme, cohort, organisation)

    def put_in(self, *, programme=None, cohort=None, organisation=None):
        """Take the role to another place, which says whether it is staff's or a coordinator's."""
        self.programme, self.cohort, self.organisation = programme, cohort, organisation
        self.role = Role.COORDINATOR if organisation else Role.STAFF

    def is_last_staff(self):
        """Whether nobody would be left to look after the programme or cohort."""
        if self.role != Role.STAFF:
            return False
        others = Appointment.objects.of_staff().exclude(pk=self.pk)
        if self.programme:
            return not others.filter(programme=self.programme).exists()
        return not others.filter(
            Q(cohort=self.cohort) | Q(programme=self.cohort.programme_id)
        ).exists()

    @transaction.atomic
    def remove(self):
        """Take the role away, and the account with it when nothing else was ever done with it."""
        user = self.user
        self.delete()
        user.delete_if_used_nowhere()
