from datetime import timedelta

from django.utils import timezone

from cohorts.models import Participant
from tests.access import thread
from tests.access.table import EVERYBODY_IN_COHORT, STAFF_ONLY, Row
from tests.factories import NOW, make_guest, make_participant, make_workshop
from workshops import allocation
from workshops.models import CalendarFeed

STAFF_POST = ("in", 404, 403, 403, 403, 403, 302, 404)
SIGNED_IN = ("in", 200, 200, 200, 200, 200, 200, 200)
SIGNED_IN_POST = ("in", 302, 302, 302, 302, 302, 302, 302)
EVERYBODY = (200,) * 8
NOBODY = (404,) * 8
WHO_RUNS_IT = ("in", 404, 403, 403, 403, 200, 200, 404)
PARTICIPANTS = ("in", 404, 200, 200, 403, 403, 403, 404)


def of_workshop(world):
    return [world["cohort"].slug, world["workshop"].pk]


def of_coming_workshop(world):
    workshop = make_workshop(world["cohort"], timezone.now() + timedelta(days=1))
    return [world["cohort"].slug, workshop.pk]


def of_person(world):
    return [world["cohort"].slug, Participant.objects.get(user=world["newcomer"]).pk]


def of_facilitation(world):
    return [*of_workshop(world), world["workshop"].facilitations.get().pk]


def of_expected_person(world):
    return [*of_workshop(world), Participant.objects.get(user=world["newcomer"]).pk]


def of_registration(world, person=None):
    person = person or make_participant(world["cohort"])
    world["workshop"].guests_allowed = True
    world["workshop"].save()
    registration = allocation.ask(world["workshop"], person, by=None, at=NOW)
    return [*of_workshop(world), registration.pk]


def of_guest(world):
    return of_registration(world, make_guest(world["cohort"]))


def with_own_feed(world):
    for role in ("newcomer", "staff"):
        CalendarFeed.objects.renew(world[role])
    return []


def with_cohort_feed(world):
    CalendarFeed.objects.renew(world["staff"], world["cohort"])
    return [world["cohort"].slug]


def of_feed(world):
    return [CalendarFeed.objects.renew(world["newcomer"]).token]


def of_cohort_feed(world):
    return [CalendarFeed.objects.renew(world["staff"], world["cohort"]).token]


def of_unknown_feed(world):
    return ["x" * 54]


ROWS = [
    # Workshops and their people
    Row("workshops:list", EVERYBODY_IN_COHORT),
    Row("workshops:add", STAFF_ONLY),
    Row("workshops:show", EVERYBODY_IN_COHORT, of_workshop),
    Row("workshops:edit", STAFF_ONLY, of_workshop),
    Row("workshops:remove", STAFF_ONLY, of_workshop),
    Row("workshops:move", STAFF_POST, of_workshop, method="post"),
    Row("workshops:call_off", STAFF_ONLY, of_workshop),
    Row("workshops:seats", STAFF_ONLY, of_workshop),
    Row("workshops:half_days", STAFF_ONLY, of_workshop),
    Row("workshops:facilitators", STAFF_ONLY, of_workshop),
    # Last among the roles that see it, staff end the facilitation.
    Row("workshops:facilitator_remove", STAFF_POST, of_facilitation, method="post"),
    Row("workshops:calendar_file", EVERYBODY_IN_COHORT, of_workshop, is_page=False),
    Row("workshops:feed", SIGNED_IN, lambda world: []),
    Row("workshops:feed", SIGNED_IN, with_own_feed),
    Row("workshops:feed", SIGNED_IN_POST, lambda world: [], method="post"),
    Row("workshops:cohort_feed", STAFF_ONLY),
    Row("workshops:cohort_feed", STAFF_ONLY, with_cohort_feed),
    Row("workshops:cohort_feed", STAFF_POST, method="post"),
    # The secret in the address is what opens these, whoever asks.
    Row("workshops:feed_file", EVERYBODY, of_feed, is_page=False),
    Row("workshops:feed_file", EVERYBODY, of_cohort_feed, is_page=False),
    Row("workshops:feed_file", NOBODY, of_unknown_feed, is_page=False),
    # Facilitating another workshop does not open this one.
    Row(
        "workshops:register",
        ("in", 404, 302, 302, 403, 404, 403, 404),
        of_coming_workshop,
        method="post",
    ),
    Row(
        "workshops:cancel",
        ("in", 404, 302, 302, 403, 404, 403, 404),
        of_coming_workshop,
        method="post",
    ),
    Row("workshops:register_people", STAFF_ONLY, of_workshop),
    Row("workshops:person_cannot_come", STAFF_ONLY, of_expected_person),
    Row("workshops:guest_add", STAFF_ONLY, of_workshop),
    Row("workshops:guest_edit", STAFF_ONLY, of_guest),
    Row("workshops:registration_cancel", STAFF_ONLY, of_registration),
    Row("workshops:registration_override", STAFF_ONLY, of_registration),
    Row("workshops:needs", PARTICIPANTS),
    Row("workshops:attendance", WHO_RUNS_IT, of_workshop),
    Row("workshops:attendance_close", WHO_RUNS_IT, of_workshop),
    Row("workshops:attendance_correct", STAFF_ONLY, of_workshop),
    Row("workshops:person_withdraw", STAFF_ONLY, of_person),
    *thread.ROWS,
]
