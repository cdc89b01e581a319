from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.links import relink
from workshops.models.moving import Moving
from workshops.models.references import Letter, Referenced


class IdeaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all, a workshop's facilitator its own, everybody else what is released."""
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | Q(workshop__in=user.facilitations.values("workshop"))
            | Q(released_at__isnull=False, cohort__in=Cohort.objects.visible_to(user))
        )

    def without_decision(self):
        return self.filter(status=Idea.Status.PROPOSED)

    def retained(self):
        return self.filter(status=Idea.Status.RETAINED)

    def set_aside(self):
        return self.filter(status=Idea.Status.SET_ASIDE)

    def by_table(self):
        """Those of no table last, on SQLite as on PostgreSQL."""
        return self.order_by(F("table_number").asc(nulls_last=True), "number")

    def release(self, *, at):
        """Show these to the whole cohort; answer how many were not shown before."""
        return self.filter(released_at=None).update(released_at=at)


class Idea(Moving, Referenced, Recorded):
    """What a table proposes in co-creation."""

    LETTER = Letter.IDEA

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        RETAINED = "retained", _("retained")
        SET_ASIDE = "set_aside", _("set aside")

    MOVES = {
        Status.PROPOSED: {Status.RETAINED, Status.SET_ASIDE},
        Status.RETAINED: {Status.PROPOSED, Status.SET_ASIDE},
        Status.SET_ASIDE: {Status.PROPOSED, Status.RETAINED},
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="ideas",
    )
    workshop = models.ForeignKey(
        "workshops.Workshop",
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ideas",
    )
    table_number = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)
    title = TranslatedField(_("idea"))
    description = TranslatedField(_("in more words"), long=True, blank=True)
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=Status,
        default=Status.PROPOSED,
        editable=False,
    )
    set_aside_reason = TranslatedField(_("why it was set aside"), long=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="idea_number_once"),
            models.CheckConstraint(
                name="idea_set_aside_has_its_reason",
                condition=~Q(status="set_aside") | ~Q(set_aside_reason={}),
                violation_error_message=_("Say why it is set aside."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return reverse("workshops:idea", args=[self.cohort.slug, self.number])

    def retain(self):
        return self._move(self.Status.RETAINED, set_aside_reason={})

    def set_aside(self, *, reason):
        """Decide against it, saying why; answer whether it moved."""
        return bool(reason) and self._move(self.Status.SET_ASIDE, set_aside_reason=reason)

    def reconsider(self):
        return self._move(self.Status.PROPOSED, set_aside_reason={})

    def answer_themes(self, themes, *, by, at):
        relink(self.theme_links, "theme", themes, by=by, at=at)

    def come_under(self, subjects, *, by, at):
        relink(self.subject_links, "subject", subjects, by=by, at=at)
