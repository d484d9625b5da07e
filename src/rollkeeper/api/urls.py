"""Addresses of the API, and the page that describes it."""

from django.urls import URLPattern, URLResolver, path

from rollkeeper.api import views
from rollkeeper.api.operations import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", views.docs, name="api_docs"),
    path("api/", api.urls),
]
