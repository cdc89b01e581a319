from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from embrace import board
from reports.models.texts import write_text
from tests.factories import (
    NOW,
    make_cohort,
    make_participant,
    make_phase,
    make_staff,
    make_testimony,
    make_workshop,
)
from workshops import allocation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.mark.parametrize(
    ("kinds", "lanes"),
    [
        (["training", "listening"], ["apart", "apart"]),
        (["training", "joint_meeting", "reporting"], ["apart", "meet", "together"]),
        (["training", "co_creation", "reporting"], ["apart", "meet", "together"]),
        (["joint_meeting", "training"], ["meet", "together"]),
        ([], []),
    ],
)
def test_lanes_meet_once(cohort, kinds, lanes):
    phases = [
        make_phase(
            cohort, kind=kind, starts_on=date(2022, 9, 1) + timedelta(days=day), ends_on=None
        )
        for day, kind in enumerate(kinds)
    ]
    assert board.lanes_of(phases) == lanes


def test_stages_say_which_is_current_and_which_ahead(cohort):
    make_phase(cohort, starts_on=date(2022, 9, 1), ends_on=date(2022, 9, 30))
    make_phase(cohort, kind="listening", starts_on=date(2022, 10, 1), ends_on=date(2022, 10, 31))
    make_phase(cohort, kind="reporting", starts_on=date(2022, 11, 1), ends_on=None)
    stages = board.stages(cohort, date(2022, 10, 3))
    states = [(stage.is_current, stage.is_ahead) for stage in stages]
    assert states == [(False, False), (True, False), (False, True)]


def test_stages_say_who_meets(cohort):
    for kind, track in (("training", ""), ("listening", "newcomers"), ("joint_meeting", "")):
        make_phase(cohort, kind=kind, track=track)
    make_phase(cohort, kind="reporting", starts_on=date(2023, 4, 1), ends_on=None)
    assert [stage.who for stage in board.stages(cohort, date(2022, 9, 3))] == [
        "Newcomers and agents, each group on its own",
        "Newcomers",
        "The two groups meet",
        "The two groups together",
    ]


def test_stages_show_a_dot_for_each_workshop(cohort):
    phase = make_phase(cohort)
    make_workshop(cohort, phase=phase, track="agents", status="held")
    make_workshop(cohort, phase=phase)
    make_workshop(cohort, phase=phase, status="cancelled")
    [stage] = board.stages(cohort, date(2022, 9, 3))
    assert stage.dots == [board.Dot("a", True), board.Dot("t", False)]


def test_stages_count_as_to_come_only_what_is_not_over(cohort):
    phase = make_phase(cohort)
    make_workshop(cohort, phase=phase)
    for day, lines in ((NOW.date(), ["1 to come", "today, 11 a.m."]), (date(2022, 10, 4), [])):
        [stage] = board.stages(cohort, day)
        assert stage.lines == lines


def test_stages_put_the_dots_of_one_group_together(cohort):
    phase = make_phase(cohort)
    for track in ("agents", "newcomers", "agents"):
        make_workshop(cohort, phase=phase, track=track)
    [stage] = board.stages(cohort, date(2022, 9, 3))
    assert [dot.letter for dot in stage.dots] == ["n", "a", "a"]


def test_stages_count_what_took_place(cohort):
    phase = make_phase(cohort, kind="listening")
    workshop = make_workshop(cohort, phase=phase, kind="listening", status="held")
    make_testimony(workshop), make_testimony(workshop), make_testimony(workshop).withdraw()
    [stage] = board.stages(cohort, date(2022, 12, 3))
    assert stage.lines == ["1 workshop held", "2 testimonies"]


def test_stages_count_written_sections(cohort):
    make_phase(cohort, kind="reporting")
    write_text(cohort, "summary", "fr", "Bonjour", seen=0, by=None, at=NOW)
    [stage] = board.stages(cohort, date(2022, 9, 3))
    assert stage.lines == ["1 of 15 sections written"]


def test_next_workshop_shows_seats_by_track(cohort):
    workshop = make_workshop(cohort, NOW + timedelta(days=2))
    newcomers = [make_participant(cohort) for _each in range(3)]
    make_participant(cohort, "agents")
    allocation.ask(workshop, newcomers[0], by=None, at=NOW)
    found, seats = board.next_workshop(cohort, NOW)
    assert found == workshop
    assert [(seat.letter, seat.taken, seat.seats) for seat in seats] == [("n", 1, 3), ("a", 0, 1)]


def test_next_workshop_is_none_when_all_is_over(cohort):
    make_workshop(cohort, NOW - timedelta(days=2))
    assert board.next_workshop(cohort, NOW) == (None, [])


def test_board_of_today_makes_few_queries(sign_in, django_assert_max_num_queries):
    cohort, soon = make_cohort(), timezone.now() + timedelta(days=1)
    make_phase(cohort, kind="reporting", starts_on=date(2022, 9, 1), ends_on=None)
    workshop = make_workshop(cohort, soon)
    for _person in range(3):
        allocation.ask(workshop, make_participant(cohort), by=None, at=NOW)
    visitor = sign_in(make_staff(cohort))
    with django_assert_max_num_queries(20):
        assert visitor.get(cohort.get_absolute_url()).context["next_workshop"] == workshop


# --- What each line says ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends_on", "day", "share"),
    [
        (date(2022, 9, 10), date(2022, 9, 1), 5),
        (date(2022, 9, 10), date(2022, 9, 5), 45),
        (date(2022, 9, 10), date(2022, 9, 10), 95),
        (date(2022, 9, 1), date(2022, 9, 1), 50),
        (None, date(2032, 9, 1), 50),
    ],
)
def test_today_stands_where_the_phase_has_come_to(cohort, ends_on, day, share):
    make_phase(cohort, starts_on=date(2022, 9, 1), ends_on=ends_on)
    [stage] = board.stages(cohort, day)
    assert stage.today == share


def test_today_stands_in_the_phase_that_began_last(cohort):
    make_phase(cohort, starts_on=date(2022, 9, 1), ends_on=None)
    make_phase(cohort, kind="listening", starts_on=date(2022, 9, 15), ends_on=None)
    stages = board.stages(cohort, date(2022, 10, 1))
    assert [stage.is_current for stage in stages] == [False, True]


def test_stages_say_at_what_time_it_is_today_where_the_cohort_is():
    cohort = make_cohort(time_zone="Pacific/Auckland")
    phase = make_phase(cohort)
    make_workshop(cohort, datetime(2022, 9, 4, 20, tzinfo=UTC), phase=phase)
    [stage] = board.stages(cohort, date(2022, 9, 5))
    assert stage.lines == ["1 to come", "today, 8 a.m."]


def test_stages_count_no_cancelled_workshop(cohort):
    phase = make_phase(cohort)
    make_workshop(cohort, phase=phase, status="cancelled")
    [stage] = board.stages(cohort, date(2022, 9, 5))
    assert (stage.lines, stage.dots) == ([], [])


def test_stages_of_a_cohort_without_phases_are_none(cohort):
    make_workshop(cohort)
    assert board.stages(cohort, NOW.date()) == []


def test_people_are_counted_by_track_without_those_who_left(cohort):
    make_participant(cohort), make_participant(cohort, "agents")
    make_participant(cohort).withdraw(on=NOW.date())
    make_participant(make_cohort())
    assert board.people_by_track(cohort) == {"newcomers": 1, "agents": 1, "total": 2}
