from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.languages import language_name, validate_languages
from cohorts.models import Cohort, Participant, Phase, Track
from cohorts.models.recorded import Recorded
from cohorts.translated import TranslatedField
from workshops.models.half_days import HasHalfDays
from workshops.models.moving import Moving
from workshops.models.registrations import Registration


def is_for_track_of(user):
    own = user.participations.present().filter(cohort=OuterRef("cohort"))
    # One subquery for both cases: this is asked with each request about a workshop.
    for_both = Exact(OuterRef("track"), Value(""))
    return Q(Exists(own.filter(Q(track=OuterRef("track")) | Q(for_both))))


def is_coordinated_by(user):
    return Q(cohort__in=user.appointments.of_coordinators().values("cohort"))


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all; once no draft any more, also the track's participants and coordinators."""
        return self.filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            # Whoever facilitates prepares it, so they see it as a draft too.
            | Q(pk__in=user.facilitations.values("workshop"))
            | (~Q(status=Workshop.Status.DRAFT) & (is_for_track_of(user) | is_coordinated_by(user)))
        )

    def announced(self):
        """Known beyond the team."""
        return self.exclude(status=Workshop.Status.DRAFT)

    def in_calendar_of(self, user):
        """The person's own: expected or with a place, facilitated, or coordinated; not declined."""
        own = Registration.objects.filter(
            workshop=OuterRef("pk"), participant__in=user.participations.present()
        )
        is_expected = is_for_track_of(user) & Q(mode=Workshop.Mode.EXPECTED)
        has_place = Q(Exists(own.holding_a_place()))
        said_no = Q(Exists(own.saying_no()))
        return self.announced().filter(
            Q(pk__in=user.facilitations.values("workshop"))
            | (~said_no & (is_expected | has_place | is_coordinated_by(user)))
        )

    def facilitated_by(self, user):
        return self.filter(facilitations__user=user)

    def listening(self):
        return self.filter(kind=Workshop.Kind.LISTENING)

    def notes_visible_to(self, user):
        """Listening workshops whose testimonies the user may read."""
        return self.listening().filter(
            Q(cohort__in=Cohort.objects.managed_by(user))
            | Q(notes_closed_at=None, pk__in=user.facilitations.values("workshop"))
        )

    def with_note_counts(self):
        """Annotate how many testimonies there are, to check, and in no theme."""
        kept = Q(testimonies__status="kept")
        quotable = kept & Q(testimonies__quotable=True, testimonies__checked_at=None)
        return self.annotate(
            note_count=Count("testimonies", filter=kept, distinct=True),
            to_check_count=Count("testimonies", filter=quotable, distinct=True),
            not_sorted_count=Count(
                "testimonies",
                filter=kept & Q(testimonies__number__isnull=False, testimonies__theme_links=None),
                distinct=True,
            ),
        )

    def not_cancelled(self):
        return self.exclude(status=Workshop.Status.CANCELLED)

    def held(self):
        return self.filter(status=Workshop.Status.HELD)

    def upcoming(self, at):
        """Not over: its end is to come, and nobody has closed its attendance."""
        ahead = self.not_cancelled().exclude(status=Workshop.Status.HELD)
        return ahead.filter(ends_at__gte=at).order_by("starts_at")

    def with_attendance_missing(self, at):
        """Over, but nobody has closed their attendance."""
        return self.not_cancelled().exclude(status=Workshop.Status.HELD).filter(ends_at__lt=at)

    def with_people(self):
        """Annotate how many are confirmed, and how many were there for at least one half-day."""
        confirmed = Q(registrations__status=Registration.Status.CONFIRMED)
        present = Q(registrations__attendances__state="present")
        return self.annotate(
            confirmed_count=Count("registrations", filter=confirmed, distinct=True),
            present_count=Count("registrations", filter=present, distinct=True),
        )

    def with_notes_to_close(self, at):
        return (
            self.not_cancelled()
            .filter(notes_closed_at=None, ends_at__lt=at, testimonies__isnull=False)
            .distinct()
        )


