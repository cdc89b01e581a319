"""Signing in with a personal card: its code typed, or its QR code scanned."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cohorts.forms.sign_in import CardForm
from cohorts.models import Card, Participant
from cohorts.permissions import may_sign_in_by_card
from cohorts.sign_in import Way, sign_in

# A wrong code names no cohort, so wrong codes are counted per address and over all cohorts.
WRONG_CARD = {"action": "wrong_card", "key": "everywhere"}


@login_not_required
@never_cache
def card_sign_in(request):
    if request.user.is_authenticated and request.method != "POST":
        return redirect(settings.LOGIN_REDIRECT_URL)
    form, status = CardForm(request.POST or None), 200
    if request.method == "POST" and not ratelimit.consume(request, dry_run=True, **WRONG_CARD):
        form.add_error("code", _("Too many wrong codes. Wait ten minutes, or scan the card."))
        status = 429
    if form.is_valid():
        card = Card.objects.with_code(form.cleaned_data["code"])
        reason = why_not(card)
        if not reason:
            return let_in(request, card, form.cleaned_data["next"])
        # Wrong codes alone count: a room of thirty phones shares one address.
        ratelimit.consume(request, **WRONG_CARD)
        form.add_error("code", reason)
    return render(request, "cohorts/card_sign_in.html", {"form": form}, status=status)


@login_not_required
@never_cache
def card_scan(request, token):
    card = Card.objects.with_token(token)
    if reason := why_not(card):
        context = {"reason": reason}
        response = render(request, "cohorts/card_refused.html", context, status=status_of(card))
    elif request.method == "POST":
        response = let_in(request, card)
    else:
        response = render(request, "cohorts/card_scan.html", {"card": card})
    # The address signs somebody in: no other page may read it, not even as where one came from.
    response["Referrer-Policy"] = "strict-origin"
    return response


def why_not(card):
    """Say why this card signs nobody in, or return an empty text."""
    if card is None:
        return _("We do not know this card. Check it character by character, or ask your team.")
    if card.revoked_at:
        return _("This card is no longer good: a newer one has taken its place, or it was lost.")
    if card.participant.status == Participant.Status.WITHDRAWN:
        return _("This card is no longer good. Ask the team of your cohort.")
    if not may_sign_in_by_card(card.participant):
        return _("This card is not for you any more: please sign in with your e-mail.")
    return ""


def status_of(refused):
    if refused is None:
        return 404
    return 410 if refused.revoked_at else 403


def let_in(request, card, there=""):
    sign_in(request, card.participant.user, Way.CARD)
    is_ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(there if is_ours else settings.LOGIN_REDIRECT_URL)
