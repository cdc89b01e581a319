"""A cohort of the reference's size, with everything that a report tells. All of it is invented."""

from datetime import UTC, date, datetime, timedelta

from reports.models import Edition, EditionFile, EditionPage, Section, write_text
from reports.publishing import keep_file
from tests.factories import (
    make_action,
    make_cohort,
    make_guest,
    make_idea,
    make_organisation,
    make_participant,
    make_phase,
    make_programme,
    make_released_theme,
    make_staff,
    make_subject,
    make_testimony,
    make_user,
    make_workshop,
)
from workshops.models import (
    Attendance,
    Decision,
    DecisionOption,
    IdeaAction,
    Registration,
    SubjectIdea,
    ThemeSubject,
)

PUBLISHED = datetime(2023, 5, 15, 10, 0, tzinfo=UTC)
CITIES = ("Montreuil", "Pantin", "Bobigny", "Bondy", "Les Lilas", "Romainville")
THEMES = (
    ("Être reçu avec respect à l’accueil", "Being received with respect"),
    ("Un logement qui dure", "Housing that lasts"),
    ("Comprendre le premier courrier", "Understanding the first letter"),
    ("Apprendre le français près de chez soi", "Learning French close to home"),
    ("Trouver la bonne porte", "Finding the right door"),
    ("La garde des enfants pendant les démarches", "Childcare during procedures"),
    ("Être entendu dans la ville", "Being heard in the city"),
    ("Faire reconnaître son métier", "Having one's trade recognised"),
)
ACTIONS = (
    ("training", "Une formation de deux jours sur l’accueil", "Two days of training on welcome"),
    ("training", "Des visites croisées entre services", "Services visit each other"),
    ("service", "Un binôme accueil dans chaque mairie", "A welcome pair in each town hall"),
    ("service", "Un premier courrier en mots simples", "A first letter in plain words"),
    ("service", "Une garde d’enfants aux heures d’accueil", "Childcare at opening hours"),
    ("network", "Un réseau d’entraide entre collectivités", "A network between authorities"),
    ("information", "Une carte des bonnes portes", "A map of the right doors"),
)
LONG = (
    "Les courriers des services arrivent dans une langue administrative que peu de personnes "
    "lisent, souvent avec un délai court. ",
    "Letters from public services come in an administrative language that few people read, "
    "often with a short deadline. ",
)


def both(text, times=1):
    french, english = text
    return {"fr": french * times, "en": english * times}


def make_report_cohort(**more):
    programme = make_programme(
        name="Embrace",
        grant_reference="AMIF-2021-101038",
        funding_statement=both(
            (
                "Programme financé par la Commission européenne. Il n’engage que ses auteurs.",
                "Funded by the European Commission. It binds its authors only.",
            )
        ),
    )
    make_organisation(programme, name="PLACE Network", kind="operator")
    host = make_organisation(programme, name="Est Ensemble", kind="authority")
    cohort = make_cohort(
        programme,
        **{"name": "Est Ensemble 2022", "slug": "est-ensemble-2022"}
        | {"territory": "Est Ensemble, à l’est de Paris", "host": host, "is_demonstration": True}
        | {"ends_on": date(2023, 3, 31)}
        | more,
    )
    cohort.partners.set(make_organisation(programme, name=name) for name in CITIES)
    people = add_people(cohort)
    workshops = add_workshops(cohort, people)
    themes = add_themes(cohort, workshops["listening"])
    subjects = add_subjects(cohort, themes, workshops["joint_meeting"][0])
    ideas = add_ideas(cohort, subjects[0], workshops["co_creation"][0])
    add_actions(cohort, ideas)
    add_texts(cohort)
    return cohort


