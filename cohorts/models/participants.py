from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cohorts.folding import fold
from cohorts.languages import language_name, validate_languages
from cohorts.models.recorded import Recorded


class Track(models.TextChoices):
    NEWCOMERS = "newcomers", _("newcomers")
    AGENTS = "agents", _("public agents")


class Gender(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    NON_BINARY = "non_binary", _("non-binary")
    NOT_STATED = "not_stated", _("not stated")


class AgeBand(models.TextChoices):
    UNDER_26 = "under_26", _("under 26")
    FROM_26 = "26_39", _("26 to 39")
    FROM_40 = "40_59", _("40 to 59")
    OVER_59 = "over_59", _("60 and over")
    NOT_STATED = "not_stated", _("not stated")


class ParticipantQuerySet(models.QuerySet):
    def present(self):
        """Those who have not withdrawn."""
        return self.exclude(status=Participant.Status.WITHDRAWN)

    def present_on(self, day):
        """Those who had not withdrawn by that day."""
        return self.exclude(status=Participant.Status.WITHDRAWN, ended_on__lte=day)

    def newcomers(self):
        return self.filter(track=Track.NEWCOMERS)

    def agents(self):
        return self.filter(track=Track.AGENTS)

    def search(self, text):
        return self.filter(user__name_folded__contains=fold(text))

    def with_attendance(self):
        """Annotate `half_days`, for which presence was taken, and `present_half_days` of them."""
        taken = Count("registrations__attendances", distinct=True)
        present = Q(registrations__attendances__state="present")
        # Ordered here: Django leaves Meta's order out of queries that group.
        return self.annotate(
            half_days=taken,
            present_half_days=Count("registrations__attendances", filter=present, distinct=True),
        ).order_by("user__name_folded", "id")

    def with_card(self):
        cards = self.model._meta.get_field("cards").related_model
        in_force = cards.objects.in_force().filter(participant=models.OuterRef("pk"))
        return self.annotate(has_card=models.Exists(in_force))

    def on_track(self, track):
        return self.filter(track=track) if track else self

    def visible_to(self, user):
        """Staff see all, a coordinator the agents of the own organisation, everybody themselves."""
        staff = user.appointments.of_staff()
        return self.filter(
            Q(cohort__in=staff.values("cohort"))
            | Q(cohort__programme__in=staff.values("programme"))
            | Q(user=user)
            | Q(pk__in=self.model.objects.coordinated_by(user).values("pk"))
        )

    def coordinated_by(self, user):
        """The agents of an organisation whose coordinator the user is, in the same cohort."""
        own = user.appointments.of_coordinators().filter(
            cohort=models.OuterRef("cohort"), organisation=models.OuterRef("organisation")
        )
        return self.agents().filter(models.Exists(own))


class Participant(Recorded):
    """A person in one cohort, on one track."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("takes part")
        COMPLETED = "completed", _("completed")
        WITHDRAWN = "withdrawn", _("withdrew")

    MOVES = {
        Status.ACTIVE: {Status.COMPLETED, Status.WITHDRAWN},
        Status.COMPLETED: {Status.ACTIVE},
        Status.WITHDRAWN: {Status.ACTIVE},
    }

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="participants",
    )
    track = models.CharField(_("group"), max_length=20, choices=Track)
    status = models.CharField(
        _("state"), max_length=20, choices=Status, default=Status.ACTIVE, editable=False
    )
    organisation = models.ForeignKey(
        "cohorts.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participants",
    )
    function = models.CharField(_("function"), max_length=200, blank=True)
    languages = models.JSONField(
        _("languages spoken"), default=list, blank=True, validators=[validate_languages]
    )
    reads_french = models.BooleanField(_("reads French"), default=True)
    # Asked once, optional; in no list and no export, only ever counted.
    gender = models.CharField(_("gender"), max_length=20, choices=Gender, default=Gender.NOT_STATED)
    age_band = models.CharField(
        _("age band"), max_length=20, choices=AgeBand, default=AgeBand.NOT_STATED
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["user__name_folded", "id"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cohort"],
                name="participant_once_per_cohort",
                violation_error_message=_("This person already takes part in this cohort."),
            ),
            models.CheckConstraint(
                name="participant_end_has_its_date",
                condition=Q(status="active", ended_on=None)
                | (~Q(status="active") & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.user.name

    @property
    def language_names(self):
        return [language_name(code) for code in self.languages]

    @property
    def attendance_percent(self):
        """Of the half-days for which presence was taken (with_attendance); None before any."""
        return round(100 * self.present_half_days / self.half_days) if self.half_days else None

    @transaction.atomic
    def set_needs(self, needs):
        """Make the practical needs those of {kind: detail}, and no others."""
        self.needs.all().delete()
        stated = [self.needs.model(participant=self, kind=k, detail=d) for k, d in needs.items()]
        # Of two forms sent at once, the one that comes second finds a need stated already.
        self.needs.bulk_create(stated, ignore_conflicts=True)

    @transaction.atomic
    def remove(self):
        """Remove somebody from whom nothing hangs, and the account when it served for nothing else.

        Raises ProtectedError while something hangs.
        """
        # First, since it protects the account from being deleted.
        self.delete()
        self.user.delete_if_used_nowhere()

    def had_left_on(self, day):
        return self.status == self.Status.WITHDRAWN and self.ended_on <= day

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def withdraw(self, *, on):
        """Record that the person left; what hangs from workshops is `workshops.withdrawal`'s."""
        return self._move(self.Status.WITHDRAWN, ended_on=on)

    def complete(self, *, on):
        return self._move(self.Status.COMPLETED, ended_on=on)

    def take_back(self):
        if self.user.erased_at:
            return False
        return self._move(self.Status.ACTIVE, ended_on=None)

    def _move(self, status, *, ended_on):
        """Answer whether it moved: a second click finds the old state gone and does nothing."""
        if not self.can_move_to(status):
            return False
        moved = Participant.objects.filter(pk=self.pk, status=self.status).update(
            status=status, ended_on=ended_on
        )
        if moved:
            self.status, self.ended_on = status, ended_on
        return bool(moved)
