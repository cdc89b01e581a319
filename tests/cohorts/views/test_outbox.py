import pytest
from django.urls import reverse

from cohorts import outbox
from tests.factories import NOW, make_cohort, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(cohort):
    cohort.messages_on = True
    cohort.save()
    return outbox.queue(cohort, make_user(), "It has moved", "To Pantin.", NOW)


def press(visitor, name, message):
    visitor.post(reverse(f"cohorts:{name}", args=[message.cohort.slug, message.pk]))
    message.refresh_from_db()
    return message.status


def test_outbox_lists_the_messages_of_the_cohort(sign_in, staff, cohort, message):
    other = make_cohort(cohort.programme, messages_on=True)
    outbox.queue(other, make_user(), "Elsewhere", "…", NOW)
    page = sign_in(staff).get(reverse("cohorts:outbox", args=[cohort.slug])).context["page"]
    assert list(page) == [message]


def test_message_is_shown_whole(sign_in, staff, cohort, message):
    page = sign_in(staff).get(reverse("cohorts:message", args=[cohort.slug, message.pk]))
    assert "To Pantin." in page.content.decode()


def test_message_is_held_back_and_released(sign_in, staff, message):
    visitor = sign_in(staff)
    assert press(visitor, "message_hold", message) == "held"
    assert outbox.send_all(NOW) == (0, 0)
    assert press(visitor, "message_release", message) == "queued"


def test_message_that_was_sent_is_held_no_more(sign_in, staff, message):
    outbox.send_all(NOW)
    message.refresh_from_db()
    assert press(sign_in(staff), "message_hold", message) == "sent"
