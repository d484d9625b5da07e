"""The frame's own addresses."""

from django.urls import path

from rollkeeper.desks.frame import views

app_name = "frame"
urlpatterns = [path("language/", views.choose_language, name="language")]
