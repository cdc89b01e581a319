from django.urls import path

from workshops.views import (
    actions,
    attendance,
    calendars,
    ideas,
    notes,
    registrations,
    show,
    subjects,
    themes,
    withdrawals,
    workshops,
)

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
    path(ONE + "half-days/", workshops.workshop_half_days, name="half_days"),
    path(ONE + "facilitators/", workshops.facilitators, name="facilitators"),
    path(
        ONE + "facilitators/<int:facilitation_pk>/remove/",
        workshops.facilitator_remove,
        name="facilitator_remove",
    ),
]
in_calendars = [
    path("me/calendar/", calendars.feed, name="feed"),
    path(HERE + "feed/", calendars.cohort_feed, name="cohort_feed"),
    path(ONE + "calendar.ics", calendars.calendar_file, name="calendar_file"),
    # cohorts/logs.py keeps the token out of the logs.
    path("calendar/<slug:token>.ics", calendars.feed_file, name="feed_file"),
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
COHORT = "cohorts/<slug:slug>/"
TESTIMONY = COHORT + "testimonies/<uuid:pk>/"
THEME = COHORT + "themes/<int:number>/"
SUBJECT = COHORT + "subjects/<int:number>/"
IDEA = COHORT + "ideas/<int:number>/"
ACTION = COHORT + "actions/<int:number>/"

listening = [
    path(COHORT + "listening/", themes.listening, name="listening"),
    path(ONE + "notes/", notes.notes, name="notes"),
    path(ONE + "notes/close/", notes.close_notes, name="close_notes"),
    path(ONE + "notes/check/", notes.check_notes, name="check_notes"),
    path(TESTIMONY, notes.testimony_show, name="testimony"),
    path(TESTIMONY + "edit/", notes.testimony_edit, name="testimony_edit"),
    path(TESTIMONY + "remove/", notes.testimony_remove, name="testimony_remove"),
    path(COHORT + "themes/", themes.themes, name="themes"),
    path(COHORT + "themes/add/", themes.theme_add, name="theme_add"),
    path(THEME, themes.theme_show, name="theme"),
    path(THEME + "edit/", themes.theme_edit, name="theme_edit"),
    path(THEME + "remove/", themes.theme_remove, name="theme_remove"),
    path(THEME + "validation/", themes.theme_validate, name="theme_validate"),
    path(THEME + "check/", themes.theme_check, name="theme_check"),
    path(THEME + "release/", themes.theme_release, name="theme_release"),
    path(THEME + "back/", themes.theme_take_back, name="theme_take_back"),
    path(THEME + "testimonies/<uuid:testimony_pk>/", themes.theme_take_out, name="theme_take_out"),
    path(COHORT + "thread/", themes.thread, name="thread"),
]
choosing = [
    path(COHORT + "subjects/", subjects.subject_list, name="subjects"),
    path(COHORT + "subjects/add/", subjects.subject_add, name="subject_add"),
    path(COHORT + "subjects/release/", subjects.subjects_release, name="subjects_release"),
    path(COHORT + "subjects/decision/", subjects.decide, name="decide"),
    path(COHORT + "subjects/reopening/", subjects.reopen, name="reopen"),
    path(SUBJECT, subjects.subject_show, name="subject"),
    path(SUBJECT + "edit/", subjects.subject_edit, name="subject_edit"),
    path(SUBJECT + "remove/", subjects.subject_remove, name="subject_remove"),
]
co_creation = [
    path(COHORT + "ideas/", ideas.idea_list, name="ideas"),
    path(COHORT + "ideas/add/", ideas.idea_add, name="idea_add"),
    path(COHORT + "ideas/release/", ideas.ideas_release, name="ideas_release"),
    path(IDEA, ideas.idea_show, name="idea"),
    path(IDEA + "edit/", ideas.idea_edit, name="idea_edit"),
    path(IDEA + "remove/", ideas.idea_remove, name="idea_remove"),
    path(IDEA + "decision/", ideas.idea_decide, name="idea_decide"),
    path(IDEA + "setting-aside/", ideas.idea_set_aside, name="idea_set_aside"),
]
commitments = [
    path(COHORT + "actions/", actions.action_list, name="actions"),
    path(COHORT + "actions/add/", actions.action_add, name="action_add"),
    path(ACTION, actions.action_show, name="action"),
    path(ACTION + "edit/", actions.action_edit, name="action_edit"),
    path(ACTION + "remove/", actions.action_remove, name="action_remove"),
    path(ACTION + "proposal/", actions.action_propose, name="action_propose"),
    path(ACTION + "back/", actions.action_take_back, name="action_take_back"),
    path(ACTION + "answer/", actions.answer, name="answer"),
    path(ACTION + "progress/", actions.progress, name="progress"),
    path(
        ACTION + "answer/<int:pk>/retraction/",
        actions.answer_retract,
        name="answer_retract",
    ),
    path(
        ACTION + "progress/<int:pk>/retraction/",
        actions.progress_retract,
        name="progress_retract",
    ),
]
urlpatterns = (
    gatherings
    + in_calendars
    + places
    + presence
    + people
    + listening
    + choosing
    + co_creation
    + commitments
)
