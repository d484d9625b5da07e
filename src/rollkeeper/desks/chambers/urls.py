"""Addresses of the calendar. It belongs to its reader's own desk: chambers or the clerk's office."""

from django.urls import path

from rollkeeper.desks.chambers import views

app_name = "calendar"
urlpatterns = [path("calendar/", views.calendar, name="calendar")]
