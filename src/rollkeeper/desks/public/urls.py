"""Addresses of the public desk."""

from django.urls import path

from rollkeeper.desks.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("look-up/", views.case_lookup, name="case_lookup"),
    path("limits/", views.limits, name="limits"),
    path("signed-out/", views.signed_out, name="signed_out"),
]
