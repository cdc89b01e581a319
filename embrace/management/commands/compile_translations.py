import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def is_up_to_date(source, compiled):
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def compile_catalogue(source, compiled):
    """Write beside, then rename: a reader never meets half a file."""
    beside = compiled.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(source)).save_as_mofile(str(beside))
    beside.replace(compiled)


class Command(BaseCommand):
    help = "Compile the translations that changed (no gettext needed)."
    requires_system_checks = ()

    def handle(self, *args, **options):
        for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not is_up_to_date(source, compiled):
                compile_catalogue(source, compiled)
                self.stdout.write(f"{source.relative_to(settings.BASE_DIR)} compiled")
