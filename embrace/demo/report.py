"""The report's texts, its first edition, and what was written since."""

from datetime import timedelta

from embrace.demo.programme import say_what_took_place
from embrace.demo.thread import hear_institutions
from reports.models import REPORT_LANGUAGES, Section, write_text
from reports.pdf import PdfUnavailable
from reports.publishing import publish

WRITTEN_BEFORE = timedelta(days=10)
NO_EDITION = "No edition was published: no PDF can be made on this machine."


def write_report(scene):
    """Write, publish, write on; return a list that says so where no edition can be made."""
    entry = scene.content["edition"]
    published_on = entry["published_on"]
    say_what_took_place(scene, until=published_on)
    hear_institutions(scene, until=published_on)
    written_at = scene.moment(published_on - WRITTEN_BEFORE)
    title = {"key": Section.TITLE, **scene.content["title"]}
    for section in [title, *scene.entries("section")]:
        write_section(scene, section, seen=0, at=written_at)
    missing = publish_first_edition(scene, entry)
    say_what_took_place(scene)
    hear_institutions(scene, after=published_on)
    for revision in scene.entries("revision"):
        write_section(scene, revision, seen=1, at=scene.moment(revision["written_on"]))
    return missing


def write_section(scene, entry, *, seen, at):
    for language in REPORT_LANGUAGES:
        body = entry[language].strip()
        how = {"seen": seen, "by": scene.host, "at": at}
        write_text(scene.cohort, entry["key"], language, body, **how)


def publish_first_edition(scene, entry):
    by, approved_by = scene.user(entry["published_by"]), scene.user(entry["approved_by"])
    at = scene.moment(entry["published_on"], hour=12)
    try:
        publish(scene.cohort, by=by, at=at, approved_by=approved_by)
    except PdfUnavailable:
        return [NO_EDITION]
    return []
