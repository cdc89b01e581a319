from django.contrib import admin
from django.urls import include, path

from embrace import erasure_view, views

urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("cohorts.urls")),
    path("cohorts/<slug:slug>/", views.board, name="board"),
    path(
        "cohorts/<slug:slug>/people/<int:pk>/erase/",
        erasure_view.person_erase,
        name="person_erase",
    ),
    path("", include("workshops.urls")),
    path("", include("reports.urls")),
]

handler400 = "embrace.errors.bad_request"
