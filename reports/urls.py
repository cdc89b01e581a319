from django.urls import path

from reports.views import sheets

app_name = "reports"
urlpatterns = [
    path("cohorts/<slug:slug>/workshops/<int:pk>/sheet/", sheets.sheet, name="sheet"),
]
