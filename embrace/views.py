from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.views.access import visible_cohort
from embrace import board as cohort_board
from embrace.homes import home_of
from embrace.todos import todos


def home(request):
    """Staff of one cohort find its board, of several the list; everybody else their own page."""
    here = home_of(request.user, timezone.now())
    if here.is_only_staff:
        return redirect(here.managed[0]) if len(here.managed) == 1 else redirect("cohorts:list")
    return render(request, "embrace/home.html", {"home": here})


def board(request, slug):
    cohort = visible_cohort(request, slug)
    if not request.can_manage:
        return redirect("home")
    now = timezone.now()
    workshop, seats = cohort_board.next_workshop(cohort, now)
    return render(
        request,
        "embrace/board.html",
        {
            "stages": cohort_board.stages(cohort, cohort.today(now)),
            "todos": todos(cohort, now),
            "next_workshop": workshop,
            "seats": seats,
            "people": cohort_board.people_by_track(cohort),
        },
    )
