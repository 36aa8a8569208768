"""All addresses: pages of each floor, and the API under /api/."""

from django.urls import include, path

from config.api import router, schema

handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"

urlpatterns = [
    path("", include("web.urls")),
    path("", include("accounts.urls")),
    path("", include("jobs.urls")),
    path("", include("files.urls")),
    path("", include("notifications.urls")),
    path("", include("information.urls")),
    path("", include("matching.urls")),
    path("", include("contracts.urls")),
    path("", include("tracking.urls")),
    path("api/v1/", include((router.urls, "api"))),
    path("api/schema/", schema, name="schema"),
]
