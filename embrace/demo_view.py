from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cohorts.sign_in import sign_in_by_link
from embrace.demo.links import CAST, links_are_on, owner_of, use_up


@login_not_required
@never_cache
def demo_sign_in(request, token):
    """Opening a link asks; its button signs in, once."""
    if not links_are_on(request):
        raise Http404
    wants_in = request.method == "POST"
    owner = use_up(token) if wants_in else owner_of(token)
    if owner and wants_in:
        sign_in_by_link(request, owner)
        return redirect(settings.LOGIN_REDIRECT_URL)
    if owner:
        context = {"owner": owner, "role": CAST.get(owner.email, "")}
        response = render(request, "embrace/demo_sign_in.html", context)
    else:
        response = render(request, "embrace/demo_link_used.html", status=410)
    # The address signs somebody in: no other page may read it, not even as where one came from.
    response["Referrer-Policy"] = "strict-origin"
    return response
