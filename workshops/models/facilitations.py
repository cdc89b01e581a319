from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded


class Facilitation(Recorded):
    """Makes somebody facilitate a workshop; takes no seat and opens this workshop's things only."""

    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.CASCADE, related_name="facilitations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("facilitator"),
        on_delete=models.CASCADE,
        related_name="facilitations",
    )

    class Meta:
        ordering = ["user__name_folded"]
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "user"],
                name="facilitator_once_per_workshop",
                violation_error_message=_("This person already facilitates this workshop."),
            )
        ]

    def __str__(self):
        return str(self.user)


class NoteTaker(models.Model):
    """Whoever typed notes at a workshop, known for the workshop only, never for one testimony."""

    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.CASCADE, related_name="note_takers"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="note_takings"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "user"], name="note_taker_once")]

    def __str__(self):
        return str(self.user)
