"""Addresses of the accounts package; sign-in itself is django-allauth's, under accounts/."""

from django.urls import path

from rollkeeper.accounts import views

app_name = "accounts"
urlpatterns = [
    path("desk/", views.my_desk, name="my_desk"),
    path("demo/", views.roles, name="roles"),
    path("demo/step-in/", views.step_into_role, name="step_in"),
]
