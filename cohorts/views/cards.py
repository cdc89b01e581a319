"""Issuing and withdrawing personal cards. Their secrets are shown once, in the answer."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cohorts.forms.cards import CardsForm
from cohorts.forms.once import OnceForm, is_first
from cohorts.models import Card
from cohorts.permissions import who_may_have_card
from cohorts.qr import qr_svg
from cohorts.views.access import managed_cohort
from cohorts.views.people import staff_person

PER_SHEET = 8  # of A4


@never_cache
def cards_issue(request, slug):
    cohort = managed_cohort(request, slug)
    people = who_may_have_card(cohort).with_card().select_related("user").order_by("-track", "user")
    form = CardsForm(request.POST or None, people=people)
    if form.is_valid():
        return printed(request, cohort, form.cleaned_data["people"])
    return render(request, "cohorts/cards_issue.html", {"form": form, "people": people})


@never_cache
def card_issue(request, slug, pk):
    person = staff_person(request, slug, pk)
    people = who_may_have_card(request.cohort).filter(pk=pk).with_card()
    may_have_card = people.first()
    if may_have_card and request.method == "POST":
        return printed(request, request.cohort, people)
    context = {"person": person, "may_have_card": may_have_card, "form": OnceForm()}
    return render(request, "cohorts/card_issue.html", context)


@transaction.atomic
def printed(request, cohort, people):
    # Loading the page anew sends the form again: the cards just printed must not become void.
    if not is_first(request):
        messages.info(request, _("These cards were made already; their codes are shown once."))
        return redirect("cohorts:people", cohort.slug)
    issued = Card.objects.issue(people, by=request.user, at=timezone.now())
    cards = [
        {"secrets": each, "languages": languages_of(each.participant), "qr": qr_of(each)}
        for each in issued
    ]
    typed_at = urlsplit(settings.SITE_URL).netloc + reverse("cohorts:card_sign_in")
    sheets = [cards[first : first + PER_SHEET] for first in range(0, len(cards), PER_SHEET)]
    context = {"sheets": sheets, "typed_at": typed_at.rstrip("/")}
    return render(request, "cohorts/cards_print.html", context)


def qr_of(issued):
    return qr_svg(settings.SITE_URL + reverse("cohorts:card_scan", args=[issued.token]))


def languages_of(participant):
    return list(dict.fromkeys(["fr", participant.user.language]))


def card_revoke(request, slug, pk):
    person = staff_person(request, slug, pk)
    if request.method == "POST":
        person.cards.revoke(at=timezone.now())
        messages.success(
            request, _("The card of %(name)s opens nothing any more.") % {"name": person}
        )
        return redirect("cohorts:person", slug, pk)
    return render(request, "cohorts/card_revoke.html", {"person": person})
