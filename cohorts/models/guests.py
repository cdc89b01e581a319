from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.languages import language_name


class Guest(models.Model):
    """Somebody from outside who comes to a workshop: a first name, a language, no account."""

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="guests",
    )
    first_name = models.CharField(_("first name"), max_length=100)
    language = models.CharField(_("language"), max_length=10, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["first_name", "id"]
        verbose_name = _("guest")
        verbose_name_plural = _("guests")

    def __str__(self):
        return self.first_name

    @property
    def language_name(self):
        return language_name(self.language) if self.language else ""
