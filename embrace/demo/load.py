"""The demonstration: the reference cohort, and a small one that is in full swing on the day.

Both are loaded through the functions that the screens use, so that neither is in a state that the
product could not reach. Each is written in one transaction: wholly, or not at all.
"""

from django.db import transaction
from django.utils import timezone

from cohorts.models import Cohort, Programme
from embrace.demo.content import read
from embrace.demo.listening import listen
from embrace.demo.people import add_people
from embrace.demo.programme import say_what_took_place, set_up
from embrace.demo.report import write_report
from embrace.demo.scene import Scene
from embrace.demo.thread import hear_institutions, weave
from embrace.demo.workshops import add_workshops

FOLDERS = ("est_ensemble", "second")


def load(*, at):
    """Load the cohorts that are not there yet; return a sentence for each thing done or left out.

    The first one lies in the past; the days of the second are counted from `at`.
    """
    said, programme = [], None
    for folder in FOLDERS:
        scene = Scene(read(folder, timezone.localdate(at)))
        said += load_cohort(scene, programme)
        programme = Programme.objects.get(cohorts=scene.cohort)
    return said


@transaction.atomic
def load_cohort(scene, programme):
    scene.cohort = Cohort.objects.filter(slug=scene.content["cohort"]["slug"]).first()
    if scene.cohort:
        return []
    set_up(scene, programme)
    add_people(scene)
    add_workshops(scene)
    listen(scene)
    weave(scene)
    loaded = f"Loaded: {scene.cohort}."
    if "edition" in scene.content:
        return [loaded, *write_report(scene)]
    say_what_took_place(scene)
    hear_institutions(scene)
    return [loaded]
