"""The public log, in the paths of C2SP tlog-tiles."""

from django.urls import path

from rollkeeper.ledger import views

urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="log_checkpoint"),
    path("log/tile/<path:path>", views.tile, name="log_tile"),
    path("log/key", views.key, name="log_key"),
    path("log/checker", views.checker, name="log_checker"),
]
