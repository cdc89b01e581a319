from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.links import relink
from workshops.models.references import Letter, Referenced


class SubjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all, everybody else in the cohort what is released or chosen."""
        shown = Q(released_at__isnull=False) | Q(status=Subject.Status.CHOSEN)
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | (shown & Q(cohort__in=Cohort.objects.visible_to(user)))
        )

    def release(self, *, at):
        """Show these to the whole cohort; answer how many were not shown before."""
        return self.filter(released_at=None).update(released_at=at)

    def chosen(self):
        return self.filter(status=Subject.Status.CHOSEN)

    def candidates(self):
        return self.filter(status=Subject.Status.CANDIDATE)


class Subject(Referenced, Recorded):
    """A candidate working question that both groups could take up; at most one is chosen."""

    LETTER = Letter.SUBJECT

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        CHOSEN = "chosen", pgettext_lazy("subject", "chosen")
        SET_ASIDE = "set_aside", pgettext_lazy("subject", "set aside")

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="subjects",
    )
    question = TranslatedField(_("question"), long=True, help_text=_("It begins with “How …”."))
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=Status,
        default=Status.CANDIDATE,
        editable=False,
    )

    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="subject_number_once"),
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(status="chosen"),
                name="one_chosen_subject_per_cohort",
                violation_error_message=_("This cohort has already chosen its subject."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.question}"

    def get_absolute_url(self):
        return reverse("workshops:subject", args=[self.cohort.slug, self.number])

    def build_on(self, themes, *, by, at):
        """Have it rest on these themes and no others."""
        relink(self.theme_links, "theme", themes, by=by, at=at)


class Decision(Recorded):
    """How a cohort chose its common subject: options, outcome, reason, and when it was reopened.

    `workshops.decisions` alone writes it.
    """

    class Method(models.TextChoices):
        VOTE = "vote", _("vote")
        CONSENSUS = "consensus", _("consensus in the room")

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="decisions")
    subject = models.ForeignKey(
        Subject,
        verbose_name=_("chosen subject"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    workshop = models.ForeignKey(
        "workshops.Workshop",
        verbose_name=_("workshop"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    method = models.CharField(_("how"), max_length=20, choices=Method)
    decided_on = models.DateField(_("decided on"))
    reason = TranslatedField(_("why this one"), long=True, blank=True)
    newcomer_voters = models.PositiveIntegerField(
        _("newcomers who took part"), null=True, blank=True
    )
    agent_voters = models.PositiveIntegerField(
        _("public agents who took part"), null=True, blank=True
    )
    reopened_on = models.DateField(_("reopened on"), null=True, blank=True)
    reopened_reason = models.TextField(_("why it was reopened"), blank=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(reopened_on=None),
                name="one_decision_in_force_per_cohort",
                violation_error_message=_("This cohort has already chosen its subject."),
            ),
            models.CheckConstraint(
                name="reopening_has_its_reason",
                condition=Q(reopened_on=None) | ~Q(reopened_reason=""),
                violation_error_message=_("Say why the decision is reopened."),
            ),
            models.CheckConstraint(
                name="vote_has_its_voters",
                condition=Q(method="consensus")
                | Q(newcomer_voters__isnull=False, agent_voters__isnull=False),
                violation_error_message=_("Say how many of each group took part in the vote."),
            ),
        ]

    def __str__(self):
        return f"{self.get_method_display()}: {self.subject}"


class DecisionOption(models.Model):
    """What one candidate subject received, counted per track so that twenty do not drown seven."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="options")
    newcomer_votes = models.PositiveIntegerField(_("newcomers for it"), default=0)
    agent_votes = models.PositiveIntegerField(_("public agents for it"), default=0)

    class Meta:
        ordering = ["subject__number"]
        verbose_name_plural = _("results of a vote")
        constraints = [
            models.UniqueConstraint(fields=["decision", "subject"], name="option_once_per_decision")
        ]

    def __str__(self):
        return f"{self.subject.reference}: {self.newcomer_votes} + {self.agent_votes}"

    @property
    def has_support_of_each_track(self):
        """Whether each track voted, and at least half of its voters are for it."""
        newcomers, agents = self.decision.newcomer_voters, self.decision.agent_voters
        return 0 < newcomers <= 2 * self.newcomer_votes and 0 < agents <= 2 * self.agent_votes
