"""Write a cohort's report as a PDF: the newest published edition, else the draft."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.models import Cohort
from reports.models import REPORT_LANGUAGES
from reports.pdf import PdfUnavailable
from reports.publishing import draft, newest_file
from reports.rendering import render_file


class Command(BaseCommand):
    help = "Write a cohort's report as a PDF: the newest published edition, else the draft."

    def add_arguments(self, parser):
        parser.add_argument("cohort", help="its short name, such as est-ensemble-2022")
        parser.add_argument("--language", choices=REPORT_LANGUAGES, default="fr")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")

    def handle(self, cohort, language, output, **_options):
        found = Cohort.objects.filter(slug=cohort).select_related("programme", "host").first()
        if found is None:
            known = ", ".join(Cohort.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"No cohort is called {cohort}. There are: {known}.")
        try:
            content = newest_file(found, language) or self.drafted(found, language)
            output.write_bytes(content)
        except PdfUnavailable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{output}: {len(content) // 1024} kB")

    def drafted(self, cohort, language):
        return render_file(draft(cohort, language, at=timezone.now()))
