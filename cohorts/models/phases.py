from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.participants import Track
from cohorts.translated import TranslatedField


class PhaseQuerySet(models.QuerySet):
    def open_on(self, day):
        # The last day counts: a phase that ends today is open today.
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Phase(models.Model):
    """A stretch of a cohort. Whether it is open is computed from its dates."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        LISTENING = "listening", _("listening")
        JOINT_MEETING = "joint_meeting", _("joint meeting")
        CO_CREATION = "co_creation", _("co-creation")
        REPORTING = "reporting", _("report")
        FOLLOW_UP = "follow_up", _("follow-up")

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.CASCADE,
        related_name="phases",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = TranslatedField(_("name"), blank=True, help_text=_("Left empty, its kind is its name."))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    track = models.CharField(
        _("group"),
        max_length=20,
        choices=Track,
        blank=True,
        help_text=_("Left empty, it concerns both groups."),
    )
    planned = TranslatedField(_("what was planned"), long=True, blank=True)
    actual = TranslatedField(_("what took place"), long=True, blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.CheckConstraint(
                name="phase_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot be before the start."),
            )
        ]

    def __str__(self):
        return str(self.name) or self.get_kind_display()

    def is_open_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_ahead_on(self, day):
        return day < self.starts_on
