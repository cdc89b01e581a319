from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Far beyond EMAIL_TIMEOUT: the process that was sending must be dead by then.
GIVEN_UP_AFTER = timedelta(minutes=10)


class OutboxQuerySet(models.QuerySet):
    def to_send(self, at):
        """New ones, those that failed, and those whose sending was cut short.

        Not those whose person has lost their e-mail or account since: a mail to nobody succeeds,
        and would count as sent.
        """
        Status = OutboxMessage.Status
        cut_short = Q(status=Status.SENDING, tried_at__lt=at - GIVEN_UP_AFTER)
        waiting = Q(status__in=[Status.QUEUED, Status.FAILED]) | cut_short
        reachable = self.filter(user__is_active=True, user__email__isnull=False)
        return reachable.filter(waiting, cohort__messages_on=True).order_by("queued_at", "id")


class OutboxMessage(models.Model):
    """A mail that the product means to send; written in the transaction that gives its reason."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("to be sent")
        HELD = "held", _("held back")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    MOVES = {
        Status.QUEUED: {Status.HELD, Status.SENDING},
        Status.HELD: {Status.QUEUED},
        # Again to sending, where a process was killed while it sent.
        Status.SENDING: {Status.SENDING, Status.SENT, Status.FAILED},
        Status.FAILED: {Status.HELD, Status.SENDING},
        Status.SENT: set(),
    }

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="outbox_messages"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="outbox_messages",
    )
    language = models.CharField(max_length=10)
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=250)
    body = models.TextField(_("text"))
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.QUEUED)
    queued_at = models.DateTimeField(_("written at"), default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                name="sent_message_has_its_time",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at=None)),
            )
        ]

    def __str__(self):
        return self.subject

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def move_to(self, status, *, at):
        """Change the state; answer whether it moved, so that two senders send it once."""
        if not self.can_move_to(status):
            return False
        changes = {"status": status}
        if status == self.Status.SENDING:
            changes["tried_at"] = at
        if status == self.Status.SENT:
            changes["sent_at"] = at
        # The time of the last try too: two may find the same message cut short.
        as_it_was = OutboxMessage.objects.filter(
            pk=self.pk, status=self.status, tried_at=self.tried_at
        )
        moved = as_it_was.update(**changes)
        if moved:
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(moved)
