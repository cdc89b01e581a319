"""The page that asks before something is removed, or says what hangs from it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cohorts.removal import remove, what_hangs


def confirm_removal(request, thing, *, back, name="", otherwise="", keeps=what_hangs):
    """Ask, or say what keeps `thing`; on POST remove it and go `back`.

    `keeps` returns sentences about what keeps it; `otherwise` is a sentence about what to do then.
    """
    name = name or str(thing)
    hanging = remove(thing, keeps) if request.method == "POST" else keeps(thing)
    if request.method == "POST" and not hanging:
        messages.success(request, capfirst(_("%(name)s was removed.") % {"name": name}))
        return redirect(back)
    context = {"name": name, "hanging": hanging, "back": back, "otherwise": otherwise}
    status = 409 if request.method == "POST" else 200
    return render(request, "cohorts/removal.html", context, status=status)
