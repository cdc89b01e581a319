"""The first line of every view about a cohort: fetch it within what the user may see, or refuse."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cohorts.models import Cohort, Programme


def visible_cohort(request, slug):
    """Return the cohort, or answer 404; from here on the request speaks the cohort's local time."""
    cohorts = Cohort.objects.visible_to(request.user).with_may_manage(request.user)
    cohort = get_object_or_404(cohorts.select_related("programme", "host"), slug=slug)
    # CohortTimeMiddleware takes it back after the request.
    timezone.activate(cohort.zone)
    request.cohort = cohort
    request.can_manage = cohort.may_manage
    return cohort


def managed_cohort(request, slug):
    """Return the cohort to its staff; 404 to whoever may not see it, 403 to who may only see."""
    cohort = visible_cohort(request, slug)
    if not request.can_manage:
        raise PermissionDenied
    return cohort


def visible_programme(request, pk):
    """Return the programme to its staff and to the staff of one of its cohorts; 404 to others."""
    return get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
