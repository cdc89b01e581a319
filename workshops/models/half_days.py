from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class HalfDay(models.Model):
    """A morning or an afternoon of a workshop, for which presence is taken."""

    class Part(models.TextChoices):
        MORNING = "1_morning", _("morning")
        AFTERNOON = "2_afternoon", _("afternoon")

    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.CASCADE, related_name="half_days"
    )
    date = models.DateField(_("date"))
    part = models.CharField(_("half-day"), max_length=20, choices=Part)

    class Meta:
        ordering = ["date", "part"]
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "date", "part"], name="half_day_once")
        ]

    def __str__(self):
        return f"{date_format(self.date, 'j N')} {self.get_part_display()}"
