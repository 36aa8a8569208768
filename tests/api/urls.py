"""Only the API's addresses, so that its tests need no page."""

from django.urls import include, path

from config.api import router, schema

handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"

urlpatterns = [
    path("api/v1/", include((router.urls, "api"))),
    path("api/schema/", schema, name="schema"),
]
