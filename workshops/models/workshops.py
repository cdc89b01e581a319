from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.languages import validate_languages
from cohorts.models import Cohort, Participant, Track
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField

NOON = time(13)


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all; once no draft any more, also the track's participants and coordinators."""
        own = user.participations.present()
        for_the_own_track = (
            Q(track="", cohort__in=own.values("cohort"))
            | Q(track=Track.NEWCOMERS, cohort__in=own.newcomers().values("cohort"))
            | Q(track=Track.AGENTS, cohort__in=own.agents().values("cohort"))
        )
        coordinated = Q(cohort__in=user.appointments.of_coordinators().values("cohort"))
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | Q(pk__in=user.facilitations.values("workshop"))
            | (~Q(status=Workshop.Status.DRAFT) & (for_the_own_track | coordinated))
        )

    def facilitated_by(self, user):
        return self.filter(facilitations__user=user)

    def listening(self):
        return self.filter(kind=Workshop.Kind.LISTENING)

    def not_cancelled(self):
        return self.exclude(status=Workshop.Status.CANCELLED)

    def held(self):
        return self.filter(status=Workshop.Status.HELD)

    def upcoming(self, at):
        return self.not_cancelled().filter(ends_at__gte=at).order_by("starts_at")

    def with_attendance_missing(self, at):
        """Over, but nobody has closed their attendance."""
        return self.not_cancelled().exclude(status=Workshop.Status.HELD).filter(ends_at__lt=at)

    def with_notes_to_close(self, at):
        return (
            self.not_cancelled()
            .filter(notes_closed_at=None, ends_at__lt=at, testimonies__isnull=False)
            .distinct()
        )


class Workshop(Recorded):
    """Any dated gathering of a cohort."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training session")
        LISTENING = "listening", _("listening workshop")
        JOINT_MEETING = "joint_meeting", _("joint meeting")
        CO_CREATION = "co_creation", _("co-creation workshop")
        RESTITUTION = "restitution", _("restitution")
        STEERING = "steering", _("steering committee")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("registration closed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    class Mode(models.TextChoices):
        EXPECTED = "expected", _("everybody of the group is expected")
        REGISTRATION = "registration", _("by registration")

    MOVES = {
        Status.DRAFT: {Status.OPEN, Status.HELD, Status.CANCELLED},
        Status.OPEN: {Status.DRAFT, Status.CLOSED, Status.HELD, Status.CANCELLED},
        Status.CLOSED: {Status.OPEN, Status.HELD, Status.CANCELLED},
        Status.HELD: set(),
        Status.CANCELLED: {Status.DRAFT},
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    phase = models.ForeignKey(
        "cohorts.Phase",
        verbose_name=_("phase"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = TranslatedField(
        _("title"), blank=True, help_text=_("Left empty, its kind is its title.")
    )
    outcome = TranslatedField(_("what came out of it"), long=True, blank=True)
    track = models.CharField(
        _("group"),
        max_length=20,
        choices=Track,
        blank=True,
        help_text=_("Left empty, it is for both groups."),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(_("place"), max_length=250, blank=True)
    map_url = models.URLField(_("link to a map"), blank=True)
    online_url = models.URLField(_("link to join online"), blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages]
    )
    mode = models.CharField(_("who comes"), max_length=20, choices=Mode, default=Mode.EXPECTED)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Left empty, there is no limit.")
    )
    newcomer_seats = models.PositiveIntegerField(_("seats kept for newcomers"), default=0)
    agent_seats = models.PositiveIntegerField(_("seats kept for public agents"), default=0)
    guests_allowed = models.BooleanField(_("people from outside may come"), default=False)
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    notes_closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    notes_closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                name="workshop_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                name="kept_seats_fit_capacity",
                condition=Q(capacity=None)
                | Q(capacity__gte=F("newcomer_seats") + F("agent_seats")),
                violation_error_message=_("More seats are kept than there are."),
            ),
        ]

    def __str__(self):
        return str(self.title) or str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("workshops:show", args=[self.cohort.slug, self.pk])

    @property
    def notes_are_open(self):
        return self.kind == self.Kind.LISTENING and self.notes_closed_at is None

    @property
    def local_start(self):
        return timezone.localtime(self.starts_at, self.cohort.zone)

    @property
    def local_end(self):
        return timezone.localtime(self.ends_at, self.cohort.zone)

    def is_past(self, at):
        return self.ends_at < at

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def move_to(self, status):
        """Change the state; answer whether it moved, so that two clicks count once."""
        if not self.can_move_to(status):
            return False
        moved = Workshop.objects.filter(pk=self.pk, status=self.status).update(status=status)
        if moved:
            self.status = status
        return bool(moved)

    def expected_participants(self):
        """Everybody of the workshop's group who has not withdrawn."""
        return Participant.objects.filter(cohort=self.cohort_id).present().on_track(self.track)

    def proposed_half_days(self):
        """Return the [(date, part)] that it touches; a day is cut in two at 13:00, local time."""
        proposed, day = [], self.local_start.date()
        while day <= self.local_end.date():
            cut = datetime.combine(day, NOON, self.cohort.zone)
            midnight = datetime.combine(day, time(0), self.cohort.zone)
            if self.starts_at < cut and self.ends_at > midnight:
                proposed.append((day, HalfDay.Part.MORNING))
            next_midnight = datetime.combine(day + timedelta(days=1), time(0), self.cohort.zone)
            if self.ends_at > cut and self.starts_at < next_midnight:
                proposed.append((day, HalfDay.Part.AFTERNOON))
            day += timedelta(days=1)
        return proposed

    @transaction.atomic
    def renew_half_days(self):
        """Bring the half-days into line with the times; those with attendance stay."""
        wanted = set(self.proposed_half_days())
        for half_day in self.half_days.filter(attendances=None):
            if (half_day.date, half_day.part) not in wanted:
                half_day.delete()
        there = set(self.half_days.values_list("date", "part"))
        HalfDay.objects.bulk_create(
            HalfDay(workshop=self, date=date, part=part) for date, part in wanted - there
        )


class HalfDay(models.Model):
    """A morning or an afternoon of a workshop, for which presence is taken."""

    class Part(models.TextChoices):
        MORNING = "1_morning", _("morning")
        AFTERNOON = "2_afternoon", _("afternoon")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="half_days")
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
        return f"{self.date:%d/%m} {self.get_part_display()}"


class Facilitation(Recorded):
    """Makes somebody facilitate a workshop; takes no seat and opens this workshop's things only."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="facilitations")
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

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="note_takers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="note_takings"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "user"], name="note_taker_once")]

    def __str__(self):
        return str(self.user)
