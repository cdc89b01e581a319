import zoneinfo
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cohorts.languages import validate_languages
from cohorts.models.recorded import Recorded


def validate_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone: %(name)s."), params={"name": name})


def propose_slug(name, starts_on):
    """Return a free short name for addresses, such as est-ensemble-2022."""
    year = str(starts_on.year)
    # A name that holds the year must not say it twice.
    words = [word for word in slugify(name)[:60].split("-") if word and word != year]
    wanted = "-".join([*(words or ["cohort"]), year])
    taken = set(Cohort.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(slug for slug in chain([wanted], numbered) if slug not in taken)


def is_managed_by(user):
    appointments = user.appointments.of_staff()
    return Q(pk__in=appointments.values("cohort")) | Q(
        programme__in=appointments.values("programme")
    )


class CohortQuerySet(models.QuerySet):
    def managed_by(self, user):
        return self.filter(is_managed_by(user))

    def with_may_manage(self, user):
        return self.annotate(may_manage=is_managed_by(user))

    def visible_to(self, user):
        """Staff, coordinators, whoever takes part and whoever facilitates a workshop there."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(pk__in=user.appointments.values("cohort"))
            | Q(programme__in=user.appointments.of_staff().values("programme"))
            # Whoever withdrew sees nothing more of the cohort.
            | Q(pk__in=user.participations.present().values("cohort"))
            | Q(pk__in=user.facilitations.values("workshop__cohort"))
        )


class Cohort(Recorded):
    """One edition of a programme in one territory."""

    programme = models.ForeignKey(
        "cohorts.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="cohorts",
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=80,
        unique=True,
        help_text=_("Small letters, digits and hyphens, such as est-ensemble-2022."),
    )
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    host = models.ForeignKey(
        "cohorts.Organisation",
        verbose_name=_("host authority"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_cohorts",
    )
    partners = models.ManyToManyField(
        "cohorts.Organisation",
        verbose_name=_("partner institutions"),
        blank=True,
        related_name="partner_cohorts",
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages]
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="Europe/Paris",
        validators=[validate_time_zone],
    )
    messages_on = models.BooleanField(
        _("send messages"),
        default=False,
        help_text=_("While this is off, nobody in this cohort is written to."),
    )
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                name="cohort_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot be before the start."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("board", args=[self.slug])

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone)

    def lock(self):
        """Let whoever else decides about this cohort wait until the transaction ends."""
        Cohort.objects.select_for_update().get(pk=self.pk)

    @transaction.atomic
    def remove(self):
        """Remove a cohort from which nothing hangs, with its team's roles.

        An account that was made for one of these roles, and never used, goes too.
        """
        for appointment in self.appointments.select_related("user"):
            appointment.remove()
        self.delete()

    def today(self, at):
        return timezone.localdate(at, self.zone)
