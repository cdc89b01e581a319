"""The product with the workshop's lock taken off: the fault that the lock prevents, for a server.

A pause between reading the seats and writing makes certain what a busy server does sooner or later.
The queue's numbers are given apart: kept unique by the database, they would turn the fault into an
error.
"""

import time
from dataclasses import replace

from embrace.wsgi import application  # noqa: F401 # first: it sets Django up
from workshops import allocation
from workshops.models import Workshop

HIGHEST = 2**31
PAUSE = 0.5
read = allocation.queue_of


def unlocked(workshop):
    return Workshop.objects.select_related("cohort").get(pk=workshop.pk)


def queue_read_slowly(workshop):
    queue = read(workshop)
    time.sleep(PAUSE)
    return replace(queue, next_number=time.time_ns() // 1000 % HIGHEST)


allocation.locked, allocation.queue_of = unlocked, queue_read_slowly
