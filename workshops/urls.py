from django.urls import path

from workshops.views import attendance, registrations, show, withdrawals, workshops

app_name = "workshops"
HERE = "cohorts/<slug:slug>/workshops/"
ONE = HERE + "<int:pk>/"

gatherings = [
    path(HERE, workshops.workshop_list, name="list"),
    path(HERE + "add/", workshops.workshop_add, name="add"),
    path(ONE, show.workshop_show, name="show"),
    path(ONE + "edit/", workshops.workshop_edit, name="edit"),
    path(ONE + "remove/", workshops.workshop_remove, name="remove"),
    path(ONE + "state/", workshops.workshop_move, name="move"),
    path(ONE + "cancellation/", workshops.workshop_call_off, name="call_off"),
    path(ONE + "seats/", workshops.workshop_seats, name="seats"),
    path(ONE + "facilitators/", workshops.facilitators, name="facilitators"),
    path(
        ONE + "facilitators/<int:facilitation_pk>/remove/",
        workshops.facilitator_remove,
        name="facilitator_remove",
    ),
]
places = [
    path(ONE + "registration/", registrations.register, name="register"),
    path(ONE + "registration/cancellation/", registrations.cancel, name="cancel"),
    path(ONE + "people/", registrations.register_people, name="register_people"),
    path(
        ONE + "people/<int:person_pk>/cancellation/",
        registrations.person_cannot_come,
        name="person_cannot_come",
    ),
    path(ONE + "guests/add/", registrations.guest_add, name="guest_add"),
    path(ONE + "guests/<int:registration_pk>/", registrations.guest_edit, name="guest_edit"),
    path(
        ONE + "registrations/<int:registration_pk>/cancellation/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    path(
        ONE + "registrations/<int:registration_pk>/override/",
        registrations.registration_override,
        name="registration_override",
    ),
    path("cohorts/<slug:slug>/needs/", registrations.needs, name="needs"),
]
presence = [
    path(ONE + "attendance/", attendance.attendance_take, name="attendance"),
    path(ONE + "attendance/close/", attendance.attendance_close, name="attendance_close"),
    path(ONE + "attendance/correct/", attendance.attendance_correct, name="attendance_correct"),
]
people = [
    path(
        "cohorts/<slug:slug>/people/<int:pk>/withdraw/",
        withdrawals.person_withdraw,
        name="person_withdraw",
    ),
]
urlpatterns = gatherings + places + presence + people
