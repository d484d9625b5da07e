"""Addresses of the auditor's desk."""

from django.urls import path

from rollkeeper.desks.oversight import views
from rollkeeper.disclosures import converters

converters.register()

app_name = "oversight"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export", views.export, name="export"),
    path("ledger/<entry:number>/receipt", views.receipt, name="receipt"),
]
