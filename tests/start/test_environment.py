"""ROLLKEEPER_* variables stop at once when they make no sense; the two database addresses follow from them."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rollkeeper.conf.databases import databases, site_url, uses_embedded
from rollkeeper.conf.environment import flag, number, state_folder, text
from rollkeeper.conf.launch import site_environment


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of this test, and no database set."""
    for name in ("ROLLKEEPER_DATABASE_URL", "ROLLKEEPER_APP_DATABASE_URL", "ROLLKEEPER_APP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ROLLKEEPER_STATE", str(tmp_path / "state"))
    return tmp_path


def test_a_value_may_come_from_a_file_and_loses_its_line_break(
    own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_state / "secret").write_text(" two words \n")
    monkeypatch.setenv("ROLLKEEPER_X_FILE", str(own_state / "secret"))

    assert text("ROLLKEEPER_X") == " two words "
    monkeypatch.setenv("ROLLKEEPER_X", "also here")
    with pytest.raises(ImproperlyConfigured, match="ROLLKEEPER_X and ROLLKEEPER_X_FILE are both set; keep one"):
        text("ROLLKEEPER_X")


def test_a_missing_file_is_named(own_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLKEEPER_X_FILE", str(own_state / "absent"))

    with pytest.raises(ImproperlyConfigured, match=r"absent', which cannot be read: No such file or directory\."):
        text("ROLLKEEPER_X")


@pytest.mark.parametrize("value", ["true", "1", "yes", "", "TRUE"])
def test_a_flag_is_true_or_false_and_nothing_else(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLKEEPER_X", value)

    with pytest.raises(ImproperlyConfigured, match=f"ROLLKEEPER_X is {value!r}; use True or False."):
        flag("ROLLKEEPER_X")
    monkeypatch.setenv("ROLLKEEPER_X", "True")
    assert flag("ROLLKEEPER_X") is True


@pytest.mark.parametrize("value", ["eight", "8.5", "0", "65536", "-1"])
def test_a_number_is_whole_and_within_its_bounds(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLKEEPER_X", value)

    with pytest.raises(ImproperlyConfigured, match="use a whole number"):
        number("ROLLKEEPER_X", 8000, least=1, most=65535)
    monkeypatch.setenv("ROLLKEEPER_X", " 8001 ")
    assert number("ROLLKEEPER_X", 8000, least=1, most=65535) == 8001


def test_without_an_address_both_lead_to_the_embedded_database(own_state: Path) -> None:
    found = databases()

    assert uses_embedded()
    assert [found[alias]["USER"] for alias in ("default", "owner")] == ["rollkeeper_app", "rollkeeper_owner"]
    assert {found[alias]["HOST"] for alias in found} == {str(own_state / "state" / "postgres" / "run")} or all(
        entry["HOST"].startswith("/tmp/rollkeeper-") for entry in found.values()
    )
    assert len(found["default"]["PASSWORD"]) > 30


def test_with_the_owner_s_address_the_site_s_is_derived_with_a_password_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROLLKEEPER_DATABASE_URL", "postgresql://boss:b%40d@db.example:6432/court?sslmode=require")
    monkeypatch.setenv("ROLLKEEPER_APP_PASSWORD", "site's own")

    found = databases()

    assert (found["owner"]["USER"], found["owner"]["PASSWORD"]) == ("boss", "b@d")
    assert (found["default"]["USER"], found["default"]["PASSWORD"]) == ("rollkeeper_app", "site's own")
    assert found["default"]["OPTIONS"]["sslmode"] == "require"
    assert (found["default"]["HOST"], found["default"]["PORT"], found["default"]["NAME"]) == (
        "db.example",
        "6432",
        "court",
    )


def test_the_processes_that_serve_never_get_the_owner_s_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLKEEPER_DATABASE_URL", "postgresql://boss:secret-of-the-owner@db.example/court")
    handed = site_environment({"ROLLKEEPER_DATABASE_URL": "x", "ROLLKEEPER_DATABASE_URL_FILE": "y"}, demo=False)

    assert "secret-of-the-owner" not in "".join(handed.values())
    monkeypatch.delenv("ROLLKEEPER_DATABASE_URL")
    monkeypatch.setenv("ROLLKEEPER_APP_DATABASE_URL", handed["ROLLKEEPER_APP_DATABASE_URL"])
    found = databases()
    assert list(found) == ["default"]
    assert (found["default"]["USER"], found["default"]["HOST"]) == ("rollkeeper_app", "db.example")
    assert site_url() == handed["ROLLKEEPER_APP_DATABASE_URL"]


@pytest.mark.parametrize("address", ["postgresql://u@h:port/x", "mysql://u@h/x", "postgresql://u@h", "nonsense"])
def test_an_address_that_cannot_be_read_is_refused_with_the_form_it_should_have(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLKEEPER_DATABASE_URL", address)

    with pytest.raises(ImproperlyConfigured, match=r"use postgresql://user:password@host:5432/database"):
        databases()


def test_the_state_folder_is_absolute_and_knows_the_home_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLKEEPER_STATE", "~/court")
    assert state_folder() == Path.home() / "court"
    monkeypatch.delenv("ROLLKEEPER_STATE")
    assert state_folder().is_absolute()
