"""Workshops in people's own calendars: one as a file, or all by an address that programs read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cohorts.models import Cohort
from cohorts.views.access import managed_cohort
from workshops import calendars
from workshops.models import CalendarFeed
from workshops.permissions import has_own_workshops, may_follow
from workshops.views.access import visible_workshop


@never_cache
def calendar_file(request, slug, pk):
    """One workshop, for whoever may see it."""
    workshop = visible_workshop(request, slug, pk)
    waiting = calendars.waiting_of(request.user)
    content = calendars.as_file([workshop], at=timezone.now(), waiting=waiting)
    return answer(content, f"{slug}-{workshop.local_start:%Y-%m-%d}")


@never_cache
def feed(request):
    """The address of one's own calendar; a POST makes a new one."""
    if request.method == "POST":
        return renew(request)
    context = {
        "feed": request.user.calendar_feeds.filter(cohort=None).first(),
        "has_own": has_own_workshops(request.user),
        "managed": Cohort.objects.managed_by(request.user),
    }
    return render(request, "workshops/feed.html", context)


@never_cache
def cohort_feed(request, slug):
    """The address at which a member of staff follows all workshops of a cohort."""
    cohort = managed_cohort(request, slug)
    if request.method == "POST":
        return renew(request, cohort)
    context = {"feed": request.user.calendar_feeds.filter(cohort=cohort).first()}
    return render(request, "workshops/cohort_feed.html", context)


def renew(request, cohort=None):
    CalendarFeed.objects.renew(request.user, cohort)
    messages.success(request, _("Here is your new address."))
    return redirect(request.path)


@login_not_required
@never_cache
@require_safe
def feed_file(request, token):
    """What calendar programs read, which cannot sign in: the token is all that they have."""
    feed = CalendarFeed.objects.with_token(token)
    if feed is None or not may_follow(feed):
        raise Http404
    now = timezone.now()
    if feed.cohort:
        content = calendars.cohort_file(feed.cohort, feed.user.language, at=now)
    else:
        content = calendars.own_file(feed.user, at=now)
    response = answer(content, "embrace")
    # The address is a secret: no other site may learn it as where one came from.
    response["Referrer-Policy"] = "no-referrer"
    return response


def answer(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