def add_people(cohort):
    cities = list(cohort.partners.all())
    newcomers = [
        make_participant(
            cohort,
            "newcomers",
            name=f"Newcomer Nameless {number}",
            gender="woman" if number < 9 else "man",
            age_band=("under_26", "26_39", "40_59")[number % 3],
            languages=[("fa-af", "ar", "uk", "ti")[number % 4], "en", "fr"][: 1 + number % 3],
        )
        for number in range(20)
    ]
    agents = [
        make_participant(
            cohort,
            "agents",
            name=f"Agent Nameless {number}",
            gender="woman" if number < 4 else "man",
            age_band="26_39" if number < 4 else "40_59",
            organisation=cities[number % len(cities)],
            languages=["fr"],
        )
        for number in range(7)
    ]
    return {"newcomers": newcomers, "agents": agents, "": newcomers + agents}


PHASES = (
    ("training", date(2022, 9, 12), date(2022, 10, 14), ("newcomers", "agents") * 4),
    ("listening", date(2022, 11, 1), date(2022, 12, 20), ("newcomers",) * 4),
    ("joint_meeting", date(2023, 1, 17), date(2023, 1, 17), ("",)),
    ("co_creation", date(2023, 3, 28), date(2023, 3, 28), ("",)),
    ("reporting", date(2023, 4, 1), date(2023, 5, 15), ()),
)


