"""A form that makes a row makes one, however often its button is pressed.

    @once
    def add(request): ...    # with a form that is a OnceForm

A second POST of the same form redirects to where the first one led. The key is a row written in the
transaction that makes the rest, so that two clicks at the same instant wait for each other. The
view of every POST runs in that transaction and may lock what it changes.
"""

import secrets
from datetime import timedelta
from functools import wraps

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cohorts.models import Submission

KEPT_FOR = timedelta(days=1)


class OnceForm(forms.Form):
    """A form with a key of its own; with a crispy layout, lay out `once` as well."""

    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe


def once(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get("once")
        with transaction.atomic():
            # A step that makes nothing, such as looking at an import, sends none.
            if not key:
                return view(request, *args, **kwargs)
            submission, is_first = claim(request, key)
            if not is_first:
                return redirect(submission.address)
            response = view(request, *args, **kwargs)
            # No address: the form came back with errors, and must work once they are mended.
            submission.settle(response.headers.get("Location"))
            return response

    return wrapper


def is_first(request):
    """Whether this form is sent for the first time: for an answer that cannot be shown again."""
    key = request.POST.get("once")
    return not key or claim(request, key)[1]


def claim(request, key):
    Submission.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    # Good for one person on one page, so that nobody can spoil another's form.
    whose = f"{request.user.pk} {request.path} {key}"
    digest = salted_hmac("cohorts.forms.once", whose).hexdigest()
    return Submission.objects.get_or_create(key=digest)
