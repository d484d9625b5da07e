"""Addresses of the record."""

from django.urls import path, register_converter

from rollkeeper.desks.record.converters import CaseNumber, RowId
from rollkeeper.desks.record.views import (
    case_list,
    custody,
    docket,
    find,
    hearings,
    papers,
    parties,
    person,
    proceedings,
)
from rollkeeper.documents import views as documents

register_converter(CaseNumber, "case_number")
register_converter(RowId, "row_id")

app_name = "record"
urlpatterns = [
    path("find/", find.find, name="find"),
    path("cases/", case_list.cases, name="cases"),
    path("cases/<case_number:number>/", docket.docket, name="case"),
    path("cases/<case_number:number>/people/", parties.people, name="people"),
    path("cases/<case_number:number>/proceedings/", proceedings.proceedings, name="proceedings"),
    path("cases/<case_number:number>/hearings/", hearings.hearings, name="hearings"),
    path("cases/<case_number:number>/custody/", custody.custody, name="custody"),
    path("cases/<case_number:number>/papers/", papers.papers, name="papers"),
    path("cases/<case_number:number>/papers/<row_id:document>/", documents.paper, name="paper"),
    path("people/<row_id:person>/", person.person, name="person"),
]
