from django.core.management.base import BaseCommand

from embrace.catalogues import TRANSLATED, update


class Command(BaseCommand):
    help = (
        "Bring locale/ into line with the strings in code and templates, and name what lacks words."
    )

    def handle(self, *args, **options):
        for language in TRANSLATED:
            missing = update(language)
            self.stdout.write(f"{language}: {len(missing)} without translation")
            for string in missing:
                self.stdout.write(f"  {string}")