def add_workshops(cohort, people):
    made = {}
    for kind, starts_on, ends_on, tracks in PHASES:
        phase = make_phase(
            cohort,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            planned=both(("Comme prévu au programme.", "As planned in the programme.")),
            actual=both(
                (
                    "Tenu aux dates prévues, dans une salle plus grande.",
                    "Held as planned, in a larger room.",
                )
            ),
        )
        for number, track in enumerate(tracks):
            start = datetime.combine(starts_on, datetime.min.time(), UTC)
            workshop = make_workshop(
                cohort,
                starts_at=start + timedelta(days=7 * (number // len(set(tracks))), hours=8),
                hours=7,
                kind=kind,
                track=track,
                phase=phase,
                guests_allowed=kind == "listening",
            )
            take_attendance(workshop, people[track], missing=number % 3)
            made.setdefault(kind, []).append(workshop)
    for number in range(6):
        add_presence(made["listening"][0], 90 + number, "present", guest=make_guest(cohort))
    cohort.workshops.update(status="held")
    return made


def take_attendance(workshop, participants, missing):
    for number, participant in enumerate(participants):
        state = "absent" if number < missing else "present"
        add_presence(workshop, number, state, participant=participant)


def add_presence(workshop, queue_number, state, **person):
    registration = Registration.objects.create(
        workshop=workshop, status="confirmed", queue_number=queue_number, **person
    )
    for half_day in workshop.half_days.all():
        Attendance.objects.create(registration=registration, half_day=half_day, state=state)


QUOTE = (
    "La lettre, je la garde dans mon sac. Quand je trouve quelqu’un, la date est passée.",
    "I keep the letter in my bag. When I find somebody, the date has passed.",
)


def add_themes(cohort, workshops):
    themes, number = [], 0
    for place, title in enumerate(THEMES):
        heard = []
        for spoken in range(max(2, 14 - 2 * place)):
            number += 1
            is_quote = spoken < 2
            heard.append(
                make_testimony(
                    workshops[spoken % 4],
                    number=number,
                    text=both((f"{QUOTE[0]} ({number})", f"{QUOTE[1]} ({number})")),
                    quotable=is_quote,
                    checked_at=PUBLISHED if is_quote else None,
                )
            )
        themes.append(
            make_released_theme(cohort, testimonies=heard, title=both(title), need=both(LONG))
        )
    return themes


def add_subjects(cohort, themes, workshop):
    questions = (
        (
            "Comment inclure les nouveaux arrivants dans les institutions des villes ?",
            "How can newcomers be included in the cities' institutions?",
        ),
        ("Comment mieux accueillir au guichet ?", "How can the front desk welcome better?"),
        (
            "Comment apprendre le français près de chez soi ?",
            "How can one learn French close to home?",
        ),
        ("Comment loger durablement ?", "How can housing last?"),
    )
    statuses = ("chosen", "candidate", "candidate", "candidate")
    subjects = [
        make_subject(cohort, question=both(question), status=status)
        for question, status in zip(questions, statuses, strict=True)
    ]
    for place, theme in enumerate(themes):
        ThemeSubject.objects.create(theme=theme, subject=subjects[place % 4])
    decision = Decision.objects.create(
        cohort=cohort,
        subject=subjects[0],
        workshop=workshop,
        method="vote",
        decided_on=date(2023, 1, 17),
        newcomer_voters=18,
        agent_voters=7,
        reason=both(
            ("Les deux groupes s’y retrouvent.", "Both groups recognise themselves in it.")
        ),
    )
    for subject, votes in zip(subjects, ((11, 5), (14, 2), (9, 3), (6, 4)), strict=True):
        DecisionOption.objects.create(
            decision=decision, subject=subject, newcomer_votes=votes[0], agent_votes=votes[1]
        )
    return subjects


def add_ideas(cohort, subject, workshop):
    ideas = []
    for number in range(20):
        is_kept = number < 14
        idea = make_idea(
            cohort,
            workshop=workshop,
            table_number=1 + number % 5,
            title=both((f"Idée de table numéro {number + 1}", f"Table idea number {number + 1}")),
            status="retained" if is_kept else "set_aside",
            set_aside_reason={} if is_kept else both(("Demande une loi.", "Needs a law.")),
        )
        SubjectIdea.objects.create(subject=subject, idea=idea)
        ideas.append(idea)
    return ideas


def add_actions(cohort, ideas):
    cities = list(cohort.partners.all())
    for place, (area, *title) in enumerate(ACTIONS):
        action = make_action(
            cohort,
            title=both(title),
            what=both(LONG, 2),
            for_whom=both(
                ("Habitants qui lisent peu le français", "People who read little French")
            ),
            area=area,
            lead=cities[place % len(cities)],
            lead_function=both(("direction de la citoyenneté", "citizenship department")),
            newcomers_role=both(
                ("Ils tiennent l’accueil avec un agent.", "They hold the desk with an agent.")
            ),
            first_step=both(
                (
                    "Choisir deux lieux et former quatre binômes",
                    "Choose two places and train four pairs",
                )
            ),
            first_step_on=date(2023, 6, 30),
            resources=both(
                ("40 heures d’agent par mois, un bureau", "40 agent hours a month, an office")
            ),
            indicator=both(
                ("200 courriers expliqués en six mois", "200 letters explained in six months")
            ),
            baseline="0",
            target="200",
            status="proposed",
            proposed_on=date(2023, 4, 5),
        )
        for idea in ideas[2 * place : 2 * place + 2]:
            IdeaAction.objects.create(idea=idea, action=action)
        if place < 5:
            verdict = ("accepted", "with_changes", "to_study", "refused", "accepted")[place]
            action.answer(
                by=None,
                at=PUBLISHED,
                verdict=verdict,
                level="direction",
                answered_on=date(2023, 5, 12),
                study_until=date(2023, 9, 30) if verdict == "to_study" else None,
                text=both(
                    (
                        "Un premier lieu, évalué après six mois.",
                        "A first place, reviewed after six months.",
                    )
                ),
            )


def add_texts(cohort):
    staff = make_staff(cohort, make_user("Sample Staff"))
    for section in Section.values:
        for language, text in zip(("fr", "en"), LONG, strict=True):
            body = ("Agir ensemble pour mieux accueillir", "Acting together for a better welcome")[
                language == "en"
            ]
            if section != Section.TITLE:
                body = f"{text * 2}\n\n{text * 3}\n\n- {text}\n- {text}"
            write_text(cohort, section, language, body, seen=0, by=staff, at=PUBLISHED)


def make_edition(cohort, number=1, content=b"%PDF-1.7 sample", **more):
    """An edition as rows and one file, without making a PDF."""
    edition = Edition.objects.create(
        cohort=cohort,
        number=number,
        data={"figures": {}, "documents": {}},
        published_at=PUBLISHED,
        not_approved_reason="Alone this week.",
        **more,
    )
    EditionPage.objects.create(
        edition=edition, language="fr", title="Rapport", html="<h1>Rapport</h1>"
    )
    sha256, size = keep_file(content)
    EditionFile.objects.create(edition=edition, kind="pdf", language="fr", sha256=sha256, size=size)
    return edition
