from django.urls import include, path

from cohorts.views import (
    card_sign_in,
    cards,
    cohorts,
    details,
    importing,
    outbox,
    people,
    phases,
    programmes,
    team,
)

app_name = "cohorts"

cohort_urls = [
    path("edit/", cohorts.cohort_edit, name="edit"),
    path("remove/", cohorts.cohort_remove, name="remove"),
    path("phases/", phases.phase_list, name="phases"),
    path("phases/five/", phases.phases_lay_out, name="phases_lay_out"),
    path("phases/add/", phases.phase_add, name="phase_add"),
    path("phases/<int:pk>/edit/", phases.phase_edit, name="phase_edit"),
    path("phases/<int:pk>/remove/", phases.phase_remove, name="phase_remove"),
    path("team/", team.team, name="team"),
    path("team/add/", team.appointment_add, name="appointment_add"),
    path("team/<int:pk>/edit/", team.appointment_edit, name="appointment_edit"),
    path("team/<int:pk>/remove/", team.appointment_remove, name="appointment_remove"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/add-several/", people.people_add, name="people_add"),
    path("people/import/", importing.import_people, name="import_people"),
    path("people/import/model/", importing.import_model, name="import_model"),
    path("people/cards/", cards.cards_issue, name="cards_issue"),
    path("people/<int:pk>/card/", cards.card_issue, name="card_issue"),
    path("people/<int:pk>/card/revoke/", cards.card_revoke, name="card_revoke"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/remove/", people.person_remove, name="person_remove"),
    path("people/<int:pk>/take-back/", people.person_take_back, name="person_take_back"),
    path("messages/", outbox.outbox, name="outbox"),
    path("messages/<int:pk>/", outbox.message, name="message"),
    path("messages/<int:pk>/hold/", outbox.message_hold, name="message_hold"),
    path("messages/<int:pk>/release/", outbox.message_release, name="message_release"),
]

programme_urls = [
    path("", programmes.programme_show, name="programme"),
    path("edit/", programmes.programme_edit, name="programme_edit"),
    path("organisations/", programmes.organisation_list, name="organisations"),
    path("organisations/add/", programmes.organisation_add, name="organisation_add"),
    path(
        "organisations/<int:organisation_pk>/edit/",
        programmes.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "organisations/<int:organisation_pk>/remove/",
        programmes.organisation_remove,
        name="organisation_remove",
    ),
]

urlpatterns = [
    path("me/", details.details, name="details"),
    path("card/", card_sign_in.card_sign_in, name="card_sign_in"),
    path("card/<slug:token>/", card_sign_in.card_scan, name="card_scan"),
    path("cohorts/", cohorts.cohort_list, name="list"),
    path("cohorts/add/", cohorts.cohort_add, name="add"),
    path("cohorts/<slug:slug>/", include(cohort_urls)),
    path("programmes/<int:pk>/", include(programme_urls)),
]
