"""Mails are written into the outbox with what gives them their reason, and sent from there."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import override

from cohorts.models import OutboxMessage

log = logging.getLogger(__name__)
Status = OutboxMessage.Status


def queue(cohort, user, subject, body, at):
    """Write a message in the person's language; answer it, or None where nothing is to be sent.

    `subject` and `body` are lazy translations or plain text. Nothing is sent while the cohort's
    messages are off, nor to somebody without an e-mail.
    """
    if not (cohort.messages_on and user.email and user.is_active):
        return None
    # Here, not when it is sent: staff read in the outbox what the person will read.
    with override(user.language):
        return OutboxMessage.objects.create(
            cohort=cohort,
            user=user,
            language=user.language,
            subject=" ".join(str(subject).split())[:250],
            body=str(body),
            queued_at=at,
        )


def send_all(at):
    """Send what waits, each message once; answer how many were sent and how many failed."""
    waiting = OutboxMessage.objects.to_send(at).select_related("user")
    outcomes = [send(message, at) for message in waiting if message.move_to(Status.SENDING, at=at)]
    return outcomes.count(True), outcomes.count(False)


def send(message, at):
    try:
        send_mail(message.subject, message.body, None, [message.user.email])
    # The kind alone is logged: a mail server's words hold the address.
    except (SMTPException, OSError) as error:
        log.warning("Message %s could not be sent: %s", message.pk, type(error).__name__)
        message.move_to(Status.FAILED, at=at)
        return False
    return message.move_to(Status.SENT, at=at)
