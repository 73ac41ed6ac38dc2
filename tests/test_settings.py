"""What the settings promise: durable writes, a strict policy for scripts, and no start without a key."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

SETTINGS = Path(__file__).resolve().parent.parent / "elverum/settings.py"
POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self'"
)


def ask(sql: str) -> object:
    """The first cell of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "expected"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_sqlite_pragma_is_in_force(name: str, expected: object) -> None:
    """Two is FULL: a commit is on the disk before it is acknowledged."""
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    assert ask(f"PRAGMA {name}") == expected


@pytest.mark.django_db(transaction=True)
def test_sqlite_transaction_takes_the_write_lock_at_once() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        ask("SELECT 1")
    assert [query["sql"] for query in queries] == ["BEGIN IMMEDIATE", "SELECT 1", "COMMIT"]


@pytest.mark.django_db
def test_a_page_read_opens_no_transaction() -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db
def test_postgresql_waits_for_the_disk() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a setting of PostgreSQL")
    assert ask("SHOW synchronous_commit") == "on"


@pytest.mark.django_db
def test_content_security_policy_of_a_page_without_editor(client: Client) -> None:
    policy = client.get("/finnes-ikke/").headers["Content-Security-Policy"]
    assert "; ".join(sorted(policy.split("; "))) == POLICY


@pytest.mark.parametrize(
    ("key", "hosts"),
    [(None, "plan.example.no"), ("short", "plan.example.no"), ("k" * 50, None)],
)
def test_production_without_key_or_hosts_is_refused(
    monkeypatch: pytest.MonkeyPatch, key: str | None, hosts: str | None
) -> None:
    monkeypatch.setenv("DEBUG", "off")
    for name, value in (("SECRET_KEY", key), ("ALLOWED_HOSTS", hosts)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="DEBUG=off needs ALLOWED_HOSTS and a SECRET_KEY"):
        runpy.run_path(str(SETTINGS))


def test_production_is_served_over_https_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DEBUG", "off"), ("SECRET_KEY", "k" * 50), ("ALLOWED_HOSTS", "plan.example.no")):
        monkeypatch.setenv(name, value)
    settings = runpy.run_path(str(SETTINGS))
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert [settings[name] for name in names] == [True, True, True, 365 * 24 * 3600]
