"""Addresses of the operator's desk."""

from django.urls import path

from rollkeeper.desks.operator import views

app_name = "operator"
urlpatterns = [path("operator/", views.health, name="health")]
