"""Publishing freezes a report; a quote withdrawn later ends the offer of editions that print it."""

import hashlib
import re
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.outbox import queue
from reports.assembling import assemble
from reports.frozen_figures import as_json, from_json
from reports.material import gather, quotable
from reports.models import REPORT_LANGUAGES, Edition, EditionFile, EditionPage, EditionQuote
from reports.rendering import render_file, render_page
from workshops.models import Testimony


class QuoteTakenBack(Exception):
    """A quote's consent or check was withdrawn while the edition was being made."""


@dataclass(frozen=True)
class Prepared:
    """An edition that is ready to be written: its files lie under their hash already."""

    number: int
    data: dict
    pages: list
    files: list
    quotes: list


def newest_edition(cohort):
    return cohort.editions.order_by("-number").first()


def figures_of(edition):
    return from_json(edition.data["figures"]) if edition else None


def draft(cohort, language, *, at):
    """Return the document that would be published now, as a draft."""
    before = figures_of(newest_edition(cohort))
    return assemble(gather(cohort, on=cohort.today(at), before=before), language)


def publish(cohort, *, by, at, seen=0, approved_by=None, not_approved_reason="", what_changed=""):
    """Freeze the report as the edition after number `seen`; return it.

    All or nothing: files first, then every row in one transaction. Where an edition newer than
    `seen` is there already, as after a second click, that one is returned. Raises PdfUnavailable,
    QuoteTakenBack, and ValueError when nobody else approved it and no reason says why.
    """
    if approved_by == by or not (approved_by or not_approved_reason):
        raise ValueError("Somebody else approves an edition, or a reason says why nobody could.")
    # Making the files takes seconds, in which nobody else should wait: so before the lock. What
    # may have changed meanwhile is looked at again under it.
    prepared = prepare(cohort, seen + 1, what_changed=what_changed, at=at)
    try:
        with transaction.atomic():
            Cohort.objects.select_for_update().get(pk=cohort.pk)
            newest = newest_edition(cohort)
            if newest and newest.number > seen:
                return newest
            refuse_quotes_taken_back(cohort, prepared)
            edition = Edition.objects.create(
                cohort=cohort,
                number=prepared.number,
                data=prepared.data,
                what_changed=what_changed,
                published_at=at,
                published_by=by,
                approved_by=approved_by,
                not_approved_reason=not_approved_reason,
            )
            write_parts(edition, prepared)
            tell_coordinators(edition, at)
        return edition
    finally:
        remove_files(left_over(prepared))


def prepare(cohort, number, *, what_changed, at):
    before = figures_of(newest_edition(cohort))
    material = gather(cohort, on=cohort.today(at), before=before)
    documents = [
        assemble(material, language, number=number, what_changed=what_changed)
        for language in REPORT_LANGUAGES
    ]
    return Prepared(
        number=number,
        data={
            "figures": as_json(material.figures),
            "documents": {document.language: asdict(document) for document in documents},
        },
        pages=[
            (document.language, document.title, render_page(document)) for document in documents
        ],
        files=[(document.language, *keep_file(render_file(document))) for document in documents],
        quotes=[testimony.pk for testimony in material.quotes],
    )


def keep_file(content):
    """Store bytes under their SHA-256; return it and their length."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = EditionFile(kind=EditionFile.Kind.PDF, sha256=sha256).stored_name
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return sha256, len(content)


def refuse_quotes_taken_back(cohort, prepared):
    """Raise QuoteTakenBack, or hold the quotes: who withdraws one then waits for the edition."""
    list(Testimony.objects.filter(pk__in=prepared.quotes).order_by("pk").select_for_update())
    if set(quotable(cohort).values_list("pk", flat=True)) != set(prepared.quotes):
        raise QuoteTakenBack


def left_over(prepared):
    """Return the names of files that were kept for an edition, and are of none."""
    files = [
        EditionFile(kind=EditionFile.Kind.PDF, sha256=sha256)
        for _language, sha256, _size in prepared.files
    ]
    used = EditionFile.objects.filter(sha256__in=[file.sha256 for file in files])
    hashes = set(used.values_list("sha256", flat=True))
    return [file.stored_name for file in files if file.sha256 not in hashes]


def write_parts(edition, prepared):
    EditionPage.objects.bulk_create(
        EditionPage(edition=edition, language=language, title=title, html=html)
        for language, title, html in prepared.pages
    )
    EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition,
            kind=EditionFile.Kind.PDF,
            language=language,
            sha256=sha256,
            size=size,
        )
        for language, sha256, size in prepared.files
    )
    EditionQuote.objects.bulk_create(
        EditionQuote(edition=edition, testimony_id=key, place=place)
        for place, key in enumerate(prepared.quotes, start=1)
    )


def tell_coordinators(edition, at):
    cohort = edition.cohort
    appointments = cohort.appointments.of_coordinators().select_related("user")
    address = settings.SITE_URL + edition.get_absolute_url()
    for user in {appointment.user for appointment in appointments}:
        queue(
            cohort,
            user,
            _("The final report is published"),
            format_lazy(
                _("The report of {cohort} can be read and downloaded here: {address}"),
                cohort=cohort.name,
                address=address,
            ),
            at,
        )


@transaction.atomic
def redact_editions(testimony, *, at):
    """Blank a withdrawn testimony in the editions that quote it, and end their offer.

    Its words go from data and pages, the files are removed; number, hash and reason stay.
    """
    for quote in testimony.edition_quotes.select_related("edition"):
        redact(quote.edition, str(quote.place), reason=_("A quote was taken back."), at=at)


def redact(edition, place, *, reason, at):
    blank_data(edition.data, place)
    edition.withdrawn_at = at
    edition.withdrawn_reason = reason
    edition.save(update_fields=["data", "withdrawn_at", "withdrawn_reason"])
    for page in edition.pages.all():
        page.html = blank_page(page.html, place)
        page.redacted_at = at
        page.save(update_fields=["html", "redacted_at"])
    names = [file.stored_name for file in edition.files.all()]
    # Not before the commit: a withdrawal that is rolled back must find its files again.
    transaction.on_commit(lambda: remove_files(names))


def blank_data(data, place):
    for document in data["documents"].values():
        # An action's sheet repeats its themes, and with them their quotes.
        themes = [*document["themes"]]
        themes += [theme for action in document["actions"] for theme in action["themes"]]
        for theme in themes:
            for quote in theme["quotes"]:
                if quote["place"] == place:
                    quote["words"] = {"text": "", "lang": ""}


def blank_page(html, place):
    # The template puts these marks around each quote, so that nothing else need be understood.
    marked = rf"<!--quote {place}-->.*?<!--end of quote {place}-->"
    return re.sub(marked, "", html, flags=re.DOTALL)


def remove_files(names):
    for name in names:
        default_storage.delete(name)


def newest_file(cohort, language):
    """Return the bytes of the newest edition that is offered, or None where there is none."""
    edition = Edition.objects.filter(cohort=cohort).offered().order_by("-number").first()
    file = edition and edition.files.filter(language=language).first()
    return read_file(file) if file else None


def read_file(file):
    """Return an edition file's bytes, or None when they are not those that were published."""
    try:
        with default_storage.open(file.stored_name) as stored:
            content = stored.read()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == file.sha256 else None
