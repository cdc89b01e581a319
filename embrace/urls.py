from django.urls import include, path

from cohorts.admin import site
from cohorts.views.sign_in import set_language
from embrace import erasure_view, views
from embrace.demo_view import demo_sign_in

urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("cohorts.account_urls")),
    path("demo/<str:token>/", demo_sign_in, name="demo_sign_in"),
    path("language/", set_language, name="set_language"),
    # A site of our own, with four models: Django's would list whatever registers itself.
    path("admin/", site.urls),
    # Before the board, which would take cohorts/add/ for a cohort.
    path("", include("cohorts.urls")),
    path("cohorts/<slug:slug>/", views.board, name="board"),
    path(
        "cohorts/<slug:slug>/people/<int:pk>/erase/",
        erasure_view.person_erase,
        name="person_erase",
    ),
    path(
        "cohorts/<slug:slug>/guests/<int:pk>/erase/",
        erasure_view.guest_erase,
        name="guest_erase",
    ),
    path("", include("workshops.urls")),
    path("", include("reports.urls")),
]

handler400 = "embrace.errors.bad_request"
