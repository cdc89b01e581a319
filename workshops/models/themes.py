from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.references import Letter, Referenced


class ThemeQuerySet(models.QuerySet):
    def released(self):
        return self.filter(status=Theme.Status.RELEASED)

    def visible_to(self, user):
        """Staff see all, everybody else in the cohort what is released."""
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | Q(status=Theme.Status.RELEASED, cohort__in=Cohort.objects.visible_to(user))
        )

    def with_testimony_count(self):
        kept = Q(testimony_links__testimony__status="kept")
        return self.annotate(
            testimony_count=Count("testimony_links", filter=kept),
            withdrawn_count=Count(
                "testimony_links", filter=~kept & Q(testimony_links__isnull=False)
            ),
        )


class Theme(Referenced, Recorded):
    """What groups testimonies, with the need that it expresses."""

    LETTER = Letter.THEME

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        VALIDATED = "validated", _("validated with newcomers")
        RELEASED = "released", _("released")

    MOVES = {
        Status.DRAFT: {Status.VALIDATED},
        Status.VALIDATED: {Status.DRAFT, Status.RELEASED},
        Status.RELEASED: {Status.VALIDATED},
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="themes",
    )
    title = TranslatedField(_("title"))
    need = TranslatedField(
        _("the need that it expresses"),
        long=True,
        blank=True,
        help_text=_("In one sentence."),
    )
    is_serious_voice = models.BooleanField(_("one voice, but serious"), default=False)
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    validated_on = models.DateField(_("validated with newcomers on"), null=True, blank=True)
    what_changed = TranslatedField(_("what changed then"), long=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="theme_number_once"),
            models.CheckConstraint(
                name="validated_theme_has_its_date",
                condition=Q(status="draft") | Q(validated_on__isnull=False),
                violation_error_message=_("Say when the theme was validated with newcomers."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def validate_with_newcomers(self, *, on, what_changed):
        return self._move(self.Status.VALIDATED, validated_on=on, what_changed=what_changed)

    def release(self):
        return self._move(self.Status.RELEASED)

    def take_back(self):
        """One state back: from released to validated, from validated to draft."""
        back = {
            self.Status.RELEASED: self.Status.VALIDATED,
            self.Status.VALIDATED: self.Status.DRAFT,
        }
        return self.status in back and self._move(back[self.status])

    def _move(self, status, **changes):
        if not self.can_move_to(status):
            return False
        moved = Theme.objects.filter(pk=self.pk, status=self.status).update(
            status=status, **changes
        )
        if moved:
            self.status = status
        return bool(moved)
