"""Addresses of the pages about looks."""

from django.urls import path

from rollkeeper.disclosures import converters, views

converters.register()
app_name = "disclosures"
urlpatterns = [
    path("looks/", views.my_cases, name="mine"),
    path("looks/<entry:entry>/", views.own_look, name="look"),
    path("looks/<entry:entry>/receipt", views.own_receipt, name="own_receipt"),
    path("cases/<looked_case:number>/looks/", views.case_looks, name="case"),
    path("cases/<looked_case:number>/looks/<entry:entry>/", views.one_look, name="one"),
    path("cases/<looked_case:number>/looks/<entry:entry>/receipt", views.receipt, name="receipt"),
]
