from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.references import Letter, Referenced


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all, everybody else in the cohort those that were proposed."""
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | (~Q(status=Action.Status.DRAFT) & Q(cohort__in=Cohort.objects.visible_to(user)))
        )

    def led_by(self, organisations):
        return self.filter(lead__in=organisations)

    def without_lead(self):
        return self.filter(lead=None)

    def without_source(self):
        return self.filter(idea_links=None)

    def not_answered(self):
        return self.filter(status=Action.Status.PROPOSED)


class Action(Referenced, Recorded):
    """One idea or several, worked out until an institution can answer it."""

    LETTER = Letter.ACTION

    class Area(models.TextChoices):
        TRAINING = "training", _("training for agents")
        SERVICE = "service", _("new service")
        NETWORK = "network", _("network between authorities")
        INFORMATION = "information", _("information")
        RULE = "rule", _("rule change")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("waits for its answer")
        ANSWERED = "answered", _("answered")

    MOVES = {
        Status.DRAFT: {Status.PROPOSED},
        Status.PROPOSED: {Status.DRAFT, Status.ANSWERED},
        Status.ANSWERED: set(),
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="actions",
    )
    title = TranslatedField(_("title"))
    what = TranslatedField(_("what"), long=True, blank=True)
    for_whom = TranslatedField(_("for whom"), blank=True)
    area = models.CharField(_("area"), max_length=20, choices=Area, blank=True)
    lead = models.ForeignKey(
        "cohorts.Organisation",
        verbose_name=_("led by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_actions",
    )
    lead_function = TranslatedField(_("function that leads it"), blank=True)
    partners = models.ManyToManyField(
        "cohorts.Organisation",
        verbose_name=_("partners"),
        blank=True,
        related_name="partnered_actions",
    )
    newcomers_role = TranslatedField(_("newcomers' role"), long=True, blank=True)
    first_step = TranslatedField(_("first step"), blank=True)
    first_step_on = models.DateField(_("first step by"), null=True, blank=True)
    resources = TranslatedField(_("resources"), long=True, blank=True)
    indicator = TranslatedField(_("how we will know"), long=True, blank=True)
    baseline = models.CharField(_("baseline"), max_length=100, blank=True)
    target = models.CharField(_("target"), max_length=100, blank=True)
    inclusion_check = TranslatedField(
        _("inclusion check"),
        long=True,
        blank=True,
        help_text=_("Who might be left out, and what is done about it."),
    )
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="action_number_once"),
            models.CheckConstraint(
                name="proposed_action_has_its_date",
                condition=Q(status="draft") | Q(proposed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def propose(self, *, on):
        return self._move(self.Status.PROPOSED, proposed_on=on)

    def take_back(self):
        return self._move(self.Status.DRAFT, proposed_on=None)

    @transaction.atomic
    def answer(self, *, by, at, on_behalf=False, **answer):
        """Record the lead institution's answer; a later one stands beside the earlier ones."""
        self._move(self.Status.ANSWERED)
        return self.answers.create(
            organisation=self.lead,
            recorded_by=by,
            recorded_at=at,
            on_behalf=on_behalf,
            **answer,
        )

    @property
    def latest_answer(self):
        """The answer in force; prefetch `answers` where many actions are shown."""
        return max(self.answers.all(), key=lambda a: (a.answered_on, a.pk), default=None)

    @property
    def latest_progress(self):
        return max(self.progress.all(), key=lambda p: (p.on, p.pk), default=None)

    def days_of_silence(self, day):
        """Return how many days the institution has not answered; None when it has or need not."""
        silent = self.status == self.Status.PROPOSED and self.lead_id
        return (day - self.proposed_on).days if silent else None

    def _move(self, status, **changes):
        if not self.can_move_to(status):
            return False
        moved = Action.objects.filter(pk=self.pk, status=self.status).update(
            status=status, **changes
        )
        if moved:
            self.status = status
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(moved)


class Answer(Recorded):
    """An institution's answer to an action. Only ever added: a new answer does not undo the old."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        WITH_CHANGES = "with_changes", _("accepted with changes")
        TO_STUDY = "to_study", _("to be studied")
        REFUSED = "refused", _("refused")

    class Level(models.TextChoices):
        SERVICE = "service", _("service")
        DIRECTION = "direction", _("direction")
        ELECTED = "elected", _("elected official")
        COUNCIL = "council", _("council vote")

    COMMITMENTS = {Verdict.ACCEPTED, Verdict.WITH_CHANGES}

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="answers"
    )
    verdict = models.CharField(_("answer"), max_length=20, choices=Verdict)
    level = models.CharField(_("decided by"), max_length=20, choices=Level)
    answered_on = models.DateField(_("answered on"))
    study_until = models.DateField(_("studied until"), null=True, blank=True)
    text = TranslatedField(_("in their words"), long=True, blank=True)
    on_behalf = models.BooleanField(_("entered by staff"), default=False, editable=False)

    class Meta:
        ordering = ["answered_on", "id"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="study_has_its_end",
                condition=~Q(verdict="to_study") | Q(study_until__isnull=False),
                violation_error_message=_("Say until when it will be studied."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_verdict_display()}"

    @property
    def is_commitment(self):
        return self.verdict in self.COMMITMENTS


class Progress(Recorded):
    """How far a commitment has come on a day, as the institution reports it. Only ever added."""

    class Stage(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    stage = models.CharField(_("progress"), max_length=20, choices=Stage)
    on = models.DateField(_("date"))
    text = TranslatedField(_("what was done"), long=True, blank=True)
    on_behalf = models.BooleanField(_("entered by staff"), default=False, editable=False)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("progress")
        verbose_name_plural = _("progress")

    def __str__(self):
        return f"{self.action.reference}: {self.get_stage_display()}"
