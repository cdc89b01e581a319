"""The parts of a report in order: {key: (title, the section that staff write in it)}."""

from django.utils.translation import gettext_lazy as _

from reports.models import Section

PARTS = {
    "summary": (_("In short"), Section.SUMMARY),
    "programme": (_("The programme and the cohort"), Section.PROGRAMME),
    "participants": (_("Who took part"), Section.PARTICIPANTS),
    # Each phase has a section of its own.
    "phases": (_("From training to actions"), None),
    "themes": (_("What we heard"), Section.THEMES),
    "subject": (_("The common subject"), Section.SUBJECT),
    "ideas": (_("Ideas considered"), Section.IDEAS),
    "actions": (_("The actions proposed"), Section.ACTIONS),
    "answers": (_("The institutions' answers"), Section.ANSWERS),
    "method": (_("Method and limits"), Section.METHOD),
    "annexes": (_("Annexes"), None),
}
