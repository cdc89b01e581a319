from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def to_send(self):
        return self.filter(status=OutboxMessage.Status.QUEUED)


class OutboxMessage(models.Model):
    """A mail that the product means to send; written in the transaction that gives its reason."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("to be sent")
        HELD = "held", _("held back")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    MOVES = {
        Status.QUEUED: {Status.HELD, Status.SENT, Status.FAILED},
        Status.HELD: {Status.QUEUED},
        Status.FAILED: {Status.QUEUED},
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
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.QUEUED)
    queued_at = models.DateTimeField(_("written at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                name="sent_message_has_its_time",
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at=None)),
            )
        ]

    def __str__(self):
        return self.subject

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def move_to(self, status, *, at):
        if not self.can_move_to(status):
            return False
        sent_at = at if status == self.Status.SENT else None
        return bool(
            OutboxMessage.objects.filter(pk=self.pk, status=self.status).update(
                status=status, sent_at=sent_at
            )
        )
