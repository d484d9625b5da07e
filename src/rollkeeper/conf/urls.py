"""Every address of the site. Each view declares its look, or why it shows no record (access.declare)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rollkeeper.desks.public.urls")),
    path("", include("rollkeeper.desks.frame.urls")),
    path("", include("rollkeeper.accounts.urls")),
    path("", include("rollkeeper.ledger.urls")),
    path("", include("rollkeeper.disclosures.urls")),
    path("", include("rollkeeper.desks.chambers.urls")),
    path("", include("rollkeeper.desks.clerk.urls")),
    path("", include("rollkeeper.desks.oversight.urls")),
    path("", include("rollkeeper.desks.operator.urls")),
    path("", include("rollkeeper.desks.record.urls")),
    path("", include("rollkeeper.api.urls")),
    path("accounts/", include("allauth.urls")),
]

# Absent and closed are one page (desks.errors.pages).
handler400 = "rollkeeper.desks.errors.pages.bad_request"
handler403 = "rollkeeper.desks.errors.pages.refused"
handler404 = "rollkeeper.desks.errors.pages.not_found"
handler500 = "rollkeeper.desks.errors.pages.server_error"
