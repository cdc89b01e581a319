from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from cohorts import outbox
from cohorts.models import OutboxMessage
from tests.factories import NOW, make_cohort, make_user

pytestmark = pytest.mark.django_db
Status = OutboxMessage.Status


@pytest.fixture
def cohort():
    return make_cohort(messages_on=True)


def queue(cohort, user=None):
    return outbox.queue(cohort, user or make_user(), "Workshop", "It has moved.", NOW)


def failing(*args, **kwargs):
    raise SMTPException


def states():
    return list(OutboxMessage.objects.order_by("pk").values_list("status", flat=True))


def test_queue_keeps_quiet_while_messages_are_off():
    assert queue(make_cohort()) is None
    assert OutboxMessage.objects.count() == 0


def test_queue_keeps_quiet_without_an_email(cohort):
    assert queue(cohort, make_user(email=None)) is None


def test_queue_writes_in_the_language_of_the_person(cohort):
    user = make_user(language="fr")
    message = outbox.queue(cohort, user, _("name"), "…", NOW)
    assert (message.language, message.subject) == ("fr", "nom")


def test_queue_keeps_a_subject_on_one_line(cohort):
    message = outbox.queue(cohort, make_user(), "Hello\nBcc: x@example.org", "…", NOW)
    assert message.subject == "Hello Bcc: x@example.org"


def test_send_all_sends_each_message_once(cohort):
    queue(cohort)
    assert [outbox.send_all(NOW), outbox.send_all(NOW)] == [(1, 0), (0, 0)]
    assert [each.subject for each in mail.outbox] == ["Workshop"]


def test_send_all_tries_again_what_failed(cohort, monkeypatch):
    queue(cohort)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "send_mail", failing)
        assert (outbox.send_all(NOW), states()) == ((0, 1), [Status.FAILED])
    assert (outbox.send_all(NOW), states()) == ((1, 0), [Status.SENT])


def test_send_all_is_not_stopped_by_one_failure(cohort, monkeypatch):
    first, _second = queue(cohort), queue(cohort)
    send_mail = outbox.send_mail

    def send(subject, body, sender, to):
        failing() if to == [first.user.email] else send_mail(subject, body, sender, to)

    monkeypatch.setattr(outbox, "send_mail", send)
    assert outbox.send_all(NOW) == (1, 1)


def test_send_all_leaves_what_is_held_back(cohort):
    queue(cohort).move_to(Status.HELD, at=NOW)
    assert (outbox.send_all(NOW), mail.outbox) == ((0, 0), [])


def test_send_all_leaves_a_cohort_whose_messages_were_switched_off(cohort):
    queue(cohort)
    type(cohort).objects.update(messages_on=False)
    assert outbox.send_all(NOW) == (0, 0)


@pytest.mark.parametrize("lost", [{"email": None}, {"is_active": False}])
def test_send_all_leaves_what_reaches_nobody_any_more(cohort, lost):
    message = queue(cohort)
    type(message.user).objects.filter(pk=message.user_id).update(**lost)
    assert (outbox.send_all(NOW), states()) == ((0, 0), [Status.QUEUED])


def test_message_is_claimed_by_one_sender(cohort):
    message = queue(cohort)
    twin = OutboxMessage.objects.get(pk=message.pk)
    assert message.move_to(Status.SENDING, at=NOW)
    assert not twin.move_to(Status.SENDING, at=NOW)


def test_message_whose_sending_was_cut_short_is_sent_later(cohort):
    queue(cohort).move_to(Status.SENDING, at=NOW)
    assert outbox.send_all(NOW + timedelta(minutes=5)) == (0, 0)
    assert outbox.send_all(NOW + timedelta(minutes=11)) == (1, 0)


@pytest.mark.parametrize("old", Status)
@pytest.mark.parametrize("new", Status)
def test_message_moves_as_its_table_says(cohort, old, new):
    message = queue(cohort)
    sent_at = NOW if old == Status.SENT else None
    OutboxMessage.objects.update(status=old, sent_at=sent_at)
    message.refresh_from_db()
    assert message.move_to(new, at=NOW) == (new in OutboxMessage.MOVES[old])


def test_send_outbox_says_what_it_did(cohort, capsys):
    queue(cohort)
    call_command("send_outbox")
    assert capsys.readouterr().out == "Sent: 1. Failed, to be tried again: 0.\n"
