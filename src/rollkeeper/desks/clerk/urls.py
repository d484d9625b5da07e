"""Addresses of the clerk's desk."""

from django.urls import path

from rollkeeper.desks.clerk import views

app_name = "clerk"
urlpatterns = [
    path("court/", views.overview, name="overview"),
    path("court/waiting/<slug:what>/", views.waiting, name="waiting"),
]
