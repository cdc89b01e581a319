from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Need(models.Model):
    """Practical help that somebody needs in order to come: asked as a need, never as a reason."""

    class Kind(models.TextChoices):
        INTERPRETER = "interpreter", _("an interpreter")
        # Never "wheelchair": that would be the reason.
        STEP_FREE = "step_free", _("step-free access")
        CHILDCARE = "childcare", _("childcare")
        MEAL = "meal", _("a particular meal")
        TRAVEL = "travel", _("help with travel")
        EQUIPMENT = "equipment", _("equipment")

    participant = models.ForeignKey(
        "cohorts.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="needs",
    )
    guest = models.ForeignKey(
        "cohorts.Guest",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="needs",
    )
    kind = models.CharField(_("need"), max_length=20, choices=Kind)
    detail = models.CharField(
        _("detail"),
        max_length=100,
        blank=True,
        help_text=_("Which language, how many children and how old, which meal."),
    )

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = _("practical need")
        verbose_name_plural = _("practical needs")
        constraints = [
            models.CheckConstraint(
                name="need_of_one_person",
                condition=Q(participant__isnull=False, guest=None)
                | Q(participant=None, guest__isnull=False),
            ),
            models.UniqueConstraint(fields=["participant", "kind"], name="participant_needs_once"),
            models.UniqueConstraint(fields=["guest", "kind"], name="guest_needs_once"),
        ]

    def __str__(self):
        kind = self.get_kind_display()
        return f"{kind} ({self.detail})" if self.detail else str(kind)
