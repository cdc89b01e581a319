"""Three hundred people ask for twelve seats at once, and what a place costs."""

import time
from datetime import timedelta
from itertools import zip_longest
from statistics import median

from django.urls import reverse
from django.utils import timezone

from cohorts.models import Track
from tests.bench.measures import at_most_times, exactly, more_than
from tests.bench.server import Visitor, all_at_once, serving
from tests.factories import make_cohort, make_participant, make_workshop
from workshops.models import RegistrationMove
from workshops.queues import rank

SEATS = {Track.NEWCOMERS: 8, Track.AGENTS: 4}
PEOPLE = {Track.NEWCOMERS: 200, Track.AGENTS: 100}
TIMED, WARM_UP = 60, 5


def measure(engine):
    fault = [seats_given_without_lock()] if engine == "postgresql" else []
    with serving() as port:
        measures = [*rush(port), price_of_a_place(port)]
    return [measure.on(engine) for measure in fault + measures]


def rush(port):
    """Everybody asks, then everybody who has a seat cancels."""
    workshop, visitors = scene(port)
    answers = send_all(workshop, visitors.values(), "register")
    confirmed, waiting = in_order(workshop, "confirmed"), in_order(workshop, "waiting")
    measures = [
        exactly("seats_confirmed", len(confirmed), sum(SEATS.values()), "people"),
        exactly("seats_waiting", len(waiting), len(visitors) - sum(SEATS.values()), "people"),
        exactly("seats_ask_errors", errors(answers), 0, "requests"),
        exactly("seats_out_of_turn", out_of_turn(workshop), 0, "people"),
    ]
    next_ones = {row.pk for track in SEATS for row in on(track, waiting)[: SEATS[track]]}
    answers = send_all(workshop, [visitors[row.participant_id] for row in confirmed], "cancel")
    promoted = {row.pk for row in in_order(workshop, "confirmed")}
    return [
        *measures,
        exactly("seats_promoted_in_turn", len(promoted & next_ones), len(next_ones), "people"),
        exactly("seats_promoted_out_of_turn", len(promoted - next_ones), 0, "people"),
        exactly("seats_cancel_errors", errors(answers), 0, "requests"),
    ]


def seats_given_without_lock():
    """The same rush on the product without its lock, which gives more seats than there are."""
    with serving("tests.bench.without_lock", threads=16) as port:
        workshop, visitors = scene(port)
        send_all(workshop, visitors.values(), "register")
    given = workshop.registrations.confirmed().count()
    return more_than("seats_given_without_lock", given, sum(SEATS.values()), "people")


def price_of_a_place(port):
    """Asking for a place, beside choosing a language: one row through the same middleware."""
    workshop = next_week(capacity=TIMED, newcomer_seats=TIMED // 2)
    placed, bare = [], []
    for _each in range(WARM_UP + TIMED):
        visitor = Visitor(port, make_participant(workshop.cohort).user)
        bare.append(milliseconds(visitor, reverse("set_language"), language="ar"))
        placed.append(milliseconds(visitor, address(workshop, "register")))
    value, base = median(placed[WARM_UP:]), median(bare[WARM_UP:])
    return at_most_times("seats_price_of_a_place", value, base, 3, "ms")


def scene(port):
    """Return a workshop and {participant's key: visitor}, the two tracks mixed."""
    kept = {"newcomer_seats": SEATS[Track.NEWCOMERS], "agent_seats": SEATS[Track.AGENTS]}
    workshop = next_week(capacity=sum(SEATS.values()), **kept)
    tracks = [[track] * many for track, many in PEOPLE.items()]
    mixed = [track for pair in zip_longest(*tracks) for track in pair if track]
    people = [make_participant(workshop.cohort, track) for track in mixed]
    return workshop, {person.pk: Visitor(port, person.user) for person in people}


def next_week(**more):
    starts_at = timezone.now() + timedelta(days=7)
    today = timezone.now().date()
    cohort = make_cohort(starts_on=today, ends_on=today + timedelta(days=90))
    return make_workshop(cohort, starts_at, mode="registration", **more)


def send_all(workshop, visitors, view):
    path = address(workshop, view)
    return all_at_once([lambda visitor=each: visitor.post(path) for each in visitors])


def address(workshop, view):
    return reverse(f"workshops:{view}", args=[workshop.cohort.slug, workshop.pk])


def errors(answers):
    return sum(status != 302 for status in answers)


def in_order(workshop, status):
    """Registrations in the order in which their first move was written under the lock."""
    asked = first_moves(workshop)
    rows = workshop.registrations.filter(status=status).select_related("participant", "workshop")
    return sorted(rows, key=lambda row: asked[row.pk])


def first_moves(workshop):
    moves = RegistrationMove.objects.filter(registration__workshop=workshop).order_by("-pk")
    return dict(moves.values_list("registration", "pk"))


def on(track, rows):
    return [row for row in rows if row.track == track]


def out_of_turn(workshop):
    """How many wait although they asked before somebody of their track who has a seat, or are
    told another rank than the one in which they asked.
    """
    confirmed, waiting = in_order(workshop, "confirmed"), in_order(workshop, "waiting")
    asked, wrong = first_moves(workshop), 0
    for track in SEATS:
        last = max((asked[row.pk] for row in on(track, confirmed)), default=0)
        for place, row in enumerate(on(track, waiting), start=1):
            wrong += asked[row.pk] < last or rank(row) != place
    return wrong


def milliseconds(visitor, path, **typed):
    began = time.perf_counter()
    assert visitor.post(path, **typed) == 302
    return (time.perf_counter() - began) * 1000
