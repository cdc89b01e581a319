"""One-time links that sign a demonstration's cast in: on this machine, and when switched on."""

import secrets

from django.conf import settings
from django.core.cache import cache

LIFETIME = 24 * 60 * 60  # seconds
LOOPBACK = {"127.0.0.1", "::1"}


def make_link_token(user):
    token = secrets.token_urlsafe(16)
    cache.set(key_of(token), user.pk, LIFETIME)
    return token


def user_id_of(token):
    """Return whose token this is, or None when it is unknown, used up or too old."""
    return cache.get(key_of(token))


def use_up(token):
    """Return whose token this is, once; a second call finds nothing."""
    user_id = user_id_of(token)
    return user_id if cache.delete(key_of(token)) else None


def links_are_on(request):
    return settings.DEMO and request.META.get("REMOTE_ADDR") in LOOPBACK


def key_of(token):
    return f"demo-link:{token}"
