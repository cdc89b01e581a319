"""One-time links that sign a demonstration's cast in: on this machine, and when switched on."""

import secrets

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from cohorts.models import User

LIFETIME = 24 * 60 * 60  # seconds
LOOPBACK = {"127.0.0.1", "::1"}

# Staff of the whole programme see both cohorts; the others have something to do in the second one.
CAST = {
    "camille.aubry@example.org": _("staff"),
    "meron.gebre@example.org": _("facilitator"),
    "beatrice.nsimba@example.org": _("newcomer"),
    "assia.rahmouni@example.org": _("public agent"),
    "pauline.astier@example.org": _("coordinator"),
}


def make_links(base):
    """Return [(role, user, address)] of a new link for each of the cast who is there."""
    users = {user.email: user for user in User.objects.filter(email__in=CAST, is_active=True)}
    return [
        (role, users[email], f"{base}/demo/{make_link_token(users[email])}/")
        for email, role in CAST.items()
        if email in users
    ]


def make_link_token(user):
    token = secrets.token_urlsafe(16)
    cache.set(key_of(token), user.pk, LIFETIME)
    return token


def owner_of(token):
    """Return whose token this is, or None when it is unknown, used up or too old."""
    return User.objects.filter(pk=cache.get(key_of(token)), is_active=True).first()


def use_up(token):
    """Return whose token this is, once; a second call finds nobody."""
    user = owner_of(token)
    # Deleting tells whether the key was there, so of two clicks one signs in.
    return user if cache.delete(key_of(token)) else None


def links_are_on(request):
    """Whether the demonstration is switched on, and asked for by this very machine."""
    # Behind a proxy everybody seems to be on this machine.
    is_passed_on = "HTTP_X_FORWARDED_FOR" in request.META
    return settings.DEMO and request.META.get("REMOTE_ADDR") in LOOPBACK and not is_passed_on


def key_of(token):
    return f"demo-link:{token}"
