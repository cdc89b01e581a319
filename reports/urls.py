from django.urls import path

from reports.views import certificates, editions, sheets, show, texts

app_name = "reports"
report = "cohorts/<slug:slug>/report"
urlpatterns = [
    path("cohorts/<slug:slug>/workshops/<int:pk>/sheet/", sheets.sheet, name="sheet"),
    path(
        "cohorts/<slug:slug>/people/<int:pk>/certificate/",
        certificates.certificate,
        name="certificate",
    ),
    path(
        "cohorts/<slug:slug>/people/certificates/", certificates.certificates, name="certificates"
    ),
    path(f"{report}/", show.show, name="show"),
    path(f"{report}/texts/<str:section>/<str:language>/", texts.text, name="text"),
    path(f"{report}/preview/<str:language>/", show.preview, name="preview"),
    path(f"{report}/preview/<str:language>.pdf", show.preview_file, name="preview_file"),
    path(f"{report}/publish/", editions.publish_report, name="publish"),
    path(f"{report}/editions/", editions.editions, name="editions"),
    path(f"{report}/editions/<int:number>/", editions.edition, name="edition"),
    path(f"{report}/editions/<int:number>/<str:language>.pdf", editions.file, name="file"),
]
