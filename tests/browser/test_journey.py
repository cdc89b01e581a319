"""The whole way, from a first sign-in to the report, by what the screens offer and nothing else.

Prepared are a programme and its two staff; everything else is done by five people, each in a
browser of their own, at a laptop's width and at a phone's.
"""

import pytest

from tests.browser import arriving, gathering, hearing, reporting
from tests.factories import make_programme, make_programme_staff, make_user

pytestmark = [pytest.mark.browser, pytest.mark.pdf, pytest.mark.django_db(transaction=True)]
PHONE = 360
SONIA, MARC, CLAIRE = "sonia@asso.example", "marc@asso.example", "claire@ville.example"


@pytest.fixture
def start(live_server):
    """The only address that anybody types: a programme has two staff, and nothing more."""
    programme = make_programme(name="Embrace")
    make_programme_staff(programme, make_user("Sonia Sellier", email=SONIA))
    make_programme_staff(programme, make_user("Marc Morel", email=MARC))
    return live_server.url


@pytest.mark.parametrize(("width", "language"), [(1440, "fr"), (PHONE, "ar")])
def test_cohort_goes_the_whole_way(start, width, language, meet, mailoutbox, complaints):
    sonia, marc = meet("Sonia", width, "fr"), meet("Marc", width, "fr")
    zohra, bruno = meet("Zohra", PHONE, language), meet("Bruno", width, "fr")
    claire = meet("Claire", width, "fr")

    arriving.sign_in_by_email(sonia, start, SONIA, mailoutbox)
    arriving.set_up_second_step(sonia)
    gathering.create_cohort(sonia)
    gathering.import_people(sonia)
    gathering.plan_listening(sonia)
    gathering.plan_meeting(sonia)
    gathering.register_people(sonia)
    card = gathering.print_card(sonia, "Zohra Karimi")

    arriving.sign_in_by_card(zohra, start, card, language)
    gathering.say_i_come(zohra)
    arriving.sign_in_by_email(bruno, start, "bruno@ville.example", mailoutbox)
    gathering.say_i_come(bruno)

    gathering.take_attendance(sonia)
    sheet = reporting.text_of(gathering.print_sheet(sonia))
    assert [name for name in gathering.NAMES if name in sheet] == gathering.CAME
    hearing.note_testimonies(sonia)
    hearing.close_notes(sonia)
    hearing.sort_into_themes(sonia)
    hearing.find_no_check_to_make(sonia)
    arriving.sign_in_by_email(marc, start, MARC, mailoutbox)
    arriving.set_up_second_step(marc)
    hearing.check_and_release(marc)

    hearing.propose_subjects(sonia)
    hearing.record_vote(sonia)
    hearing.note_ideas(sonia)
    hearing.decide_on_ideas(sonia)
    hearing.work_out_action(sonia, lead="Saint-Denis")

    reporting.appoint_coordinator(sonia, "Claire Renard", CLAIRE, "Saint-Denis")
    arriving.sign_in_by_email(claire, start, CLAIRE, mailoutbox)
    reporting.find_action_to_answer(claire)
    reporting.record_answer(sonia)
    reporting.write_summary(sonia)
    reporting.publish(sonia, reader="Marc Morel")

    report = reporting.download_report(claire)
    assert [words for words in reporting.TOLD["fr"] if words not in report["fr"]] == []
    assert [words for words in reporting.TOLD["en"] if words not in report["en"]] == []
    assert [words for words in reporting.PRIVATE if words in "".join(report.values())] == []
    assert complaints == []
