from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.folding import fold
from cohorts.translated import TranslatedField


class ProgrammeQuerySet(models.QuerySet):
    def managed_by(self, user):
        return self.filter(pk__in=user.appointments.of_staff().values("programme"))

    def visible_to(self, user):
        """Those that the user is staff of, whole or for one cohort."""
        appointments = user.appointments.of_staff()
        return self.filter(
            Q(pk__in=appointments.values("programme"))
            | Q(pk__in=appointments.values("cohort__programme"))
        )


class Programme(models.Model):
    """What is run again and again by an operator for a funder."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    grant_reference = models.CharField(_("grant reference"), max_length=200, blank=True)
    funding_statement = TranslatedField(
        _("funding statement"),
        long=True,
        blank=True,
        help_text=_("The sentence that the funder asks for on every document."),
    )
    completion_percent = models.PositiveSmallIntegerField(
        _("share of half-days that counts as completed, in per cent"), default=80
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(completion_percent__range=(1, 100)),
                name="programme_completion_is_a_share",
                violation_error_message=_("Give a share between 1 and 100 per cent."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cohorts:programme", args=[self.pk])

    def lock(self):
        """Let whoever else adds to this programme wait until the transaction ends."""
        Programme.objects.select_for_update().get(pk=self.pk)

    def organisations_named(self, kinds):
        """Return {name: organisation} for {name: kind}, adding those that are not there.

        Accents and case do not matter. Of two cohorts that name the same new city at once, the
        second finds the first's.
        """
        known = {fold(each.name): each for each in self.organisations.all()}
        for name, kind in kinds.items():
            if fold(name) not in known:
                added, _is_new = self.organisations.get_or_create(
                    name=name, defaults={"kind": kind}
                )
                known[fold(name)] = added
        return {name: known[fold(name)] for name in kinds}
