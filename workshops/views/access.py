"""The first line of every view about a workshop: fetch it within what the user may see."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cohorts.views.access import visible_cohort
from workshops.models import Workshop
from workshops.permissions import facilitates


def visible_workshop(request, slug, pk):
    cohort = visible_cohort(request, slug)
    workshops = Workshop.objects.visible_to(request.user).filter(cohort=cohort)
    workshop = get_object_or_404(workshops.select_related("phase"), pk=pk)
    workshop.cohort = cohort
    return workshop


def managed_workshop(request, slug, pk):
    """Return the workshop to the cohort's staff; 403 to whoever may only see it."""
    workshop = visible_workshop(request, slug, pk)
    if not request.can_manage:
        raise PermissionDenied
    return workshop


def run_workshop(request, slug, pk):
    """Return the workshop to the cohort's staff and to whoever facilitates it; 403 to others."""
    workshop = visible_workshop(request, slug, pk)
    if not request.can_manage and not facilitates(request.user, workshop):
        raise PermissionDenied
    return workshop


def to_change(request, items):
    """Lock the row that a POST is about to change; its view runs in a transaction (`once`)."""
    return items.select_for_update(of=("self",)) if request.method == "POST" else items


def visible_item(request, slug, model, number):
    """Return a theme, subject, idea or action of the cohort, within what the user may see."""
    cohort = visible_cohort(request, slug)
    items = model.objects.visible_to(request.user).filter(cohort=cohort)
    item = get_object_or_404(to_change(request, items), number=number)
    item.cohort = cohort
    return item


def managed_item(request, slug, model, number):
    """Return it to the cohort's staff; 403 to whoever may only see it."""
    item = visible_item(request, slug, model, number)
    if not request.can_manage:
        raise PermissionDenied
    return item
