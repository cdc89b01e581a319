from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.models import OutboxMessage
from cohorts.views.access import managed_cohort

PAGE_LENGTH = 50


def outbox(request, slug):
    cohort = managed_cohort(request, slug)
    messages = cohort.outbox_messages.select_related("user").defer("body")
    page = Paginator(messages, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "cohorts/outbox.html", {"page": page})


def message(request, slug, pk):
    message = staff_message(request, slug, pk)
    return render(request, "cohorts/message.html", {"message": message})


@require_POST
def message_hold(request, slug, pk):
    staff_message(request, slug, pk).move_to(OutboxMessage.Status.HELD, at=timezone.now())
    return redirect("cohorts:message", slug, pk)


@require_POST
def message_release(request, slug, pk):
    staff_message(request, slug, pk).move_to(OutboxMessage.Status.QUEUED, at=timezone.now())
    return redirect("cohorts:message", slug, pk)


def staff_message(request, slug, pk):
    messages = managed_cohort(request, slug).outbox_messages.select_related("user")
    return get_object_or_404(messages, pk=pk)