class Workshop(Moving, HasHalfDays, Recorded):
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

    class Registering(models.TextChoices):
        """Whether one can register oneself, computed from the state and the clock."""

        NOT_YET = "not_yet", _("registration is not open yet")
        OPEN = "open", _("registration is open")
        CLOSED = "closed", _("registration is closed")
        OVER = "over", _("it is over")
        CANCELLED = "cancelled", _("it is cancelled")

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
    PHASES = {
        Kind.TRAINING: Phase.Kind.TRAINING,
        Kind.LISTENING: Phase.Kind.LISTENING,
        Kind.JOINT_MEETING: Phase.Kind.JOINT_MEETING,
        Kind.CO_CREATION: Phase.Kind.CO_CREATION,
        Kind.RESTITUTION: Phase.Kind.REPORTING,
    }
    LONGEST = timedelta(days=14)
    WHEN_AND_WHERE = ("starts_at", "ends_at", "venue", "map_url", "online_url")

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
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    # Raised with each change of time, place or state, so that calendars take the newest.
    sequence = models.PositiveIntegerField(default=0, editable=False)
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
            models.CheckConstraint(
                name="registration_closes_after_opening",
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                violation_error_message=_("Registration must close after it opens."),
            ),
        ]

    def __str__(self):
        return str(self.title) or str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("workshops:show", args=[self.cohort.slug, self.pk])

    def clean(self):
        """The times, and what the rows that hang from the workshop no longer allow."""
        super().clean()
        if self.starts_at and self.ends_at:
            self.check_times()
        if self.pk and self.track:
            self.check_track()
        if self.pk and self.kind != self.Kind.LISTENING:
            self.check_notes()

    def check_times(self):
        if self.ends_at <= self.starts_at:
            raise ValidationError(_("The end must be after the start."))
        if self.ends_at - self.starts_at > self.LONGEST:
            raise ValidationError(_("A workshop lasts at most two weeks."))
        lost = self.half_days_with_attendance_outside()
        if lost:
            raise ValidationError(
                _("Attendance is recorded for %(half_days)s: the times must still cover it."),
                params={"half_days": ", ".join(map(str, lost))},
            )

    def check_track(self):
        people = self.registrations.holding_a_place().filter(participant__isnull=False)
        if people.exclude(participant__track=self.track).exists():
            raise ValidationError(_("People of the other group are registered already."))

    def check_notes(self):
        """Notes lie on the listening desk alone: elsewhere nobody would find or close them."""
        if self.testimonies.exists():
            raise ValidationError(_("Notes were taken here: it stays a listening workshop."))

    @property
    def language_names(self):
        return [language_name(code) for code in self.languages]

    @property
    def letter(self):
        """The lane that it is drawn in: n, a, or t for both together."""
        return self.track[:1] or "t"

    @property
    def kept_seats(self):
        return {Track.NEWCOMERS: self.newcomer_seats, Track.AGENTS: self.agent_seats}

    @property
    def notes_are_open(self):
        return self.kind == self.Kind.LISTENING and self.notes_closed_at is None

    def notes_can_be_checked_by(self, user):
        """A second person checks, never one of those who took the notes."""
        return not self.note_takers.filter(user=user).exists()

    @property
    def local_start(self):
        return timezone.localtime(self.starts_at, self.cohort.zone)

    @property
    def local_end(self):
        return timezone.localtime(self.ends_at, self.cohort.zone)

    def is_past(self, at):
        return self.ends_at < at

    def has_begun(self, at):
        return self.starts_at <= at

    def lacks_attendance(self, at):
        """Over, but nobody has closed its attendance."""
        return self.is_past(at) and self.status not in {self.Status.HELD, self.Status.CANCELLED}

    def registering(self, at):
        """Whether somebody of the workshop's group can register at that moment.

        A window without a beginning or an end is open there.
        """
        if self.status == self.Status.CANCELLED:
            return self.Registering.CANCELLED
        if self.status == self.Status.HELD or self.is_past(at):
            return self.Registering.OVER
        if self.status == self.Status.DRAFT or at < (self.registration_opens_at or at):
            return self.Registering.NOT_YET
        if self.status == self.Status.CLOSED or at > (self.registration_closes_at or at):
            return self.Registering.CLOSED
        return self.Registering.OPEN

    def has_attendance(self):
        return self.half_days.filter(attendances__isnull=False).exists()

    def move_to(self, status):
        """Change the state; answer whether it moved, so that two clicks count once.

        Where attendance was recorded, something took place, and is not cancelled any more.
        """
        if status == self.Status.CANCELLED and self.has_attendance():
            return False
        return self._move(status, sequence=self.sequence + 1)

    def change(self, names):
        """Save these fields; answer whether its time or place became another.

        The workshop is locked.
        """
        before = Workshop.objects.get(pk=self.pk)
        moved = any(getattr(before, name) != getattr(self, name) for name in self.WHEN_AND_WHERE)
        self.sequence = before.sequence + moved
        self.save(update_fields=[*names, "sequence"])
        return moved

    def expected_participants(self):
        """Everybody of the workshop's group who had not withdrawn by its day."""
        people = Participant.objects.filter(cohort=self.cohort_id)
        return people.present_on(self.local_start.date()).on_track(self.track)

    @classmethod
    def usual_kind(cls, cohort, day):
        """The kind that the phase open on that day is about; training outside all of them."""
        kinds = {phase: kind for kind, phase in cls.PHASES.items()}
        open_phase = cohort.phases.open_on(day).last()
        return kinds.get(open_phase.kind if open_phase else "", cls.Kind.TRAINING)

    def proposed_phase(self):
        """The phase that its date falls in, of its kind and its group first; None outside all."""
        phases = self.cohort.phases.open_on(self.local_start.date())
        return max(phases, key=self.fits, default=None)

    def fits(self, phase):
        return (
            phase.kind == self.PHASES.get(self.kind),
            phase.track == self.track,
            phase.starts_on,
        )
