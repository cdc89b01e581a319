"""A thing can be removed only while nothing hangs from it; otherwise say what does."""

from collections import Counter

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def what_hangs(thing):
    """Return what keeps `thing` from being removed, such as ["Workshops: 3"]."""
    # Asks Django what it would delete, and deletes nothing.
    collector = Collector(using=thing._state.db, origin=thing)
    try:
        collector.collect([thing])
    except ProtectedError as error:
        return counted(error.protected_objects)
    except RestrictedError as error:
        return counted(error.restricted_objects)
    return counted(named_in_lists(thing))


def named_in_lists(thing):
    """Return the rows that name `thing` in a list: the database would take it out of them unasked.

    A cohort whose partner it is, for example.
    """
    lists = [each for each in thing._meta.related_objects if each.many_to_many]
    return [row for each in lists for row in getattr(thing, each.get_accessor_name()).all()]


def counted(objects):
    kinds = Counter(each._meta.verbose_name_plural for each in objects)
    return [
        _("%(kind)s: %(number)s") % {"kind": capfirst(kind), "number": number}
        for kind, number in kinds.items()
    ]


@transaction.atomic
def remove(thing, keeps=what_hangs):
    """Remove `thing`, in its own way if it has one, unless something keeps it; return what does."""
    hanging = keeps(thing)
    if not hanging:
        try:
            with transaction.atomic():
                getattr(thing, "remove", thing.delete)()
        except (ProtectedError, RestrictedError, IntegrityError):
            # Somebody hung something from it after we looked.
            hanging = keeps(thing)
            if not hanging:
                raise
    return hanging
