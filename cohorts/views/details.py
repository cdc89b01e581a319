from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.details import DetailsForm
from cohorts.models import User


def details(request):
    """One's own details, whatever one's role."""
    form = DetailsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid() and saved(form):
        messages.success(request, _("Saved."))
        return redirect("home")
    return render(request, "cohorts/details.html", {"form": form})


def saved(form):
    """Save, or say that somebody else entered the same phone in this instant."""
    try:
        return form.save()
    except IntegrityError:
        form.add_error("phone", form.fields["phone"].error_messages["unique"])
        return None
