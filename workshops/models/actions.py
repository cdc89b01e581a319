from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.dates import date_text
from cohorts.models import Cohort
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.links import relink
from workshops.models.moving import Moving
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


class Action(Moving, Referenced, Recorded):
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
        # Back, where the one answer was entered by mistake.
        Status.ANSWERED: {Status.PROPOSED},
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

    def get_absolute_url(self):
        return reverse("workshops:action", args=[self.cohort.slug, self.number])

    def propose(self, *, on):
        return self._move(self.Status.PROPOSED, proposed_on=on)

    def take_back(self):
        return self._move(self.Status.DRAFT, proposed_on=None)

    def come_from(self, ideas, *, by, at):
        relink(self.idea_links, "idea", ideas, by=by, at=at)

    @property
    def can_be_answered(self):
        return self.status != self.Status.DRAFT and self.lead_id is not None

    @transaction.atomic
    def answer(self, *, by, at, on_behalf=False, **answer):
        """Record the lead institution's answer; a later one stands beside the earlier ones.

        Raises ValidationError when the action waits for none, or for what the answer itself lacks.
        """
        if not self.can_be_answered:
            raise ValidationError(_("This action has not been proposed to an institution."))
        answer = Answer(
            action=self,
            organisation=self.lead,
            recorded_by=by,
            recorded_at=at,
            on_behalf=on_behalf,
            **answer,
        )
        answer.full_clean()
        answer.save()
        # A later answer finds it answered already, which is no fault.
        self._move(self.Status.ANSWERED)
        return answer

    @property
    def is_committed(self):
        return bool(self.latest_answer and self.latest_answer.is_commitment)

    def report_progress(self, *, by, at, on_behalf=False, **progress):
        """Record how far the commitment has come; raises ValidationError where there is none."""
        if not self.is_committed:
            raise ValidationError(_("There is no commitment to report on."))
        progress = Progress(
            action=self, recorded_by=by, recorded_at=at, on_behalf=on_behalf, **progress
        )
        progress.full_clean()
        progress.save()
        return progress

    @transaction.atomic
    def retract(self, entry, *, reason, by, at):
        """Strike out an answer or a progress entered by mistake; answer whether it still stood.

        Raises ValidationError where progress was reported on the commitment that would go.
        """
        retraction = {"retracted_at": at, "retracted_by": by, "retraction_reason": reason}
        still = type(entry).objects.filter(pk=entry.pk, action=self, retracted_at=None)
        if not still.update(**retraction):
            return False
        here = Action.objects.get(pk=self.pk)
        if entry.is_commitment and here.latest_progress and not here.is_committed:
            raise ValidationError(
                _("Progress was reported on this commitment: strike that out first.")
            )
        if here.latest_answer is None:
            self._move(self.Status.PROPOSED)
        return True

    @property
    def latest_answer(self):
        """The answer in force; prefetch `answers` where many actions are shown."""
        standing = [answer for answer in self.answers.all() if answer.stands]
        return max(standing, key=lambda a: (a.answered_on, a.pk), default=None)

    @property
    def latest_progress(self):
        standing = [progress for progress in self.progress.all() if progress.stands]
        return max(standing, key=lambda p: (p.on, p.pk), default=None)

    def days_of_silence(self, day):
        """Return how many days the institution has not answered; None when it has or need not."""
        silent = self.status == self.Status.PROPOSED and self.lead_id
        return (day - self.proposed_on).days if silent else None


class Entry(Recorded):
    """What an institution said. Only ever added; one entered by mistake is struck out, and kept."""

    on_behalf = models.BooleanField(_("entered by staff"), default=False, editable=False)
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    retraction_reason = models.CharField(_("what was wrong"), max_length=250, blank=True)

    is_commitment = False

    class Meta:
        abstract = True

    @property
    def stands(self):
        return self.retracted_at is None


class Answer(Entry):
    """An institution's answer to an action. A new answer does not undo the old one."""

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

    def clean(self):
        """Dates are measured against the action and the moment of entry."""
        if self.verdict == self.Verdict.REFUSED and not self.text:
            raise ValidationError({"text": _("Say why it is refused.")})
        if self.answered_on is None:
            return
        check_date(self, "answered_on", self.answered_on, not_before=self.action.proposed_on)
        if self.study_until and self.study_until < self.answered_on:
            raise ValidationError({"study_until": _("The study must end after the answer.")})

    @property
    def day(self):
        return self.answered_on

    @property
    def is_commitment(self):
        return self.verdict in self.COMMITMENTS


class Progress(Entry):
    """How far a commitment has come on a day, as the institution reports it."""

    class Stage(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    stage = models.CharField(_("progress"), max_length=20, choices=Stage)
    on = models.DateField(_("date"))
    text = TranslatedField(_("what was done"), long=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("progress")
        verbose_name_plural = _("progress")

    def __str__(self):
        return f"{self.action.reference}: {self.get_stage_display()}"

    @property
    def day(self):
        return self.on

    def clean(self):
        if self.stage == self.Stage.ABANDONED and not self.text:
            raise ValidationError({"text": _("Say why it is abandoned.")})
        answer = self.action.latest_answer
        if self.on and answer:
            check_date(self, "on", self.on, not_before=answer.answered_on)


def check_date(entry, name, day, *, not_before):
    """Refuse a day before `not_before` or after the moment at which the entry is recorded."""
    if not_before and day < not_before:
        raise ValidationError(
            {
                name: _("This cannot be before %(date)s.")
                % {"date": date_text(not_before, "DATE_FORMAT")}
            }
        )
    if day > entry.action.cohort.today(entry.recorded_at):
        raise ValidationError({name: _("This day is still to come.")})
