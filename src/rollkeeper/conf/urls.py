"""Every address of the site. Each view declares its look, or why it shows no record (access.declare)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rollkeeper.desks.public.urls")),
    path("", include("rollkeeper.desks.frame.urls")),
    path("", include("rollkeeper.accounts.urls")),
    path("", include("rollkeeper.ledger.urls")),
    path("accounts/", include("allauth.urls")),
]
