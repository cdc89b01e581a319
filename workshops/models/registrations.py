from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.recorded import Recorded
from workshops.models.moving import Moving


class RegistrationQuerySet(models.QuerySet):
    def holding_a_place(self):
        return self.filter(status__in=Registration.HOLDS_A_PLACE)

    def saying_no(self):
        return self.filter(status__in=Registration.SAID_NO)

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def waiting(self):
        return self.filter(status=Registration.Status.WAITING).order_by("queue_number")

    def on_track(self, track):
        return self.filter(participant__track=track)

    def of_guests(self):
        return self.filter(guest__isnull=False)


class Registration(Moving, Recorded):
    """A person's place at a workshop. `workshops.allocation` alone writes its state."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        DECLINED = "declined", _("can't come")
        CANCELLED = "cancelled", _("cancelled")
        # Expected, and marked as absent or excused without ever having answered.
        SILENT = "silent", _("has not said")

    MOVES = {
        Status.CONFIRMED: {Status.DECLINED, Status.CANCELLED},
        Status.WAITING: {Status.CONFIRMED, Status.DECLINED, Status.CANCELLED},
        Status.DECLINED: {Status.CONFIRMED, Status.WAITING},
        Status.CANCELLED: {Status.CONFIRMED, Status.WAITING},
        Status.SILENT: {Status.CONFIRMED, Status.WAITING, Status.DECLINED},
    }
    HOLDS_A_PLACE = {Status.CONFIRMED, Status.WAITING}
    SAID_NO = {Status.DECLINED, Status.CANCELLED}

    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.PROTECT, related_name="registrations"
    )
    participant = models.ForeignKey(
        "cohorts.Participant",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    guest = models.ForeignKey(
        "cohorts.Guest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    status = models.CharField(_("state"), max_length=20, choices=Status)
    # Taken under the workshop's lock, anew at each asking: it alone says who was first.
    queue_number = models.PositiveIntegerField()
    override_reason = models.CharField(_("why over capacity"), max_length=250, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["queue_number", "id"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.CheckConstraint(
                name="registration_of_one_person",
                condition=Q(participant__isnull=False, guest=None)
                | Q(participant=None, guest__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["workshop", "participant"],
                condition=Q(participant__isnull=False),
                name="participant_registered_once",
            ),
            models.UniqueConstraint(
                fields=["workshop", "guest"],
                condition=Q(guest__isnull=False),
                name="guest_registered_once",
            ),
            models.UniqueConstraint(
                fields=["workshop", "queue_number"], name="queue_number_given_once"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_status_display()}"

    @property
    def person(self):
        return self.participant or self.guest

    @property
    def track(self):
        return self.participant.track if self.participant else ""

    @property
    def holds_a_place(self):
        return self.status in self.HOLDS_A_PLACE


class RegistrationMove(Recorded):
    """One change of a registration's state: when, by whom, for whom, why. Only ever added."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="moves")
    status = models.CharField(_("state"), max_length=20, choices=Registration.Status)
    on_behalf = models.BooleanField(_("by staff for the person"), default=False)
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self):
        return self.get_status_display()


class AttendanceQuerySet(models.QuerySet):
    def present(self):
        return self.filter(state=Attendance.State.PRESENT)


class Attendance(Recorded):
    """Whether a registered person was there for a half-day."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    class Proof(models.TextChoices):
        SHEET = "sheet", _("signed sheet")
        STAFF = "staff", _("staff's word")

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="attendances"
    )
    half_day = models.ForeignKey(
        "workshops.HalfDay", on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(_("presence"), max_length=20, choices=State)
    proof = models.CharField(_("proof"), max_length=20, choices=Proof, default=Proof.SHEET)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["half_day__date", "half_day__part", "id"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "half_day"], name="attendance_once_per_half_day"
            )
        ]

    def __str__(self):
        return f"{self.registration.person}, {self.half_day}: {self.get_state_display()}"


class AttendanceCorrection(Recorded):
    """A change of attendance after the workshop was closed, with its reason. Only ever added."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="corrections")
    before = models.CharField(_("was"), max_length=20, choices=Attendance.State, blank=True)
    after = models.CharField(_("is"), max_length=20, choices=Attendance.State)
    reason = models.CharField(_("reason"), max_length=250)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(name="correction_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self):
        before = self.get_before_display() or _("not on the list")
        return f"{before} → {self.get_after_display()}"
